#!/usr/bin/env python3
"""Checks a Nutgraf receipt again. Written from docs/receipt.md alone, standard library only.

    python3 docs/check_receipt.py FILE…     status 0: all hold; 1: one has faults; 3: a file can't be read
"""
import hashlib
import json
import sys

KINDS = {"drop", "date", "name", "attribution", "case", "punctuation"}
U32, U64 = 2**32 - 1, 2**64 - 1


class Malformed(Exception):
    """The bytes are no receipt."""


def no_twins(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise Malformed("a field stands twice")
    return dict(pairs)


def no_constants(word):
    raise Malformed(f"{word} is not JSON")


def string(value):
    return isinstance(value, str)


def flag(value):
    return isinstance(value, bool)


def number(most):
    return lambda value: type(value) is int and 0 <= value <= most


def or_null(kind):
    return lambda value: value is None or kind(value)


def list_of(kind):
    return lambda value: isinstance(value, list) and all(kind(item) for item in value)


def record(**fields):
    def fits(value):
        return (isinstance(value, dict) and value.keys() == fields.keys()
                and all(kind(value[name]) for name, kind in fields.items()))
    fits.fields = fields
    return fits


MARK, OFFSET = number(U32), number(U64)
PASSAGE = record(source=MARK, start=OFFSET, end=OFFSET, text=string, hash=string)
EDIT = record(kind=string, start=OFFSET, end=OFFSET, text=string)
LINE = record(text=string, marks=list_of(MARK), passages=list_of(PASSAGE), edits=list_of(EDIT))
SOURCE = record(number=MARK, article=string, title=string, outlet=string, family=string, authors=list_of(string),
                published=or_null(string), url=or_null(string), fetched=or_null(string), paywalled=flag, hash=string,
                length=OFFSET, reference=string)
RECEIPT = record(receipt=MARK, story=string, first_mark=MARK, headline=LINE, paragraphs=list_of(list_of(LINE)),
                 sources=list_of(SOURCE), text=string, seal=string)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def ordered(value, kind):
    """The record with its keys in the order of the tables."""
    return {name: value[name] for name in kind.fields}


def canonical(receipt):
    def line(value):
        value = ordered(value, LINE)
        value["passages"] = [ordered(passage, PASSAGE) for passage in value["passages"]]
        value["edits"] = [ordered(edit, EDIT) for edit in value["edits"]]
        return value
    value = ordered(receipt, RECEIPT)
    value["headline"] = line(value["headline"])
    value["paragraphs"] = [[line(item) for item in paragraph] for paragraph in value["paragraphs"]]
    value["sources"] = [ordered(source, SOURCE) for source in value["sources"]]
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def parse(raw):
    try:
        receipt = json.loads(raw.decode("utf-8"), object_pairs_hook=no_twins, parse_constant=no_constants)
        if not RECEIPT(receipt):
            raise Malformed("its fields are not those of a receipt")
        canonical(receipt).encode()
        return receipt
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)) from error


def replayed(base, edits):
    out, at = "", 0
    for edit in edits:
        if not at <= edit["start"] <= edit["end"] <= len(base):
            return None
        out += base[at:edit["start"]] + edit["text"]
        at = edit["end"]
    return out + base[at:]


def line_faults(line, by_number):
    if not line["passages"]:
        yield "source", "it has no passage"
        return
    for passage in line["passages"]:
        source, length = by_number.get(passage["source"]), len(passage["text"])
        if source is None:
            yield "source", "a passage names a source that is not listed"
            continue
        if passage["end"] - passage["start"] != length or passage["end"] > source["length"] or length > 600:
            yield "span", "a passage's span does not fit"
        if sha256(passage["text"]) != passage["hash"]:
            yield "hash", "a passage's hash is not that of its text"
    if line["marks"] != sorted({passage["source"] for passage in line["passages"]}):
        yield "mark", "its marks are not the numbers of its passages' sources"
    base = line["passages"][0]["text"]
    if any(edit["kind"] not in KINDS or not edit["start"] <= edit["end"] <= len(base) for edit in line["edits"]):
        yield "edit", "an edit has a kind or a span that does not exist"
    elif replayed(base, line["edits"]) != line["text"]:
        yield "replay", "its edits do not lead from its first passage to it"


def numbering_faults(receipt, lines):
    first = receipt["first_mark"]
    if first > 1:
        yield "mark", f"the first mark is {first}; marks begin at 0 or 1"
        return
    if any(source["number"] != first + place for place, source in enumerate(receipt["sources"])):
        yield "source", "the sources are not numbered by their places"
    seen = []
    for passage in (passage for line in lines for passage in line["passages"]):
        if passage["source"] not in seen:
            if passage["source"] != first + len(seen):
                yield "mark", f"source {passage['source']} is used before source {first + len(seen)}"
                return
            seen.append(passage["source"])
    if len(seen) != len(receipt["sources"]):
        yield "source", "a source is listed that no sentence uses"


def printed(receipt):
    text = receipt["headline"]["text"] + "\n"
    for paragraph in receipt["paragraphs"]:
        text += "\n" + " ".join(line["text"] + "".join(f"[{mark}]" for mark in line["marks"]) for line in paragraph) + "\n"
    for place, source in enumerate(receipt["sources"]):
        text += f"\n{receipt['first_mark'] + place}. {source['reference']}\n"
    return text + "\n0 comments\n"


def check(raw):
    """Everything that is wrong with a receipt, as (code, place, note)."""
    try:
        receipt = parse(raw)
    except Malformed as error:
        return [("not-a-receipt", "the receipt", str(error))]
    if receipt["receipt"] != 1:
        return [("version", "the receipt", f"it is of version {receipt['receipt']}, this program checks 1")]
    faults = []
    if canonical(receipt).encode() != raw:
        faults.append(("bytes", "the receipt", "its bytes are not the canonical form of what it says"))
    if sha256(canonical({**receipt, "seal": ""})) != receipt["seal"]:
        faults.append(("seal", "the receipt", "the seal is not the hash of the rest"))
    by_number = {source["number"]: source for source in receipt["sources"]}
    lines = [line for paragraph in receipt["paragraphs"] for line in paragraph] + [receipt["headline"]]
    for place, line in enumerate(lines, 1):
        name = "the headline" if place == len(lines) else f"sentence {place}"
        faults += [(code, name, note) for code, note in line_faults(line, by_number)]
    faults += [(code, "the receipt", note) for code, note in numbering_faults(receipt, lines)]
    if printed(receipt) != receipt["text"]:
        faults.append(("text", "the receipt", "the printed text is not what its parts make"))
    return faults


def main(names):
    status = 0
    for name in names:
        try:
            with open(name, "rb") as file:
                raw = file.read()
        except OSError as error:
            print(f"{name}: can't be read ({error.strerror})", file=sys.stderr)
            status = 3
            continue
        faults = check(raw)
        if not faults:
            print(f"{name}: holds")
        for code, place, note in faults:
            print(f"{name}: {place}: {note} [{code}]")
            status = max(status, 1)
    return status


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
