"""Groups articles by TF-IDF and average linkage with scikit-learn, as a yardstick for `nutgraf group`.

usage: linkage_stories.py FILE ROUNDS [OUT CUT...]   (see groups.py)
All articles are compared with all, so that time and memory grow with the square of their number. Two groups become one while the
average cosine between them is at least CUT. It knows all articles at once, which a stream does not.
"""
import importlib.metadata

import numpy
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

import groups

NEAR = 0.15


def group(texts, cuts):
    vectors = TfidfVectorizer(stop_words='english', sublinear_tf=True).fit_transform(texts)
    apart = numpy.clip(1 - (vectors @ vectors.T).toarray(), 0, None)
    for cut in cuts:
        tree = AgglomerativeClustering(n_clusters=None, metric='precomputed', linkage='average', distance_threshold=1 - cut)
        yield tree.fit_predict(apart)


groups.run('scikit-learn ' + importlib.metadata.version('scikit-learn') + ' average linkage', NEAR, group)
