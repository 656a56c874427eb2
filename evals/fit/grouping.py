#!/usr/bin/env python3
"""Fits the weights of grouping (crates/desk/src/group/likeness.rs) and says how it does on events it never saw.

usage: grouping.py DATA NUTGRAF

DATA is the folder of gold data (its stories/ and grammar/gum are read), NUTGRAF the program. Needs numpy and scipy. Articles
whose events are known are gathered, always those two groups first that the weights so far take for the likeliest one;
each such pair is a row, and by them the weights are fitted anew, twice. So they are learned from the decisions that are
really to be made, most of them between groups that look alike. Pools: the articles; the look-alikes; both together; the
articles among texts of other kinds, each of which is its own. The method is logistic regression whose weights may not have
the wrong sign. Four are set by hand. No article of these sets has its links: `links` weighs as much as `days`. Dates of the articles are often the day of crawling, so that the weight of `days apart`
can't be learned here, and that of `days`, which would be 7, costs the articles .005 in five-fold. That of `shortfall` would be 0: in these sets hardly an article only touches on a story whose own articles
are much more alike, as a report on fares does that mentions an accident; it costs .006 on the look-alikes.
Printed: BCubed F1 per file with weights that never saw its events (five-fold over topics, so that two
look-alike events are never parted, in eight partitions, for one moves by .01), with all, and the weights for likeness.rs."""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy as np
from scipy.optimize import minimize

FREE, BY_HAND = {"always", "size"}, {"shortfall": -10.0, "days": 2.0, "links": 2.0, "days apart": -2.5}
ROUNDS, FOLDS, PARTITIONS, C = 2, 5, 8, 1.0


def topic(event):
    return re.sub(r"_ecb(plus)?$", "", event)


def texts(folder):
    """The documents of a treebank as rows, each an event of its own."""
    for name in sorted(os.listdir(folder)):
        sentences = re.findall(r"^# text = (.*)$", open(f"{folder}/{name}", encoding="utf8").read(), re.M)
        yield {"id": name, "title": "", "text": " ".join(sentences), "event": f"alone {name}"}


class Fit:
    def __init__(self, data, nutgraf, scratch):
        self.nutgraf = nutgraf
        rows = {name: [json.loads(line) for line in open(f"{data}/stories/{name}.jsonl", encoding="utf8")]
                for name in ("articles", "lookalikes")}
        self.events = {name: {row["id"]: row["event"] for row in some} for name, some in rows.items()}
        self.files = {name: f"{data}/stories/{name}.jsonl" for name in rows}
        both = rows["articles"] + rows["lookalikes"]
        among = rows["articles"] + list(texts(f"{data}/grammar/gum"))
        self.pools = list(self.files.values())
        for name, pool in (("both", both), ("among", among)):
            self.pools.append(f"{scratch}/{name}.jsonl")
            with open(self.pools[-1], "w", encoding="utf8") as out:
                out.writelines(json.dumps(row) + "\n" for row in pool)
        self.names = None

    def run(self, weights, *more):
        chosen = [] if weights is None else ["--weights=" + ",".join(f"{w:.6f}" for w in weights)]
        return subprocess.run([self.nutgraf, "group", *chosen, *more], check=True, capture_output=True, text=True).stdout

    def decisions(self, weights):
        """Of each pool the pairs of groups on the way: what speaks for them, whether they are one, their topics."""
        found = []
        for pool, path in enumerate(self.pools):
            for line in self.run(weights, "--features", "event", path).splitlines():
                row = json.loads(line)
                self.names = self.names or list(row["evidence"])
                found.append((pool, row["same"], *map(topic, row["stories"]), list(row["evidence"].values())))
        return found

    def fit(self, rows):
        x, y = np.array([row[4] for row in rows]), np.array([row[1] for row in rows], dtype=bool)
        pool = np.array([row[0] for row in rows])
        # The two sets weigh twice as much as the pools that mix them.
        weight = np.choose(pool, [1.0, 1.0, 0.5, 0.5]) / np.bincount(pool, minlength=4)[pool] * 1000
        hand = np.array([BY_HAND.get(name, 0.0) for name in self.names])
        learned = np.array([name not in BY_HAND and name != "always" for name in self.names])
        scale = np.where(learned, x.std(0) + 1e-9, 1.0)
        z = x / scale
        offset = x @ hand

        def loss(v):
            margin = np.where(y, 1, -1) * (z @ (v * (learned | (np.arange(len(v)) == 0))) + offset)
            pull = -weight * np.where(y, 1, -1) / (1 + np.exp(margin))
            return (weight * np.logaddexp(0, -margin)).sum() + (v[learned] ** 2).sum() / (2 * C), \
                (z.T @ pull) * (learned | (np.arange(len(v)) == 0)) + np.where(learned, v / C, 0)

        bounds = [(None, None) if name in FREE else (0, None) for name in self.names]
        v = minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 2000}).x
        return np.where(learned | (np.arange(len(v)) == 0), v / scale, 0) + hand

    def stories(self, name, weights):
        answers = [json.loads(line) for line in self.run(weights, self.files[name]).splitlines()]
        return {row["id"]: row["story"] for row in answers if "story" in row}


def bcubed(gold, said, of):
    """Sums of precision and recall over the articles whose topic is in `of`, and their count."""
    by_gold, by_said, by_both = collections.Counter(gold.values()), collections.Counter(), collections.Counter()
    said = {id: said.get(id, ("alone", id)) for id in gold}
    by_said.update(said.values())
    by_both.update((gold[id], said[id]) for id in gold)
    counted = [id for id in gold if of is None or topic(gold[id]) in of]
    both = np.array([by_both[gold[id], said[id]] for id in counted], dtype=float)
    return np.array([(both / [by_said[said[id]] for id in counted]).sum(),
                     (both / [by_gold[gold[id]] for id in counted]).sum(), len(counted)])


def f1(sums):
    precision, recall = sums[0] / sums[2], sums[1] / sums[2]
    return 2 * precision * recall / (precision + recall)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        fit = Fit(sys.argv[1], sys.argv[2], scratch)
        rows = fit.decisions(None)
        for _ in range(ROUNDS):
            rows += fit.decisions(fit.fit(rows))
        topics = sorted({topic(event) for events in fit.events.values() for event in events.values()})
        reached = {name: [] for name in fit.files}
        for seed in range(1, PARTITIONS + 1):
            part = dict(zip(topics, np.random.RandomState(seed).permutation(len(topics)) % FOLDS))
            sums = {name: np.zeros(3) for name in fit.files}
            for k in range(FOLDS):
                weights = fit.fit([row for row in rows if part.get(row[2]) != k and part.get(row[3]) != k])
                own = {name for name in topics if part[name] == k}
                for name in fit.files:
                    sums[name] += bcubed(fit.events[name], fit.stories(name, weights), own)
            for name in fit.files:
                reached[name].append(f1(sums[name]))
        weights = fit.fit(rows)
        for name in fit.files:
            print(f"{name}, five-fold over topics: F1 {np.mean(reached[name]):.4f} ({min(reached[name]):.4f} to "
                  f"{max(reached[name]):.4f} in {PARTITIONS} partitions)")
            print(f"{name}, with all:              F1 {f1(bcubed(fit.events[name], fit.stories(name, weights), None)):.4f}")
        for name, weight in zip(fit.names, weights):
            print(f"{name:20} {weight:+.4f}")


main()
