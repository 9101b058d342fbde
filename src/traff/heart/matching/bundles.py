"""What a person is interested in, from what they have written: at most five bundles of terms, each of pieces that are alike.

    v_p = (weight · idf of p's telling terms) / its length       a piece of writing
    w_p = ½^(age / 365 d)                                        what was written lately says more
    bundles: the two most alike (mean cosine between their pieces) are joined while they are alike enough, or more than five
    c_b = Σ w_p · v_p over the bundle                            its terms; the heaviest are asked with

A bundle is asked with once. What it finds is as relevant as it is to the piece it is most like, so that a bundle of several
pieces is as sharp as each of them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from traff.community.people.models import Profile
from traff.ground.accounts.models import Person
from traff.ground.core.language import forms, tokens
from traff.ground.core.time import seconds
from traff.ground.search.asking import Question, Term, question
from traff.ground.search.models import Authored, Entry
from traff.heart.matching.reasons import words_of

MOST = 5  # bundles
PIECES = 20  # of one's own latest writing
TELLING = 30  # terms from which a piece says what one is interested in; a greeting or a thank-you does not
ALIKE = 0.12  # mean cosine from which pieces are about one matter
ASKED = 120  # terms of a bundle
SHOWN = 6  # words of a bundle, as shown
NAMED = 3.0  # a topic says more of what somebody is interested in than a word does
FADING = 365.0  # days
DAY = 86_400
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Piece:
    """One's own piece of writing as a question; without an entry, what one says of oneself."""

    asked: Question
    weight: float = 1.0
    entry: Entry | None = None
    text: tuple[str, str] = ("", "")  # title and words, for its letters

    @cached_property
    def shares(self) -> dict[str, float]:
        """The part that each of them has in what the piece is about."""
        about = self.asked.about
        return {term.text: float(value) / about for term, value in zip(self.asked.terms, self.asked.telling, strict=True)}

    @cached_property
    def terms(self) -> dict[str, float]:
        """Its telling terms, as a vector of length one."""
        values = {term.text: float(value) for term, value in zip(self.asked.terms, self.asked.telling, strict=True) if value > 0}
        length = math.sqrt(sum(value * value for value in values.values())) or 1.0
        return {text: value / length for text, value in values.items()}


@dataclass(frozen=True)
class Bundle:
    """`asked`: the terms with their weights; `parts`: a row a piece, the share that each term has in what it says."""

    asked: Question
    parts: Floats
    pieces: tuple[Piece, ...]
    words: list[str]
    is_named: bool  # whether they say what it is about; else they are merely its heaviest
    lean: float = 1.0  # more or less of this, as its person says

    @property
    def terms(self) -> dict[str, float]:
        """As a vector of length one."""
        return Piece(self.asked).terms

    @property
    def entries(self) -> list[Entry]:
        return [piece.entry for piece in self.pieces if piece.entry is not None]

    @property
    def in_letters(self) -> tuple[str, str]:
        """Title and words of the piece that says most of what the bundle does."""
        terms = self.terms
        return max(self.pieces, key=lambda piece: likeness(piece.terms, terms)).text

    @property
    def weight(self) -> float:
        return sum(piece.weight for piece in self.pieces)

    @property
    def matters(self) -> list["Bundle"]:
        """What is alike in it, each by itself: more than one where pieces were joined only so that there be no more than five."""
        return matters_in(self.pieces)


def pieces_of(person: Person, before: datetime | None = None) -> list[Piece]:
    """What the person has written lately and may still read, as far as it may be evidence; newest first."""
    now = seconds(before or timezone.now())
    own = Authored.objects.visible_to(person).filter(person=person, entry__length__gte=TELLING).order_by("-at", "-entry_id")
    if before:
        own = own.filter(at__lt=now)
    wanted = list(own.values_list("entry_id", flat=True)[: 2 * PIECES])
    entries = Entry.objects.visible_to(person).filter(is_evidence=True).defer("grams").in_bulk(wanted)
    return [
        Piece(
            question(entry.title, entry.text),
            0.5 ** (max(now - entry.at, 0) / DAY / FADING),
            entry,
            (entry.title, entry.text),
        )
        for pk in wanted
        if (entry := entries.get(pk)) is not None
    ][:PIECES]


def profile_of(person: Person) -> list[Piece]:
    """What the person says of themselves: a newcomer has little else."""
    profile = Profile.objects.filter(person=person).first()
    if profile is None:
        return []
    topics = profile.topics.filter(is_sensitive=False)
    words = ", ".join(f"{topic.name} {topic.name_sv}" for topic in topics)
    return [Piece(question(words, profile.about), text=(words, profile.about))] if words or profile.about else []


def bundled(pieces: Sequence[Piece], *, most: int = MOST, alike: float = ALIKE) -> list[Bundle]:
    """At most so many bundles, heaviest first."""
    pieces = [piece for piece in pieces if piece.asked.terms]
    groups = _joined(_likeness([piece.terms for piece in pieces]), most, alike)
    bundles = [bundle_of([pieces[number] for number in group]) for group in groups]
    return sorted(bundles, key=lambda bundle: -bundle.weight)[:most]


def matters_in(pieces: Sequence[Piece]) -> list[Bundle]:
    """What is alike, and nothing else, joined; however many they are."""
    return bundled(pieces, most=max(1, len(pieces)))


def bundle_of(pieces: Sequence[Piece]) -> Bundle:
    """One bundle of these pieces."""
    summed: dict[str, float] = {}
    known: dict[str, Term] = {}
    for piece in pieces:
        length = float(np.linalg.norm(piece.asked.telling)) or 1.0
        for term, value in zip(piece.asked.terms, piece.asked.weights.tolist(), strict=True):
            summed[term.text] = summed.get(term.text, 0.0) + piece.weight * value / length
        known |= {term.text: term for term in piece.asked.terms if term.text not in known}
    heaviest = sorted(summed, key=lambda text: (-summed[text], text))[:ASKED]
    terms = tuple(replace(known[text], weight=summed[text] / max(known[text].idf, 1e-9)) for text in heaviest)
    asked = replace(pieces[0].asked, terms=terms)
    parts = np.array([[piece.shares.get(text, 0.0) for text in heaviest] for piece in pieces])
    named = _in_words(asked, _naming(pieces))
    is_named = len(named) > 1  # one word alone tells little
    return Bundle(asked, parts, tuple(pieces), named if is_named else _in_words(asked, set(known)), is_named)


def _naming(pieces: Sequence[Piece]) -> set[str]:
    """Terms that name what these pieces are about: those in a title, or in several of the pieces; topics do so anyway."""
    titles = " ".join(piece.text[0] for piece in pieces)
    headed = {form for token in tokens(titles) for language in ("sv", "en") for form in forms(token, language)}
    often = Counter(term.text for piece in pieces for term in piece.asked.terms)
    return headed | {text for text, count in often.items() if count > 1}


def _in_words(asked: Question, among: set[str]) -> list[str]:
    """The heaviest of these terms as one would say them, topics first of all; no word that stands in one text alone."""
    said = {}
    for number, (term, value) in enumerate(zip(asked.terms, asked.telling.tolist(), strict=True)):
        is_topic = term.text.startswith("#")
        if term.df > 1 and (is_topic or term.text in among):
            said[number] = value * (NAMED if is_topic else 1.0)
    return words_of(asked, said, count=SHOWN)


def _likeness(vectors: Sequence[dict[str, float]]) -> Floats:
    """Cosines between vectors of length one, the diagonal left out."""
    places = {text: number for number, text in enumerate(sorted({text for vector in vectors for text in vector}))}
    table = np.zeros((len(vectors), len(places)))
    for row, vector in enumerate(vectors):
        for text, value in vector.items():
            table[row, places[text]] = value
    cosines: Floats = table @ table.T
    np.fill_diagonal(cosines, -1.0)
    return cosines


def _joined(cosines: Floats, most: int, alike: float) -> list[list[int]]:
    """Numbers of the pieces of each bundle."""
    groups = [[number] for number in range(len(cosines))]
    while len(groups) > 1:
        means = np.array([[_mean(cosines, one, other) if one is not other else -1.0 for other in groups] for one in groups])
        here, there = sorted(divmod(int(means.argmax()), len(groups)))
        if len(groups) <= most and means[here, there] < alike:
            break
        groups[here] = [*groups[here], *groups.pop(there)]
    return groups


def _mean(cosines: Floats, one: Iterable[int], other: Iterable[int]) -> float:
    return float(cosines[np.ix_(list(one), list(other))].mean())


def likeness(one: dict[str, float], other: dict[str, float]) -> float:
    """The cosine of two vectors of length one."""
    return sum(value * other.get(text, 0.0) for text, value in one.items())
