#!/usr/bin/env python3
"""Fits the weights of the judge (crates/desk/src/verify/judge/model.rs) and says how it does on rows it never saw.

usage: judge.py DATA NUTGRAF

DATA is the folder of gold data (its support/ is read), NUTGRAF the program. Needs numpy and scipy. The method is
logistic regression whose weights may not have the wrong sign (more found in the source never counts against a
claim), C = 0.05; every file weighs the same, and in each the supported rows as much as the rest. Printed: balanced
accuracy and ROC area per file, five-fold over rows and over whole documents, then the weights for model.rs."""
import json
import subprocess
import sys

import numpy as np
from scipy.optimize import minimize

FILES = ["cited", "smalledits", "sentences", "sentences_xsum", "answers"]
C = 0.05
# Which way a feature may count; the others are free.
FOR = {"covered_one", "copied_run", "verbatim", "covered", "run", "order", "names", "numbers"}
AGAINST = {"uncovered", "missing_share", "absent", "words_absent", "names_absent", "number_apart", "number_findings",
           "name_findings", "date_findings", "antonyms", "negation", "wider", "fused"}


def supported(row):
    """Whether the gold says that the claim is supported."""
    if "supporting_sentences" in row:
        return row["label"] == "supported"
    return row["support"] == "Complete" if "support" in row else row["label"] == 1


def load(data, nutgraf):
    """Features, labels, file numbers and document numbers of all rows, and the features' names."""
    features, labels, files, documents, names = [], [], [], [], None
    for number, name in enumerate(FILES):
        path = f"{data}/support/{name}.jsonl"
        said = subprocess.run([nutgraf, "check", "--features", path], check=True, capture_output=True, text=True).stdout
        for line, answer in zip(open(path, encoding="utf8"), said.splitlines()):
            row, answer = json.loads(line), json.loads(answer)["features"]
            names = names or list(answer)
            features.append(list(answer.values()))
            labels.append(supported(row))
            files.append(number)
            documents.append((name, (row.get("doc") or row.get("question") or row["claim"])[:200]))
    _, documents = np.unique(["\t".join(d) for d in documents], return_inverse=True)
    return np.array(features), np.array(labels), np.array(files), documents, names


def fit(x, y, weight, names):
    """Weights and bias on standardised features."""
    sign, weight = 2 * y - 1, weight * len(y) / weight.sum()

    def loss(v):
        margin = sign * (x @ v[:-1] + v[-1])
        pull = -(weight * sign / (1 + np.exp(margin)))
        return (weight * np.logaddexp(0, -margin)).sum() + (v[:-1] ** 2).sum() / (2 * C), np.r_[x.T @ pull + v[:-1] / C, pull.sum()]

    bounds = [(0, None) if n in FOR else (None, 0) if n in AGAINST else (None, None) for n in names] + [(None, None)]
    return minimize(loss, np.zeros(x.shape[1] + 1), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 500}).x


def balanced(p, y):
    return ((p >= 0.5)[y].mean() + (p < 0.5)[~y].mean()) / 2


def area(p, y):
    return (p[y][:, None] > p[~y][None]).mean() + (p[y][:, None] == p[~y][None]).mean() / 2


def folds(x, y, weight, names, groups):
    """Scores of every row by weights that never saw its group, averaged over three partitions."""
    total = np.zeros(len(y))
    for seed in range(3):
        part = (np.random.RandomState(seed).permutation(groups.max() + 1) % 5)[groups]
        for k in range(5):
            train = part != k
            v = fit(x[train], y[train], weight[train], names)
            total[~train] += 1 / (1 + np.exp(-(x[~train] @ v[:-1] + v[-1])))
    return total / 3


def main():
    features, y, files, documents, names = load(sys.argv[1], sys.argv[2])
    weight = np.zeros(len(y))
    for number in range(len(FILES)):
        for label in (True, False):
            rows = (files == number) & (y == label)
            weight[rows] = len(y) / 10 / rows.sum()
    mean, deviation = features.mean(0), features.std(0) + 1e-9
    x = (features - mean) / deviation
    for title, groups in (("rows", np.arange(len(y))), ("documents", documents)):
        p = folds(x, y, weight, names, groups)
        for number, name in enumerate(FILES):
            own = files == number
            print(f"five-fold over {title}: {name}: bacc {balanced(p[own], y[own]):.3f}, auc {area(p[own], y[own]):.3f}")
    v = fit(x, y, weight, names)
    weights = v[:-1] / deviation
    for name, value in zip(names, weights):
        print(f"{name:16} {value:+.3f}")
    print(f"{'bias':16} {v[-1] - (weights * mean).sum():+.3f}")


main()
