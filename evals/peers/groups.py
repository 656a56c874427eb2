"""What the peers of `nutgraf group` have in common: they read articles, group them, and print what that took.

A peer is called with FILE ROUNDS [OUT CUT...]. FILE is JSON Lines of {id, title, text}. The time holds reading the file,
vectors and groups at the peer's usual cut; it leaves out the start of Python and the imports. For each CUT a file
OUT-CUT.jsonl of {id, story} is written besides, in no time that counts. Prints the best of ROUNDS as one JSON object.
"""
import json
import sys
import time


def run(peer, usual, group):
    """`group` takes texts and cuts, and gives a list of labels for each cut."""
    path, rounds, out, cuts = sys.argv[1], int(sys.argv[2]), sys.argv[3:4], sys.argv[4:]
    best, rows, labels = None, [], []
    for _ in range(rounds):
        begun = time.perf_counter()
        rows = read(path)
        labels = list(group(texts(rows), [usual]))[0]
        seconds = time.perf_counter() - begun
        best = seconds if best is None else min(best, seconds)
    if cuts:
        rows = read(path)
        for cut, told in zip(cuts, group(texts(rows), [float(cut) for cut in cuts])):
            with open(f'{out[0]}-{cut}.jsonl', 'w', encoding='utf8') as f:
                for row, label in zip(rows, told):
                    f.write(json.dumps({'id': row['id'], 'story': f'g{label}'}) + '\n')
    print(json.dumps({'peer': peer, 'count': len(rows), 'stories': len(set(labels)), 'seconds': best or 0}))


def read(path):
    with open(path, encoding='utf8') as f:
        return [json.loads(line) for line in f]


def texts(rows):
    return [row['title'] + '\n' + row['text'] for row in rows]
