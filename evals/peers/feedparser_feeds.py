"""Reads feeds with feedparser, as a yardstick for `nutgraf parse-feed`.

usage: feedparser_feeds.py ROOT FILE ROUNDS
FILE is JSON Lines of {path, base}; path is a feed under ROOT. The time holds opening and parsing with everything that
feedparser does by itself (dates, clean HTML, relative links); nutgraf's holds writing the answers as JSON too. It leaves
out the start of Python and the import. Prints the best of ROUNDS as one JSON object.
"""
import json
import sys
import time

import feedparser


def main():
    root, rows, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(rows, encoding='utf8') as f:
        feeds = [json.loads(line) for line in f]
    best, failed = None, 0
    for _ in range(rounds):
        begun, failed = time.perf_counter(), 0
        for feed in feeds:
            with open(root + '/' + feed['path'], 'rb') as f:
                data = f.read()
            try:
                feedparser.parse(data, response_headers={'content-location': feed['base']})
            except Exception:
                failed += 1
        seconds = time.perf_counter() - begun
        best = seconds if best is None else min(best, seconds)
    print(json.dumps({'peer': 'feedparser ' + feedparser.__version__, 'count': len(feeds), 'failed': failed,
                      'seconds': best}))


main()
