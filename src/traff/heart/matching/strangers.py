"""M3, strangers: posts by people one does not follow, has never met in a thread, and who sit elsewhere.

What one has written is what one is interested in: each piece asks for itself, so that a person with several interests is
not averaged into somebody with none (matching.md: "interest centroids"). Topics of the profile ask too, so a newcomer who has
written nothing is not left out.
"""

from datetime import datetime

from django.utils import timezone

from traff.community.people.models import Profile
from traff.ground.accounts.models import Moment, Person
from traff.ground.core.time import seconds
from traff.ground.search.models import Authored, Entry
from traff.heart.matching.models import Suggestion, Unwanted
from traff.heart.matching.offering import Fit, Offer, diverse, exposure_of, rank
from traff.heart.matching.relevance import relevance
from traff.heart.matching.similar import Related, similar
from traff.heart.matching.surroundings import Surroundings
from traff.heart.matching.ties import met

PIECES = 12  # of one's own latest writing
TELLING = 30  # terms from which a piece says what one is interested in; a greeting or a thank-you does not
FEW_LEFT = 3  # with fewer than this outside one's own unit and place, those inside count too
MOST = 3
DAY = 86_400


def strangers_for(person: Person, *, most: int = MOST, before: datetime | None = None) -> list[Offer]:
    """One to three offers, best first; none when nothing fits well enough. `before`: from what had been written on that day."""
    fits = _fits(person, before)
    authors = {fit.author_id for fit in fits}
    around = Surroundings.of(person)
    away = around.not_offered(authors, Moment.STRANGER) | set(around.near_ids) | met(person, authors)
    answered = _offered_before(person)
    fits = [fit for fit in fits if fit.author_id not in away and fit.entry_id not in answered]
    elsewhere = {fit.author_id for fit in fits} - around.same_unit_or_place({fit.author_id for fit in fits})
    if len(elsewhere) >= FEW_LEFT:
        fits = [fit for fit in fits if fit.author_id in elsewhere]
    people = {fit.author_id for fit in fits}
    unwanted = {word.lower() for word in Unwanted.objects.filter(person=person).values_list("word", flat=True)}
    offers = rank(fits, unexpected=around.unexpectedness_of(people), exposure=exposure_of(people), unwanted=unwanted)
    return diverse(offers, most=most)


def _fits(person: Person, before: datetime | None) -> list[Fit]:
    """What fits one's own pieces of writing, each with its own reasons; nothing oneself took part in."""
    now = seconds(before or timezone.now())
    fits: list[Fit] = []
    for hits, origin in _asked(person, before):
        roots = [hit.entry for hit in hits]
        authors = Authored.objects.visible_to(person).filter(entry__in=[root.pk for root in roots]).order_by("order")
        first: dict[int, int] = {}
        for entry, author in authors.values_list("entry_id", "person_id"):
            first.setdefault(entry, author)
        fits += [
            Fit(
                entry_id=hit.entry.pk,
                author_id=first[hit.entry.pk],
                relevance=relevance(hit),
                reasons=tuple(hit.reasons),
                age_days=(now - hit.entry.at) / DAY,
                unit_id=hit.entry.unit_id,
                from_entry_id=origin,
            )
            for hit in hits
            if hit.entry.pk in first and hit.entry.kind == "post"
        ]
    return fits


def latest_pieces(person: Person, before: datetime | None = None) -> list[Entry]:
    """One's own latest writing that is long enough to tell what one is interested in."""
    own = Authored.objects.visible_to(person).filter(person=person, entry__length__gte=TELLING).order_by("-at", "-entry_id")
    if before:
        own = own.filter(at__lt=seconds(before))
    latest = list(own.values_list("entry_id", flat=True)[:PIECES])
    return list(Entry.objects.visible_to(person).filter(pk__in=latest, is_evidence=True))


def _asked(person: Person, before: datetime | None) -> list[tuple[list[Related], int | None]]:
    """Each own piece of writing as a question; without any, what the profile says."""
    asked: list[tuple[list[Related], int | None]] = [
        (similar(person, entry=piece, limit=12, before=before), piece.pk) for piece in latest_pieces(person, before)
    ]
    profile = Profile.objects.filter(person=person).first()
    if profile is not None:
        topics = profile.topics.filter(is_sensitive=False)
        words = ", ".join(f"{topic.name} {topic.name_sv}" for topic in topics)
        if words or profile.about:
            asked.append((similar(person, profile.about, title=words, limit=12, before=before), None))
    return asked


def _offered_before(person: Person) -> set[int]:
    """Entries that were offered and answered, or put off."""
    rows = Suggestion.objects.unrestricted("one's own, read or not").filter(receiver=person, moment=Moment.STRANGER)
    return set(rows.exclude(answer="", put_off_until=None).values_list("entry_id", flat=True))
