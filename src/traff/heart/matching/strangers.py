"""M3, strangers: posts by people one does not follow, has never met in a thread or shares a unit with, and who sit elsewhere.

What one has written is what one is interested in, in at most five bundles (`interests`); each asks for itself, so that a person
with several interests is not averaged into somebody with none. What one says of them and of the distance counts in the score
and never at the gate. What the profile says asks too, so a newcomer who has written nothing is not left out.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from traff.ground.accounts.models import Moment, Person
from traff.ground.core.time import seconds
from traff.ground.search.models import Authored, Entry
from traff.heart.matching.bundles import Bundle
from traff.heart.matching.exposure import exposure_of
from traff.heart.matching.interest import Leaning
from traff.heart.matching.interests import interests_of
from traff.heart.matching.models import Suggestion, Unwanted
from traff.heart.matching.offering import Fit, Offer, diverse, rank
from traff.heart.matching.relevance import relevance
from traff.heart.matching.similar import Related, similar
from traff.heart.matching.surroundings import Surroundings
from traff.heart.matching.ties import familiar, mentioned

HITS = 12  # of one bundle, for each of its pieces
FEW_LEFT = 3  # with fewer than this outside one's own place, those inside count too
MOST = 3
NEWEST = 40  # posts among which the newest from elsewhere is looked for
DAY = 86_400


@dataclass(frozen=True)
class Strangers:
    """What may be offered: the best, best first; the rest of what passed the gate; and the newest from elsewhere."""

    best: list[Offer] = field(default_factory=list)
    rest: list[Offer] = field(default_factory=list)
    newest: list[tuple[int, int]] = field(default_factory=list)  # (entry, author)


def strangers_for(person: Person, *, most: int = MOST, before: datetime | None = None) -> list[Offer]:
    """One to three offers, best first; none when nothing fits well enough. `before`: from what had been written on that day."""
    return found_for(person, most=most, before=before).best


def found_for(person: Person, *, most: int = MOST, before: datetime | None = None) -> Strangers:
    around, answered, distance = Surroundings.of(person), _offered_before(person), Leaning.of(person).step()
    fits = [fit for fit in _fits(person, before) if fit.entry_id not in answered]
    away = _away(person, around, {fit.author_id for fit in fits})
    fits = [fit for fit in fits if fit.author_id not in away]
    people = {fit.author_id for fit in fits}
    elsewhere = people - around.same_unit_or_place(people)
    if len(elsewhere) >= FEW_LEFT:
        fits = [fit for fit in fits if fit.author_id in elsewhere]
    people = {fit.author_id for fit in fits}
    offers = rank(
        fits,
        unexpected={other: distance.seen(u) for other, u in around.unexpectedness_of(people).items()},
        exposure=exposure_of(people),
        unwanted={word.lower() for word in Unwanted.objects.filter(person=person).values_list("word", flat=True)},
        relevance_power=distance.relevance_power,
    )
    best = diverse(offers, most=most)
    rest = [offer for offer in offers if offer not in best]
    return Strangers(best, rest, _newest(person, around, answered) if best else [])


def _away(person: Person, around: Surroundings, authors: Collection[int]) -> set[int]:
    """Those who are no strangers, or not to be offered."""
    known = familiar(person, authors) | mentioned(person) | around.same_unit(authors)
    return around.not_offered(authors, Moment.STRANGER) | known


def _fits(person: Person, before: datetime | None) -> list[Fit]:
    """What fits one's interests, each with its own reasons; nothing oneself took part in."""
    now = seconds(before or timezone.now())
    fits: list[Fit] = []
    for origin, bundle in enumerate(interests_of(person, before=before)):
        hits = _like(person, bundle, before)
        first = _first_authors(person, [hit.entry.pk for hit in hits])
        fits += [
            Fit(
                entry_id=hit.entry.pk,
                author_id=first[hit.entry.pk],
                relevance=relevance(hit),
                reasons=tuple(hit.reasons),
                age_days=(now - hit.entry.at) / DAY,
                unit_id=hit.entry.unit_id,
                origin=origin,
                features=hit.features,
                named=hit.named,
                lean=bundle.lean,
            )
            for hit in hits
            if hit.entry.pk in first and hit.entry.kind == "post"
        ]
    return fits


def _like(person: Person, bundle: Bundle, before: datetime | None) -> list[Related]:
    """Others' threads that one interest finds."""
    own = [entry.thread_id for entry in bundle.entries]
    title, text = bundle.in_letters
    return similar(
        person,
        text,
        title=title,
        limit=HITS * len(bundle.pieces),
        before=before,
        asked=bundle.asked,
        parts=bundle.parts,
        leaving=own,
    )


def _first_authors(person: Person, entries: Collection[int]) -> dict[int, int]:
    rows = Authored.objects.visible_to(person).filter(entry__in=list(entries)).order_by("order")
    first: dict[int, int] = {}
    for entry, author in rows.values_list("entry_id", "person_id"):
        first.setdefault(entry, author)
    return first


def _newest(person: Person, around: Surroundings, answered: set[int]) -> list[tuple[int, int]]:
    """The newest open posts by strangers elsewhere, whatever they are about: what the ranking is compared with."""
    posts = Entry.objects.visible_to(person).filter(kind="post", is_open=True, is_evidence=True).exclude(pk__in=answered)
    entries = list(posts.order_by("-at", "-pk").values_list("pk", flat=True)[:NEWEST])
    first = _first_authors(person, entries)
    away = _away(person, around, set(first.values())) | around.same_unit_or_place(set(first.values()))
    return [(entry, first[entry]) for entry in entries if entry in first and first[entry] not in away]


def _offered_before(person: Person) -> set[int]:
    """Entries that were offered and answered, or put off."""
    rows = Suggestion.objects.unrestricted("one's own, read or not").filter(receiver=person, moment=Moment.STRANGER)
    return set(rows.exclude(answer="", put_off_until=None).values_list("entry_id", flat=True))
