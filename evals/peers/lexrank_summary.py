"""Sums up many articles with sumy's LexRank, as a yardstick for `nutgraf digest`.

usage: lexrank_summary.py FILE SENTENCES ROUNDS
FILE is JSON Lines of {text}. The texts are joined to one document, which is what sumy takes. Sentences and words
are split by two plain patterns in place of sumy's own tokenizer, whose models must be downloaded; the patterns
are faster, so that they favour sumy. The time holds reading the file, parsing and ranking; it leaves out the start
of Python and the imports. Prints the best of ROUNDS as one JSON object.
"""
import importlib.metadata
import json
import re
import sys
import time

from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words


class Tokenizer:
    """What sumy asks of a tokenizer."""

    def to_sentences(self, paragraph):
        return [s for s in re.split(r'(?<=[.!?])\s+', paragraph) if s]

    def to_words(self, sentence):
        return re.findall(r'\w+', sentence)


def summary(path, sentences):
    with open(path, encoding='utf8') as f:
        rows = [json.loads(line) for line in f]
    parser = PlaintextParser.from_string('\n\n'.join(row['text'] for row in rows), Tokenizer())
    rank = LexRankSummarizer()
    rank.stop_words = get_stop_words('english')
    return len(rows), len(parser.document.sentences), rank(parser.document, sentences)


def main():
    best = None
    for _ in range(int(sys.argv[3])):
        begun = time.perf_counter()
        articles, sentences, _ = summary(sys.argv[1], int(sys.argv[2]))
        seconds = time.perf_counter() - begun
        best = seconds if best is None else min(best, seconds)
    print(json.dumps({'peer': 'sumy ' + importlib.metadata.version('sumy') + ' LexRank', 'count': 1,
                      'articles': articles, 'sentences': sentences, 'seconds': best}))


main()
