"""Has somebody been here before: threads like a text or a post, from where the asker may read, each with its reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from traff.ground.accounts.models import Block, Person
from traff.ground.core.grams import grams, likeness
from traff.ground.core.language import language_of, stem
from traff.ground.core.prepared import prepared
from traff.ground.core.time import seconds
from traff.ground.search.abroad import AS_ABROAD, ENOUGH, MEANS, NAMED, across, known_part
from traff.ground.search.asking import BUDGET, KEPT, Postings, Question, postings, question
from traff.ground.search.documents import Ranked, Recipe, grams_of, threads
from traff.ground.search.finding import best_messages
from traff.ground.search.models import Authored, Entry
from traff.ground.search.ranking import standard
from traff.ground.search.reach import Reach
from traff.ground.search.wordlist import OTHER
from traff.heart.matching import score
from traff.heart.matching.reasons import Evidence, evidence_of, named_in, words_of

CANDIDATES = 300
AS_THREAD = Recipe(k1=2.0, b=0.45)
SHOWN = 10
GUESSED = 0.75  # a word put into the other language may be the wrong one of its meanings: what it covers counts for less


class Effort(NamedTuple):
    """How much of a text is asked for (its heaviest terms), and how many postings are read for it."""

    terms: int = KEPT
    abroad: int = KEPT  # words asked for in the other language
    postings: int = BUDGET


FULL = Effort()
UNASKED = Effort(terms=16, postings=60_000, abroad=24)  # a second is all there is when something is published


@dataclass(frozen=True)
class Related:
    entry: Entry  # the thread's root
    score: float
    coverage: float  # 0..1: how much of what was asked, everyday words aside, stands in it; the gate for what nobody asked for
    reasons: list[str]  # words, the largest terms of the score first
    evidence: Evidence
    named: frozenset[str] = frozenset()  # concepts among the reasons

    @property
    def features(self) -> tuple[float, float]:
        """What relevance is made of; kept with what is shown, so that its weights can be fitted anew."""
        return self.score, self.coverage


def similar(
    person: Person,
    text: str = "",
    *,
    title: str = "",
    entry: Entry | None = None,
    circle: int | None = None,
    before: datetime | None = None,
    limit: int = SHOWN,
    kinds: tuple[str, ...] = (),
    effort: Effort = FULL,
    asked: Question | None = None,
    parts: NDArray[np.float64] | None = None,
    leaving: Sequence[int] = (),
) -> list[Related]:
    """Threads like a text with a title, or like an entry's own (its thread left out), best first.

    `circle`: the id of the audience in which it is asked. `before`: as on that day. `kinds`: of these details alone ("case" …).
    `effort`: how much is asked for and read.
    `asked`: with these terms in place of the text's; `parts`: of several texts asked for as one, the share of each term in each
    (a row a text); a thread is then as well covered as the text it covers best. `leaving`: threads that are left out.
    """
    if entry is not None:
        title, text, circle = title or entry.title, text or entry.text, circle or entry.audience_id
    at = before or timezone.now()
    reach = Reach.of(person, before=seconds(before) if before else None)
    is_own_text = asked is None
    asked = asked or question(title, text, keep=effort.terms, budget=effort.postings)
    rows = postings(asked, reach)
    if leaving:
        rows = rows.only(~np.isin(rows.thread, list(leaving)))
    without = entry.thread_id if entry is not None else 0
    looking = _Looking(person, reach, grams(title, text), seconds(at), circle, kinds, without, max(limit, 0))
    hits = looking.answers(asked, rows, parts) if len(rows.term) else []
    language = language_of(f"{title}\n{text}") if is_own_text and not leaving else ""
    if language not in OTHER:
        return hits
    abroad = across(asked, title, text, language, keep=effort.abroad, budget=effort.postings // 4)
    theirs = looking.answers(abroad, postings(abroad, reach), None) if abroad.terms else []
    known = known_part(asked, abroad)
    theirs = [replace(hit, coverage=hit.coverage * known * GUESSED) for hit in theirs if hit.coverage >= ENOUGH]
    return _mixed(hits, theirs, max(limit, 0))


def _mixed(hits: list[Related], theirs: list[Related], limit: int) -> list[Related]:
    """By turns, one's own language first: scores cannot be compared. What both found stands at the better of its two places."""
    found: dict[int, tuple[int, Related]] = {hit.entry.pk: (2 * place, hit) for place, hit in enumerate(hits)}
    for place, hit in enumerate(theirs):
        before, mine = found.get(hit.entry.pk, (2 * place + 1, hit))
        found[hit.entry.pk] = min(before, 2 * place + 1), mine if mine is hit else _both(mine, hit)
    return [hit for _place, hit in sorted(found.values(), key=lambda placed: placed[0])][:limit]


def _both(mine: Related, theirs: Related) -> Related:
    """A thread found twice: no word is said twice, and with what it means rather than by that alone."""
    meant = _stems(meaning for word, _sign, meaning in (reason.partition(MEANS) for reason in theirs.reasons) if meaning != word)
    own = [reason for reason in mine.reasons if not _stems([reason]) & meant]
    said = _stems(own)
    reasons = own + [reason for reason in theirs.reasons if not said & _stems(reason.split(MEANS))]
    return replace(mine, reasons=reasons[:NAMED], coverage=_together(mine.coverage, theirs.coverage))


def _together(one: float, other: float) -> float:
    """Of what two questions cover of one text: as if half of the smaller part were in the larger."""
    return min(1.0, max(one, other) + min(one, other) / 2)


def _stems(said: Iterable[str]) -> set[str]:
    return {stem(word, language) for words in said for word in words.lower().split() for language in OTHER}


@dataclass(frozen=True)
class _Looking:
    """Who looks, how far their eyes reach, and what is common to asking in one's own language and in the other."""

    person: Person
    reach: Reach
    grams: bytes
    now: int
    circle: int | None
    kinds: tuple[str, ...]
    without: int
    limit: int

    def answers(self, asked: Question, rows: Postings, parts: NDArray[np.float64] | None) -> list[Related]:
        """The best threads; in the other language, where letters are no likeness, of those in that language alone."""
        recipe = AS_ABROAD if asked.language else AS_THREAD
        found = threads(asked, rows, self.reach, recipe, keep=CANDIDATES, evidence=True, without=self.without)
        roots = _roots(self.person, found, self.kinds, asked.language)
        ranked = _ranked(found, roots, b"" if asked.language else self.grams, self.now, self.circle)[: self.limit]
        shown = [int(found.ids[place]) for place, _score in ranked]
        entries = {entry.pk: entry for entry in _readable(self.person, shown)}
        voices = _voices(self.person, shown, rows, asked)
        there = ((pk, place, value) for pk, (place, value) in zip(shown, ranked, strict=True) if pk in entries)  # not gone
        return [_related(found, place, value, entries[pk], voices, asked, parts) for pk, place, value in there]


@prepared
def _readable(person: Person, ids: list[int]) -> QuerySet[Entry]:
    found: QuerySet[Entry] = Entry.objects.visible_to(person).filter(pk__any=ids).select_related("place").defer("grams")
    return found


@prepared
def _speaking(person: Person, ids: list[int]) -> QuerySet[Entry]:
    found: QuerySet[Entry] = Entry.objects.visible_to(person).filter(pk__any=ids, is_evidence=True).defer("grams")
    return found


class Root(NamedTuple):
    """What of a thread's root is asked for while ranking: of hundreds only a few are shown."""

    at: int
    audience_id: int


def _roots(person: Person, found: Ranked, kinds: tuple[str, ...], language: str) -> dict[int, Root]:
    """The threads' roots that the asker may read, but for those of people parted from them."""
    parted = Block.between(person)
    rows = _evidence(person, found.ids.tolist(), language or None, parted or None)
    return {pk: Root(at, audience) for pk, at, audience, detail in rows if not kinds or detail in kinds}


@prepared
def _evidence(
    person: Person, ids: list[int], language: str | None, parted: list[int] | None
) -> QuerySet[Entry, tuple[int, int, int, str]]:
    readable = Entry.objects.visible_to(person).filter(pk__any=ids, is_evidence=True)
    if language is not None:
        readable = readable.filter(language=language)
    if parted is not None:
        theirs = Authored.objects.unrestricted("threads of people parted from the asker").filter(person__any=parted)
        readable = readable.exclude(pk__in=theirs.values("entry_id"))
    return readable.values_list("pk", "at", "audience_id", "detail")


def _ranked(found: Ranked, roots: dict[int, Root], asked: bytes, now: int, circle: int | None) -> list[tuple[int, float]]:
    places = np.array([place for place, pk in enumerate(found.ids.tolist()) if pk in roots], np.int64)
    if not len(places):
        return []
    ids: NDArray[np.int32] = found.ids[places]
    entries = [roots[pk] for pk in ids.tolist()]
    values = score.similar(
        standard(found.scores[places]),
        standard(found.covered[places]),
        standard(likeness(asked, grams_of(ids))),
        now - np.array([entry.at for entry in entries], float),
        np.array([entry.audience_id == circle for entry in entries], float),
    )
    newest_first = np.lexsort((-ids, -values))
    return [(int(places[n]), float(values[n])) for n in newest_first]


def _voices(person: Person, threads_: list[int], rows: Postings, asked: Question) -> dict[int, Entry]:
    """Of each thread the message that holds most of what was asked."""
    best = best_messages(threads_, rows, asked)
    found = {entry.pk: entry for entry in _speaking(person, list(best.values()))}
    return {thread: found[pk] for thread, pk in best.items() if pk in found}


def _related(
    found: Ranked,
    place: int,
    value: float,
    root: Entry,
    voices: dict[int, Entry],
    asked: Question,
    parts: NDArray[np.float64] | None,
) -> Related:
    summed = found.terms_of(place)
    shares = np.atleast_2d(asked.telling / asked.about) if parts is None else parts
    covered = float(shares[:, [term for term, _value in summed]].sum(axis=1).max(initial=0.0))
    evidence = evidence_of(root, voices.get(root.pk), asked)
    reasons = words_of(asked, dict(summed), evidence, is_asked=False)
    return Related(root, value, covered, reasons, evidence, named_in(asked, reasons))
