"""Check that the demo organisation holds together: `python demo/check.py`.

Standard library only, so that whoever writes a new post can run it before anything is installed.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import datetime, timedelta
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))  # also where Python is told not to look beside a program
import check_pairs

DEMO = Path(__file__).parent
FOLDER = DEMO / "nordanvind"
KINDS = {"update", "article", "question", "case", "idea"}
STAGES = {"new", "taken", "tried", "result", "parked"}
CASE_PARTS = ("situation", "approach", "outcome", "reuse")
Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]


class Organisation:
    def __init__(self) -> None:
        self.anchor = datetime.fromisoformat(json.loads((FOLDER / "traff.json").read_text("utf-8"))["anchor"])
        self.units, self.places, self.people, self.topics, self.groups, self.posts, self.replies = (
            {row["id"]: row for row in rows(name)}
            for name in ("units", "places", "people", "topics", "groups", "posts", "replies")
        )
        self.memberships, self.reactions = rows("memberships"), rows("reactions")
        self.reuses, self.follows = rows("reuses"), rows("follows")
        self.customers, self.projects = ({row["id"]: row for row in rows(name)} for name in ("customers", "projects"))
        self.acquaintances, self.approaches = rows("acquaintances"), rows("approaches")
        self.openings = rows("openings")
        self.steps, self.votes, self.sparks = rows("steps"), rows("votes"), rows("sparks")
        self.since = {(m["group"], m["person"]): when(m["since"]) for m in self.memberships}
        self.meetings: dict[str, list[Row]] = json.loads((DEMO / "meetings.json").read_text("utf-8"))

    def thread(self, post: str) -> set[str]:
        """Everyone who has written in a post's thread."""
        answering = {reply["author"] for reply in self.replies.values() if reply["post"] == post}
        return answering | set(self.posts[post]["authors"])

    def groups_of(self, person: str) -> set[str]:
        return {group for group, member in self.since if member == person}


def when(text: str) -> datetime:
    return datetime.fromisoformat(text)


def references(org: Organisation) -> list[str]:
    wanted = [("unit", u["id"], u.get("parent"), org.units) for u in org.units.values() if u.get("parent")]
    for o in org.openings:
        wanted += [("owner", o["id"], o["owner"], org.people), ("topic", o["id"], o["topics"][0], org.topics)]
        wanted += [("place of", o["id"], o["place"], org.places)] if o.get("place") else []
        wanted += [("group of", o["id"], o["group"], org.groups)] if o.get("group") else []
    for p in org.people.values():
        wanted += [("unit of", p["id"], p["unit"], org.units)]
        wanted += [("place of", p["id"], p["place"], org.places)] if not p.get("is_protected") else []
        wanted += [("topic of", p["id"], topic, org.topics) for topic in p["topics"]]
    for g in org.groups.values():
        wanted += [("steward of", g["id"], steward, org.people) for steward in g["stewards"]]
    for m in org.memberships:
        wanted += [("membership", m["person"], m["group"], org.groups), ("membership", m["group"], m["person"], org.people)]
    for p in org.posts.values():
        wanted += [("author of", p["id"], author, org.people) for author in p["authors"]]
        wanted += [("topic of", p["id"], topic, org.topics) for topic in p["topics"]]
        wanted += [("group of", p["id"], p["group"], org.groups)] if p.get("group") else []
    for r in org.replies.values():
        wanted += [("reply", r["id"], r["post"], org.posts), ("reply", r["id"], r["author"], org.people)]
    for r in [*org.reactions, *org.reuses]:
        where, what = (org.posts, r["post"]) if "post" in r else (org.replies, r["reply"])
        wanted += [("reaction", r["person"], what, where), ("reaction", what, r["person"], org.people)]
    for r in [*org.steps, *org.votes]:
        wanted += [("idea", r["person"], r["post"], org.posts), ("idea", r["post"], r["person"], org.people)]
    wanted += [("spark", s["post"], end, org.posts) for s in org.sparks for end in (s["post"], s["source"])]
    kinds = {"person": org.people, "group": org.groups, "topic": org.topics, "post": org.posts}
    wanted += [("follow", f["person"], f["target"], kinds[f["kind"]]) for f in org.follows]
    wanted += of_customers(org)
    protected = [p for p in org.people.values() if p.get("is_protected")]
    wrong = [f"{p['id']}: protected, so without place and photo" for p in protected if {"place", "photo"} & set(p)]
    return wrong + [f"{label} {of}: {target!r} is not there" for label, of, target, where in wanted if target not in where]


def of_customers(org: Organisation) -> list[tuple[str, str, str, dict[str, Row]]]:
    wanted = [("parent of", c["id"], c["parent"], org.customers) for c in org.customers.values() if c.get("parent")]
    wanted += [("inside", c["id"], person, org.people) for c in org.customers.values() for person in c.get("inside", [])]
    wanted += [("customer of", p["id"], p["customer"], org.customers) for p in org.projects.values()]
    for told in [*org.acquaintances, *org.approaches]:
        subject, there = ("project", org.projects) if "project" in told else ("customer", org.customers)
        wanted += [(subject, told["person"], told[subject], there), ("told by", told[subject], told["person"], org.people)]
    return wanted


def posts(org: Organisation) -> list[str]:
    wrong = []
    for p in org.posts.values():
        accepted = p.get("accepted")
        if p["kind"] not in KINDS:
            wrong.append(f"{p['id']}: kind {p['kind']}")
        if p["kind"] == "case" and not all(p.get(part) for part in CASE_PARTS):
            wrong.append(f"{p['id']}: a case lacks one of {CASE_PARTS}")
        if accepted and (p["kind"] != "question" or org.replies[accepted]["post"] != p["id"]):
            wrong.append(f"{p['id']}: the accepted answer is not its own")
        if not p["authors"] or len(set(p["authors"])) != len(p["authors"]):
            wrong.append(f"{p['id']}: authors {p['authors']}")
        if p["kind"] != "update" and not p.get("title"):
            wrong.append(f"{p['id']}: no title")
    return wrong


def ideas(org: Organisation) -> list[str]:
    """Steps and votes are of ideas, and a result says how it went."""
    about = [r["post"] for r in [*org.steps, *org.votes] if org.posts[r["post"]]["kind"] != "idea"]
    odd = [s["post"] for s in org.steps if s["stage"] not in STAGES or (s["stage"] == "result" and not s.get("text"))]
    return [f"{post}: no idea" for post in about] + [f"{post}: a step without its stage or text" for post in odd]


def times(org: Organisation) -> list[str]:
    """Everything happens between its cause and the anchor."""
    joined = {p["id"]: p["joined"] for p in org.people.values()}
    spans = [(p["id"], joined[author], p["published"]) for p in org.posts.values() for author in p["authors"]]
    for r in org.replies.values():
        spans += [(r["id"], joined[r["author"]], r["published"])]
        spans += [(r["id"], org.posts[r["post"]]["published"], r["published"])]
    for r in [*org.reactions, *org.reuses, *org.steps, *org.votes]:
        subject = org.posts[r["post"]] if "post" in r else org.replies[r["reply"]]
        spans += [(subject["id"], start, r["at"]) for start in (joined[r["person"]], subject["published"])]
    spans += [(a["id"], joined[a["person"]], a["at"]) for a in org.approaches]
    spans += [(s["post"], org.posts[s["source"]]["published"], org.posts[s["post"]]["published"]) for s in org.sparks]
    for (group, person), since in org.since.items():
        spans += [(group, start, since.isoformat()) for start in (joined[person], org.groups[group]["created"])]
    wrong = [
        f"{identity}: {start} comes before {at}"
        for identity, start, at in spans
        if not when(start) <= when(at) < org.anchor.astimezone(when(at).tzinfo)
    ]
    last = max(when(p["published"]).date() for p in org.posts.values())
    if last != (org.anchor - timedelta(days=1)).date():
        wrong.append(f"the last post is of {last}, not of the day before the anchor")
    return wrong


def closed_doors(org: Organisation) -> list[str]:
    """In groups, members alone write and react, and only once they are in; guests keep to their groups."""
    wrong = []
    deeds = [(p["id"], author, p["published"]) for p in org.posts.values() for author in p["authors"]]
    deeds += [(r["post"], r["author"], r["published"]) for r in org.replies.values()]
    for r in org.reactions:
        deeds.append((r["post"] if "post" in r else org.replies[r["reply"]]["post"], r["person"], r["at"]))
    for post, person, at in deeds:
        group = org.posts[post].get("group")
        outsider = org.since.get((group, person), org.anchor.astimezone()) > when(at) if group else False
        if outsider and not org.groups[group]["is_open"]:
            wrong.append(f"{person} in the closed thread {post}")
        if org.people[person].get("is_guest") and (not group or outsider):
            wrong.append(f"the guest {person} in {post}")
    return wrong


def repeated(org: Organisation) -> list[str]:
    seen: Counter[str] = Counter()
    for row in [*org.posts.values(), *org.replies.values(), *org.acquaintances, *org.approaches]:
        text = "\n".join(str(row.get(part, "")) for part in ("title", "body", "text", *CASE_PARTS))
        sentences = {re.sub(r"\W+", " ", s).strip().lower() for s in re.split(r"[.!?\n|]", text)}
        seen.update(s for s in sentences if len(s.split()) > 3)
    return [f"twice: {sentence}" for sentence, count in seen.items() if count > 1]


def strangers(org: Organisation) -> list[str]:
    """Those who are to meet have not met: other unit and place, no thread, no follow, no common group."""
    wrong = []
    met = {pair for p in org.posts for pair in permutations(org.thread(p), 2)}
    met |= {(f["person"], f["target"]) for f in org.follows}
    for r in org.reactions:
        authors = org.posts[r["post"]]["authors"] if "post" in r else [org.replies[r["reply"]]["author"]]
        met |= {(r["person"], author) for author in authors}
    for m in [*org.meetings["writing"], *org.meetings["home"], *org.meetings["strangers"]]:
        one, other = m["person"], m["giver"]
        here, there = org.people[one], org.people[other]
        if other not in org.posts[m["post"]]["authors"]:
            wrong.append(f"{m['post']} is not by {other}")
        if here["unit"] == there["unit"] or here["place"] == there["place"]:
            wrong.append(f"{one} and {other}: same unit or place")
        if (one, other) in met or (other, one) in met or org.groups_of(one) & org.groups_of(other):
            wrong.append(f"{one} and {other} know each other")
    return wrong


def phrases(org: Organisation) -> list[str]:
    """What a person half-writes shares words with what it finds, but no run of four."""
    wrong = []
    for m in org.meetings["writing"]:
        p = org.posts[m["post"]]
        text = " ".join(str(p.get(part, "")) for part in ("title", "body", *CASE_PARTS)).lower()
        flat = " ".join(re.findall(r"\w+", text))
        for words in (re.findall(r"\w+", m[language].lower()) for language in ("sv", "en")):
            runs = [" ".join(words[i : i + 4]) for i in range(len(words) - 3)]
            wrong += [f"{m['person']}: shares {run!r}" for run in runs if run in flat]
    return wrong


def main() -> int:
    org = Organisation()
    checks = (references, posts, ideas, times, closed_doors, repeated, strangers, phrases)
    wrong = [line for check in checks for line in check(org)]
    wrong += check_pairs.check()
    print(*wrong, sep="\n")
    words = sum(len(str(p.get(k, "")).split()) for p in org.posts.values() for k in ("body", *CASE_PARTS))
    ties = len({frozenset(pair) for p in org.posts for pair in combinations(sorted(org.thread(p)), 2)})
    print(f"{len(org.people)} people, {len(org.posts)} posts ({words} words), {len(org.replies)} replies, {ties} pairs have met")
    print(Counter(p["kind"] for p in org.posts.values()), Counter(p["language"] for p in org.posts.values()))
    print("written by", Counter(author for p in org.posts.values() for author in p["authors"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
