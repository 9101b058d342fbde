"""People by name: parts of names in any order, without their dots and accents, while they are typed, and misspelt."""

import re
from dataclasses import dataclass, field

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.functions import Lower, Upper

from traff.ground.accounts.models import Block, Person
from traff.ground.core.prepared import prepared
from traff.ground.search.models import Entry

ALIKE = 0.4  # word similarity (pg_trgm) from which a misspelt name is worth showing
NEARLY_AS = 0.8  # of the likeness of the nearest name
MOST = 10  # people
MOST_WORDS = 4  # of what may be a name
SHORTEST_GUESS = 3  # letters of a word that may be misspelt
ACCENTED, PLAIN = "åäàáâãæøöòóôéèêëüùúñçíì", "aaaaaaaooooo" + "eeeeuuuncii"
_SPELLINGS = {plain: f"[{plain}{''.join(a for a, p in zip(ACCENTED, PLAIN, strict=True) if p == plain)}]" for plain in set(PLAIN)}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Named:
    """Entries of people, best first."""

    entries: list[Entry] = field(default_factory=list)
    is_guess: bool = False  # nobody is called so; these are called nearly so


def called(asker: Person, typed: str, *, size: int, is_typing: bool = False, may_guess: bool = True) -> Named:
    """Those called so, each word a part of the name (the last may be its beginning while typing); else those nearly so."""
    parts = _WORD.findall(typed.lower())
    if not 0 < len(parts) <= MOST_WORDS or re.search(r"[\d_@:/#]", typed):
        return Named()
    entries = _beginning(asker, parts, is_typing=is_typing)[:size]
    if not entries and may_guess and not is_typing and min(map(len, parts)) >= SHORTEST_GUESS:
        entries = _beginning(asker, parts, is_typing=True)[:size]
    if entries or not may_guess or max(map(len, parts)) < SHORTEST_GUESS:
        return Named(entries)
    return Named(_nearly(asker, parts)[:size], is_guess=True)


def _beginning(asker: Person, parts: list[str], *, is_typing: bool) -> list[Entry]:
    """Each word a part of the name; while typing the beginning of one, and so the last of several always."""
    ends = ["" if is_typing or (number == len(parts) > 1) else "($|[^[:alpha:]])" for number in range(1, len(parts) + 1)]
    patterns = [f"(^|[^[:alpha:]]){_spelled(part)}{end}" for part, end in zip(parts, ends, strict=True)]
    return list(_called(asker, Block.between(asker), *patterns))


@prepared
def _called(asker: Person, parted: list[int], *patterns: str) -> QuerySet[Entry]:
    found = _people(asker, parted).alias(loud=Upper("title"))
    for pattern in patterns:
        found = found.filter(loud__regex=pattern)
    return found.order_by("title", "pk").defer("grams")[:MOST]


def listed(asker: Person, among: list[int]) -> list[int]:
    """Those of these entries that are people who may stand in the asker's lists."""
    return list(_listed(asker, Block.between(asker), among))


@prepared
def _listed(asker: Person, parted: list[int], among: list[int]) -> QuerySet[Entry, int]:
    return _people(asker, parted).filter(pk__any=among).values_list("pk", flat=True)


def _people(asker: Person, parted: list[int]) -> QuerySet[Entry]:
    """Entries of people who may stand in lists, and from whom the asker is not parted."""
    shown = Person.objects.shown().exclude(pk__any=parted)
    people: QuerySet[Entry] = Entry.objects.visible_to(asker).filter(kind="person", subject_id__in=shown.values("pk"))
    return people


def _nearly(asker: Person, parts: list[str]) -> list[Entry]:
    """Every word like some part of the name."""
    plain = Func(Lower("title"), Value(ACCENTED), Value(PLAIN), function="translate", output_field=CharField())
    alike = [TrigramWordSimilarity(plainly(part), plain) for part in parts]
    names = [f"alike_{number}" for number in range(len(alike))]
    people = _people(asker, Block.between(asker)).annotate(**dict(zip(names, alike, strict=True)))
    found = people.filter(**{f"{name}__gte": ALIKE for name in names})
    total = sum((F(name) for name in names[1:]), F(names[0]) + Value(0.0))
    nearest = list(found.annotate(alike=total).order_by("-alike", "title", "pk").defer("grams")[:MOST])
    return [entry for entry in nearest if entry.alike >= NEARLY_AS * nearest[0].alike]


def plainly(word: str) -> str:
    """In lower case and without accents, as people type who lack the letters."""
    return word.lower().translate(str.maketrans(ACCENTED, PLAIN))


def _spelled(part: str) -> str:
    """As a regular expression, in capitals as the index has names: a plain letter stands for its accented ones too."""
    return "".join(_SPELLINGS.get(letter, letter) for letter in part).upper()
