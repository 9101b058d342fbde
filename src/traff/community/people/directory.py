"""The directory: who there is, narrowed by what one knows of them.

A page costs the same among a hundred or a hundred thousand: it goes by index from a name, never from a number.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import CharField, Func, Q, Value
from django.db.models.functions import Lower

from traff.community.people.faces import Face, faces_of
from traff.community.people.models import Profile, known_to, listed_for
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person, PersonQuerySet
from traff.ground.core.sorting import LETTERS as NORDIC
from traff.ground.core.sorting import PLACES
from traff.ground.organisation.models import Seat, Unit

SIZE = 50
COUNTED = 1000  # beyond this the exact number says nothing
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"
ACCENTED, PLAIN = "åäöæøéèü", "aaoaoeeu"
ALIKE = 0.45  # word similarity (pg_trgm) from which a misspelt name is worth showing


@dataclass(frozen=True)
class Page:
    """Some people in the order of their names, and where the neighbouring pages begin ("" = nowhere)."""

    faces: list[Face]
    previous: str = ""
    next: str = ""
    count: int = 0  # at most COUNTED + 1
    is_guess: bool = False  # nobody is called so; these are called nearly so


def narrowed(reader: Person, wish: dict[str, Any]) -> PersonQuerySet:
    """The people this reader may list, narrowed by `q`, `unit`, `place`, `topic`, `language`, each optional."""
    people = listed_for(reader)
    if unit := wish.get("unit"):
        below = list(Unit.objects.filter(path__contains=[unit.pk]).values_list("pk", flat=True))  # known ids: a known selectivity
        people = people.filter(pk__in=Seat.objects.filter(unit__in=below).values("person_id"))
    if place := wish.get("place"):
        people = people.filter(pk__in=Seat.objects.filter(place=place).values("person_id"))
    if topic := wish.get("topic"):
        people = people.filter(pk__in=knowing(topic).values("pk"))
    if language := wish.get("language"):
        people = people.filter(pk__in=Profile.objects.filter(languages__contains=[language]).values("person_id"))
    for word in (wish.get("q") or "").split()[:6]:
        people = people.filter(_called(word))
    return people


def page_of(reader: Person, wish: dict[str, Any], *, after: str = "", before: str = "", letter: str = "") -> Page:
    """One page by name. `after` and `before` are handles of people on a neighbouring page, `letter` where to begin."""
    people = narrowed(reader, wish)
    words = (wish.get("q") or "").strip()
    ordered = people.by_name()
    if letter:
        ordered = ordered.filter(sort_name__gte=_sorted_as(letter))
    if before and (edge := _edge(reader, before)):
        found = list(ordered.filter(_beyond(edge, "lt")).order_by("-sort_name", "-id")[: SIZE + 1])
        more, shown = len(found) > SIZE, found[:SIZE][::-1]
        return _page(shown, has_previous=more, has_next=bool(shown), count=_count(people))
    edge = _edge(reader, after) if after else None
    found = list((ordered.filter(_beyond(edge, "gt")) if edge else ordered)[: SIZE + 1])
    if not found and words and not (after or letter):
        return Page(list(faces_of(_nearly(reader, words, wish)).values()), is_guess=True)
    return _page(found[:SIZE], has_previous=bool(edge or letter), has_next=len(found) > SIZE, count=_count(people))


def completions(reader: Person, words: str, size: int = 10) -> list[Face]:
    """A few people meant by a name, a handle or an e-mail address."""
    exact = listed_for(reader).filter(Q(handle__iexact=words) | Q(email__iexact=words))
    found = list(exact[:1]) or list(narrowed(reader, {"q": words}).by_name()[:size]) or _nearly(reader, words, {})
    return list(faces_of(found[:size]).values())


def knowing(topic: Topic) -> PersonQuerySet:
    """Those whose profile lists the topic. Nobody, when it is sensitive."""
    people: PersonQuerySet = Person.objects.shown()
    return people.none() if topic.is_sensitive else people.filter(profile__topics=topic)


def letters(address: str, wish: dict[str, str]) -> list[dict[str, str]]:
    """A link for each letter, in Swedish order, keeping what was narrowed."""
    return [{"letter": letter, "url": f"{address}?{urlencode({**wish, 'letter': letter})}"} for letter in ALPHABET]


def _called(word: str) -> Q:
    """In the name or the title; two indexes, so two questions put together."""
    names = Person.objects.filter(name__icontains=word).values("pk")
    titles = Profile.objects.filter(title__icontains=word).values("person_id")
    return Q(pk__in=names.union(titles))


def _nearly(reader: Person, words: str, wish: dict[str, Any]) -> list[Person]:
    similarity = TrigramWordSimilarity(words.lower().translate(str.maketrans(ACCENTED, PLAIN)), _plainly("name"))
    people = narrowed(reader, {**wish, "q": ""}).annotate(alike=similarity)
    return list(people.filter(alike__gte=ALIKE).order_by("-alike", "sort_name")[:10])


def _plainly(name: str) -> Func:
    """In lower case and without accents, as people type who lack the letters."""
    return Func(Lower(name), Value(ACCENTED), Value(PLAIN), function="translate", output_field=CharField())


def _sorted_as(letter: str) -> str:
    return letter[:1].lower().translate(str.maketrans(NORDIC, PLACES))


def _edge(reader: Person, handle: str) -> Person | None:
    person: Person | None = known_to(reader).filter(handle=handle).first()
    return person


def _beyond(edge: Person, side: str) -> Q:
    same = Q(sort_name=edge.sort_name) & Q(**{f"id__{side}": edge.pk})
    return Q(**{f"sort_name__{side}e": edge.sort_name}) & (Q(**{f"sort_name__{side}": edge.sort_name}) | same)


def _count(people: PersonQuerySet) -> int:
    return people.order_by()[: COUNTED + 1].count()


def _page(people: list[Person], *, has_previous: bool, has_next: bool, count: int) -> Page:
    faces = list(faces_of(people).values())
    first, last = (people[0].handle, people[-1].handle) if people else ("", "")
    return Page(faces, previous=first if has_previous else "", next=last if has_next else "", count=count)
