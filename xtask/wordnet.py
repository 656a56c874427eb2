#!/usr/bin/env python3
"""wordnet.py DICT OUT: turns a WordNet 3.0 dictionary folder into the word list that the check reads.

DICT holds index.*, data.* and *.exc (Debian package wordnet-base: /usr/share/wordnet). OUT is
crates/desk/data/wordnet.bin:

  magic "NGW1" · u32 number of words · u32 length of the words block · words block (sorted, one a line)
  then for each word six lists, each `varint count` and `count` varint differences of rising word numbers:
  synonyms, antonyms, derivations, wider words (one step up), narrower words (one step down), base forms

Only single words are kept, in lower case. A word stands for its first senses in each part of speech, since
rare senses join words that no reporter would exchange. Names are kept only where they have derivations
(a country and its adjective). Deterministic: the same dictionary gives the same bytes.
"""
import sys
from collections import defaultdict

POS = ['noun', 'verb', 'adj', 'adv']
CHAR = {'n': 'noun', 'v': 'verb', 'a': 'adj', 's': 'adj', 'r': 'adv'}
SENSES = 3       # senses of a word that count, by frequency
NARROW = 40      # at most so many narrower words


def read(folder):
    synsets, ranks, tagged = {}, {}, defaultdict(int)
    for pos in POS:
        for line in open(f'{folder}/data.{pos}', encoding='utf-8'):
            if line.startswith('  '):
                continue
            parts = line.split(' | ')[0].split()
            count = int(parts[3], 16)
            words = [parts[4 + 2 * i].split('(')[0] for i in range(count)]
            at = 4 + 2 * count
            pointers = []
            for i in range(int(parts[at])):
                symbol, offset, other, ends = parts[at + 1 + 4 * i: at + 5 + 4 * i]
                pointers.append((symbol, (CHAR[other], offset), int(ends[:2], 16), int(ends[2:], 16)))
            synsets[pos, parts[0]] = (parts[2], words, pointers)
        for line in open(f'{folder}/index.{pos}', encoding='utf-8'):
            if line.startswith('  '):
                continue
            parts = line.split()
            skip = int(parts[3])
            tagged[parts[0]] += int(parts[5 + skip])
            for rank, offset in enumerate(parts[6 + skip:]):
                ranks[parts[0], (pos, offset)] = rank
    return synsets, ranks, tagged


def single(word):
    return word.isascii() and word.replace('-', '').replace('.', '').isalpha() and len(word) > 1


def relations(synsets, ranks, tagged):
    lists = [defaultdict(set) for _ in range(5)]
    same, against, derived, wider, narrower = lists

    def near(word, key, most=SENSES):
        return ranks.get((word.lower(), key), 99) < most

    for key, (kind, words, pointers) in synsets.items():
        plain = [w for w in words if single(w) and w.islower()]
        for a in plain:
            for b in plain:
                if a != b and (near(a, key) or near(b, key)):
                    same[a].add(b)
        for symbol, other, source, target in pointers:
            _, others, further = synsets[other]
            if symbol == '!' and source:
                a, b = words[source - 1], others[target - 1]
                if single(a) and single(b):
                    against[a.lower()].add(b.lower())
            elif symbol in ('+', '\\') and source:
                a, b = words[source - 1], others[target - 1]
                if single(a) and single(b) and a.lower() != b.lower():
                    derived[a.lower()].add(b.lower())
                    derived[b.lower()].add(a.lower())
            elif symbol == '@':
                up = [w for w in others if single(w) and w.islower()]
                for a in plain:
                    if not near(a, key, 2):
                        continue
                    for b in up:
                        if a != b:
                            wider[a].add(b)
                            if near(b, other, 2) and tagged[a] > 0:
                                narrower[b].add(a)
            elif symbol == '&':
                for a in plain:
                    for b in (w for w in others if single(w) and w.islower()):
                        if a != b and (near(a, key) and near(b, other)):
                            wider[a].add(b)
                # A satellite adjective has the antonyms of its head.
                if kind == 's':
                    for mark, far, s, t in further:
                        if mark == '!' and s:
                            b = synsets[far][1][t - 1]
                            for a in plain:
                                if near(a, key, 2) and single(b):
                                    against[a].add(b.lower())
    for word, below in narrower.items():
        narrower[word] = set(sorted(below, key=lambda w: (-tagged[w], w))[:NARROW])
    for word in list(same):
        against[word] -= same[word]
    return lists


def bases(folder, known):
    found = defaultdict(set)
    for pos in POS:
        for line in open(f'{folder}/{pos}.exc', encoding='utf-8'):
            form, *base = line.split()
            if single(form) and form not in base:
                found[form].update(b for b in base if b in known)
    return {f: b for f, b in found.items() if b}


def varint(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


def main():
    folder, out = sys.argv[1:]
    synsets, ranks, tagged = read(folder)
    lists = relations(synsets, ranks, tagged)
    # A word is common when the tagged texts have it, or when a common word leads to it.
    common = {w for w, n in tagged.items() if n > 0 and single(w)}
    reach = set(common)
    for table in lists[:3]:
        for word in common:
            reach |= table.get(word, set())
    known = {w for w in reach if any(t.get(w) for t in lists)}
    irregular = bases(folder, known)
    words = sorted(known | set(irregular))
    number = {w: n for n, w in enumerate(words)}
    block = '\n'.join(words).encode()
    body = bytearray()
    for word in words:
        for table in (*lists, irregular):
            ids = sorted(number[w] for w in table.get(word, ()) if w in number)
            body += varint(len(ids))
            last = 0
            for n in ids:
                body += varint(n - last)
                last = n
    with open(out, 'wb') as file:
        file.write(b'NGW1' + len(words).to_bytes(4, 'little') + len(block).to_bytes(4, 'little') + block + body)
    print(len(words), 'words,', 12 + len(block) + len(body), 'bytes')
    for w in sys.argv[3:]:
        print(w, [sorted(t.get(w, ())) for t in lists])


if __name__ == '__main__':
    main()
