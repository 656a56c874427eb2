#!/usr/bin/env python3
"""Makes crates/desk/data/outlets.tsv from kite-public's media_data.json (MIT).

usage: outlets.py MEDIA_DATA_JSON > crates/desk/data/outlets.tsv

One line a domain: domain, name, family. The family is the head of the owner's description where at least two
outlets share it, else the outlet's own registrable domain is its family and the column is empty."""
import collections
import json
import re
import sys

STOP = re.compile(r"\b(is|was|are|has|have|which|who|a|an|the|through|via|since|after|under|and|with|in|by|from)\b|[.,;:(’']")


def head(owner):
    """The first proper name of the owner's description, for comparison."""
    owner = re.sub(r"^(.*?\b)?(owned|controlled|operated|published|run) (entirely |wholly |mainly )?by (the )?", "", owner.strip())
    owner = re.sub(r"^(The|the) ", "", owner)
    name = STOP.split(owner)[0].strip()
    name = re.sub(r"\b(Inc|Corp|Corporation|Company|Ltd|Limited|plc|PLC|LLC|Group|S\.A|SE|AG|GmbH|Co)\b\.?", "", name).strip()
    return name.casefold() if len(name) > 2 and name[:1].isupper() else ""


def main():
    media = json.load(open(sys.argv[1], encoding="utf8"))
    owners = collections.Counter(h for m in media if (h := head(m.get("owner") or "")))
    vague = {"private", "public", "state", "government", "independent", "unknown", "individual", "family", "french", "german"}
    lines = {}
    for m in media:
        family = head(m.get("owner") or "")
        family = family if owners[family] > 1 and family not in vague else ""
        for domain in m["domains"]:
            domain = re.sub(r"^www\.", "", domain.strip().lower())
            if re.fullmatch(r"[a-z0-9.-]+\.[a-z]+", domain):
                lines[domain] = (m["organization"].strip().replace("\t", " "), family)
    print("# domain\tname\tfamily (from kite-public media_data.json, MIT)")
    for domain in sorted(lines):
        print("\t".join((domain, *lines[domain])))


main()
