#!/usr/bin/env python3
"""lexicon.py DICT OUT: turns a WordNet 3.0 dictionary folder into what the grammar looks up of a word.

DICT holds index.*, data.* and *.exc (Debian package wordnet-base: /usr/share/wordnet). OUT is
crates/language/data/lexicon.bin:

  magic "NGL1" · u32 number of words · their keys as u32, rising · a u16 for each

A key is FNV-1a of the word in small letters. The u16 holds, from the lowest bit: 5 bits the field of the commonest
noun sense (1 act … 26 Tops, 0 none), 4 bits that of the commonest verb sense (1 … 15), adjective, adverb, and whether
it stands in the name of a person, a place, a group. Irregular forms count as their base forms. Deterministic: the same
dictionary gives the same bytes.
"""
import sys
from collections import defaultdict

POS = ['noun', 'verb', 'adj', 'adv']
NAMES = {'18': 1 << 11, '15': 1 << 12, '14': 1 << 13}


def key(word):
    value = 0x811c9dc5
    for byte in word.encode():
        value = (value ^ byte) * 0x01000193 & 0xffffffff
    return (value ^ value >> 15) & 0xffffffff


def single(word):
    return word.replace('-', '').replace('.', '').replace("'", '').isalpha() and len(word) > 1


def main():
    folder, out = sys.argv[1:]
    field, codes, small = {}, defaultdict(int), set()
    named = []
    for pos in POS:
        for line in open(f'{folder}/data.{pos}', encoding='utf-8'):
            if line.startswith('  '):
                continue
            parts = line.split(' | ')[0].split()
            field[pos, parts[0]] = int(parts[1])
            words = [parts[4 + 2 * i].split('(')[0] for i in range(int(parts[3], 16))]
            small.update(w for w in words if w.islower())
            if pos == 'noun' and '@i' in parts and parts[1] in NAMES:
                named.append((NAMES[parts[1]], words))
    for pos in POS:
        for line in open(f'{folder}/index.{pos}', encoding='utf-8'):
            if line.startswith('  '):
                continue
            parts = line.split()
            if not single(parts[0]):
                continue
            first = field[pos, parts[6 + int(parts[3])]]
            if pos == 'noun':
                codes[parts[0]] |= first - 2
            elif pos == 'verb':
                codes[parts[0]] |= first - 28 << 5
            else:
                codes[parts[0]] |= 1 << (9 if pos == 'adj' else 10)
    for flag, words in named:
        for word in words:
            for part in word.split('_'):
                if single(part) and part[0].isupper() and len(part) > 2 and part.lower() not in small:
                    codes[part.lower()] |= flag
    for pos in POS[:3]:
        for line in open(f'{folder}/{pos}.exc', encoding='utf-8'):
            form, *bases = line.split()
            mask = {'noun': 0x1f, 'verb': 0x1e0, 'adj': 0x200}[pos]
            for base in bases:
                if single(form) and not codes.get(form, 0) & mask:
                    codes[form] |= codes.get(base, 0) & mask
    table = {}
    for word in sorted(codes):
        table[key(word)] = codes[word]
    keys = sorted(table)
    with open(out, 'wb') as file:
        file.write(b'NGL1' + len(keys).to_bytes(4, 'little'))
        file.write(b''.join(k.to_bytes(4, 'little') for k in keys))
        file.write(b''.join(table[k].to_bytes(2, 'little') for k in keys))
    print(len(keys), 'words')


if __name__ == '__main__':
    main()
