"""Reads pages with trafilatura, as a yardstick for `nutgraf read`.

usage: trafilatura_pages.py ROOT FILE ROUNDS
FILE is JSON Lines of {url, file}; file is a page under ROOT, plain or gzip. The time holds everything that
`nutgraf read` does in its own count as well: opening, unpacking, decoding, extraction with metadata. It leaves
out the start of Python and the import. Prints the best of ROUNDS as one JSON object.
"""
import gzip
import importlib.metadata
import json
import sys
import time

import trafilatura


def load(path):
    with (gzip.open if path.endswith('.gz') else open)(path, 'rb') as f:
        return f.read()


def main():
    root, rows, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(rows, encoding='utf8') as f:
        pages = [json.loads(line) for line in f]
    best, empty = None, 0
    for _ in range(rounds):
        begun, empty = time.perf_counter(), 0
        for page in pages:
            html = load(root + '/' + page['file'])
            empty += not trafilatura.bare_extraction(html, url=page['url'], with_metadata=True)
        seconds = time.perf_counter() - begun
        best = seconds if best is None else min(best, seconds)
    print(json.dumps({'peer': 'trafilatura ' + importlib.metadata.version('trafilatura'), 'count': len(pages),
                      'empty': empty, 'seconds': best}))


main()
