"""Groups articles by TF-IDF and cosine with scikit-learn, as a yardstick for `nutgraf group`.

usage: tfidf_stories.py FILE ROUNDS
FILE is JSON Lines of {id, title, text}. Each article, in the order of the file, joins the story of the earlier
article that is nearest, if that is near enough; else it opens a story. The comparisons are made in blocks of
256 articles by one sparse product each, which is the fast way; the weights come from all articles at once,
which a stream would not have. The time holds reading the file, vectors and assignment; it leaves out the start
of Python and the imports. Prints the best of ROUNDS as one JSON object.
"""
import importlib.metadata
import json
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer

NEAR = 0.25
BLOCK = 256


def stories(path):
    with open(path, encoding='utf8') as f:
        rows = [json.loads(line) for line in f]
    vectors = TfidfVectorizer(stop_words='english', sublinear_tf=True).fit_transform(
        [row['title'] + '\n' + row['text'] for row in rows])
    story, count = [0] * len(rows), 0
    for start in range(0, len(rows), BLOCK):
        end = min(start + BLOCK, len(rows))
        near = (vectors[start:end] @ vectors[:end].T).tocsr()
        for at in range(start, end):
            row = slice(near.indptr[at - start], near.indptr[at - start + 1])
            best, nearest = NEAR, None
            for other, likeness in zip(near.indices[row], near.data[row]):
                if other < at and likeness >= best:
                    best, nearest = likeness, other
            if nearest is None:
                story[at], count = count, count + 1
            else:
                story[at] = story[nearest]
    return len(rows), count


def main():
    best = None
    for _ in range(int(sys.argv[2])):
        begun = time.perf_counter()
        articles, count = stories(sys.argv[1])
        seconds = time.perf_counter() - begun
        best = seconds if best is None else min(best, seconds)
    print(json.dumps({'peer': 'scikit-learn ' + importlib.metadata.version('scikit-learn'), 'count': articles,
                      'stories': count, 'seconds': best}))


main()
