"""Groups articles by TF-IDF and cosine with scikit-learn as they come, as a yardstick for `nutgraf group`.

usage: tfidf_stories.py FILE ROUNDS [OUT CUT...]   (see groups.py)
Each article, in the order of the file, joins the story of the earlier article that is nearest, if that is near
enough (CUT); else it opens a story. The comparisons are made in blocks of 256 articles by one sparse product each,
which is the fast way; the weights come from all articles at once, which a stream would not have.
"""
import importlib.metadata

from sklearn.feature_extraction.text import TfidfVectorizer

import groups

NEAR = 0.25
BLOCK = 256


def stories(vectors, cut):
    count = vectors.shape[0]
    story, opened = [0] * count, 0
    for start in range(0, count, BLOCK):
        end = min(start + BLOCK, count)
        near = (vectors[start:end] @ vectors[:end].T).tocsr()
        for at in range(start, end):
            row = slice(near.indptr[at - start], near.indptr[at - start + 1])
            best, nearest = cut, None
            for other, likeness in zip(near.indices[row], near.data[row]):
                if other < at and likeness >= best:
                    best, nearest = likeness, other
            if nearest is None:
                story[at], opened = opened, opened + 1
            else:
                story[at] = story[nearest]
    return story


def group(texts, cuts):
    vectors = TfidfVectorizer(stop_words='english', sublinear_tf=True).fit_transform(texts)
    return (stories(vectors, cut) for cut in cuts)


groups.run('scikit-learn ' + importlib.metadata.version('scikit-learn'), NEAR, group)
