"""What Träff offers one person unasked: earlier work for one's own open questions (M1), strangers' posts (M3).

Looked for when one comes back after a while and when something new is published; kept as Suggestions, which are read
through their entries, so that what is withdrawn or closed is gone at once.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from traff.ground.access.reading import one_look
from traff.ground.accounts.models import Moment, Person
from traff.ground.core.prepared import first, prepared
from traff.ground.search.asking import plainly
from traff.ground.search.marking import best_sentence
from traff.ground.search.models import Entry
from traff.heart.matching.drafts import found_for_drafts
from traff.heart.matching.exploring import Arm, Slot, drawn
from traff.heart.matching.exposure import Exposure, ignored
from traff.heart.matching.listening import Listening
from traff.heart.matching.meetings import Found, Meeting, meetings
from traff.heart.matching.models import Looked, Suggestion
from traff.heart.matching.reasons import spoken
from traff.heart.matching.reuse import lead_of, listening, work_like
from traff.heart.matching.similar import FULL, Effort
from traff.heart.matching.strangers import found_for
from traff.heart.matching.surroundings import Surroundings
from traff.heart.matching.ties import familiar

STALE = timedelta(hours=6)
SOON = timedelta(days=2)  # nothing has been ignored on three days before
SHOWN = 3  # cards on home
FOR_QUESTIONS = 1  # of them for one's own questions; the rest are strangers
KEPT = 12  # standing suggestions of a moment


def suggest_for(person: Person) -> list[Meeting]:
    """Look now, keep what was found, and give what to show."""
    look_for(person)
    return standing_for(person)


@one_look()
@transaction.atomic
def look_for(person: Person) -> None:
    """Find and keep; what was answered stays answered. Nothing is offered to guests and those who have left."""
    if person.is_active and not person.is_guest:
        with translation.override(person.language or translation.get_language()):  # reasons are kept in words
            for about in listening(person):
                keep_earlier(person, about)
            for row, found in found_for_drafts(person):
                keep_for_draft(row, found)
            keep_strangers(person, slots_for(person))
    Looked.objects.update_or_create(person=person, defaults={"at": timezone.now()})


def is_due(person: Person) -> bool:
    """Whether it is time to look again."""
    return first(_looked(person, timezone.now() - STALE)) is None


@prepared
def _looked(person: Person, since: datetime) -> QuerySet[Looked]:
    return Looked.objects.filter(person=person, at__gt=since)


def keep_earlier(person: Person, about: Entry, *, effort: Effort = FULL) -> None:
    """The best earlier work for one's own question that one has not answered for; what stood before makes room for it."""
    mine = Suggestion.objects.unrestricted("one's own").filter(receiver=person, moment=Moment.REUSE)
    done = set(mine.exclude(answer="", put_off_until=None).values_list("entry__subject_id", flat=True))
    best = work_like(person, about, most=len(done) + FOR_QUESTIONS, effort=effort, is_unasked=True)
    found = [row for row in best if row.post_id not in done][:FOR_QUESTIONS]
    stood = mine.filter(about=about, answer="", put_off_until=None)
    stood.exclude(entry__subject_id__in=[row.post_id for row in found]).delete()
    for row in found:
        keep_reuse(person, about, row)


def keep_reuse(person: Person, about: Entry, found: Found) -> None:
    entry = Entry.objects.visible_to(person).filter(kind="post", subject_id=found.post_id).first()
    if entry is not None:
        keep(person, Moment.REUSE, entry, found.author_id, found.score, found.reasons, about, features=found.features)


def keep_for_draft(row: Listening, found: list[Found]) -> None:
    """The best for a kept draft that its author has not answered for; what stood before makes room for it."""
    mine = Suggestion.objects.unrestricted("one's own").filter(receiver=row.person, moment=Moment.REUSE)
    done = set(mine.exclude(answer="", put_off_until=None).values_list("entry__subject_id", flat=True))
    best = [piece for piece in found if piece.post_id not in done][:FOR_QUESTIONS]
    stood = mine.filter(listening=row, answer="", put_off_until=None)
    stood.exclude(entry__subject_id__in=[piece.post_id for piece in best]).delete()
    for piece in best:
        entry = Entry.objects.visible_to(row.person).filter(kind="post", subject_id=piece.post_id).first()
        if entry is not None:
            keep_heard(row, entry, piece)


def keep_heard(row: Listening, entry: Entry, found: Found) -> bool:
    """Offer what was heard; what is offered already, or was answered for, stays as it is. Whether it is new."""
    values = {"person_id": found.author_id, "score": found.score, "reasons": found.reasons, "listening": row}
    values["rel_score"], values["rel_coverage"] = found.features or (None, None)
    rows = Suggestion.objects.unrestricted("one's own, to be kept")
    return bool(rows.get_or_create(receiver=row.person, moment=Moment.REUSE, entry=entry, defaults=values)[1])


def slots_for(person: Person) -> list[Slot]:
    """What strangers' places show from now on: mostly the best, sometimes another, sometimes the plain newest."""
    found = found_for(person)
    share = {"holdout": settings.TRAFF_HOLDOUT, "explore": settings.TRAFF_EXPLORATION}
    return drawn(found.best, found.rest, found.newest, **share, chance=_lot_of(person))


def _lot_of(person: Person) -> Random:
    """One lot a day until one has answered: whoever turns the dial moves what fits, and shakes out no slot that is held out."""
    mine = Suggestion.objects.unrestricted("one's own").filter(receiver=person, moment=Moment.STRANGER)
    said = mine.exclude(answer="", put_off_until=None).count()
    drawn_from = salted_hmac("traff.slots", f"{person.pk} {timezone.localdate()} {said}").hexdigest()
    return Random(drawn_from)  # noqa: S311 (a lot, and no secret)


def keep_strangers(person: Person, slots: Iterable[Slot]) -> None:
    """What stood before and was not shown makes room for the new."""
    rows = list(slots)
    everything = Suggestion.objects.unrestricted("making room").filter(receiver=person, moment=Moment.STRANGER)
    everything.filter(answer="", put_off_until=None).exclude(entry__in=[slot.entry_id for slot in rows]).delete()
    entries = Entry.objects.visible_to(person).in_bulk([slot.entry_id for slot in rows])
    for slot in rows:
        if entry := entries.get(slot.entry_id):
            said = (slot.author_id, slot.score, slot.reasons)
            keep(person, Moment.STRANGER, entry, *said, None, arm=slot.arm, propensity=slot.propensity, features=slot.features)


def keep(
    person: Person,
    moment: str,
    entry: Entry,
    author: int,
    score: float,
    reasons: list[str],
    about: Entry | None,
    *,
    arm: str = Arm.RANKED,
    propensity: float = 1.0,
    features: tuple[float, float] | None = None,
) -> None:
    values = {"person_id": author, "score": score, "reasons": reasons, "about": about, "arm": arm, "propensity": propensity}
    values["rel_score"], values["rel_coverage"] = features or (None, None)
    rows = Suggestion.objects.unrestricted("one's own, to be kept")
    rows.update_or_create(receiver=person, moment=moment, entry=entry, defaults=values)


def standing_for(person: Person) -> list[Meeting]:
    """What stands, best first: one for one's questions, the others strangers; marked as shown. No author twice."""
    chosen = chosen_for(person)
    mark_as_shown(person, chosen)
    return meetings([found_of(person, row) for row in chosen], person)


def chosen_for(person: Person) -> list[Suggestion]:
    """Which of what stands home shows."""
    rows = rested(person, standing(person))
    for_mine = [row for row in rows if row.moment == Moment.REUSE]
    mine = sorted(for_mine, key=_is_unasked)[:FOR_QUESTIONS]
    theirs = {row.person_id for row in mine}
    return [*mine, *(row for row in rows if row.moment == Moment.STRANGER and row.person_id not in theirs)][:SHOWN]


def mark_as_shown(person: Person, chosen: list[Suggestion]) -> None:
    """Once a day, with the place in which each stood; the second look of a day writes nothing."""
    fresh = [row.pk for row in chosen if not row.is_shown_today()]
    if fresh and not person.is_impersonated:
        Exposure.log(person, chosen)
        Suggestion.objects.unrestricted("marked as shown").filter(pk__in=fresh).update(shown_at=timezone.now())


def rested(person: Person, rows: list[Suggestion]) -> list[Suggestion]:
    """Attention is scarce: what was shown on three days and not answered is shown every other day."""
    old = [row.entry_id for row in rows if row.shown_at and row.made_at < timezone.now() - SOON]
    tired = ignored(person, old) if old else set()
    return [row for row in rows if row.entry_id not in tired or timezone.localdate().toordinal() % 2]


def standing(person: Person) -> list[Suggestion]:
    """What may be shown now, best first. Whatever changed since it was found is heeded here: no clean-up is waited for."""
    rows = list(_kept(person, timezone.now()))
    if not rows:
        return []
    around, by_moment = Surroundings(person), defaultdict(set)
    for row in rows:
        by_moment[Moment(row.moment)].add(row.person_id)
    away = {moment: around.not_offered(authors, moment) for moment, authors in by_moment.items()}
    if strangers := by_moment[Moment.STRANGER]:
        away[Moment.STRANGER] |= familiar(person, strangers)
    asking = {entry.pk for entry in listening(person)} if any(row.about_id for row in rows) else set()
    rows = [row for row in rows if row.person_id not in away[Moment(row.moment)]]
    for row in rows:
        row.reasons = spoken(row.reasons)  # what is kept was said before; in the wrong words it is not shown
    rows = [row for row in rows if row.reasons or row.arm == Arm.HELD_OUT]
    if person.is_impersonated:  # what one listens for, and one's drafts, are one's own
        rows = [row for row in rows if row.listening_id is None]
    return [row for row in rows if row.moment == Moment.STRANGER or row.about_id in asking or _is_heard_for(row.listening)]


@prepared
def _kept(person: Person, now: datetime) -> QuerySet[Suggestion]:
    kept = Suggestion.objects.visible_to(person).standing(now).filter(entry__is_evidence=True)
    best: QuerySet[Suggestion] = kept.select_related("entry", "about", "listening__draft").order_by("-score", "pk")[: 2 * KEPT]
    return best


def _is_unasked(row: Suggestion) -> bool:
    """What somebody asked to be told of comes first."""
    return row.listening is None or not row.listening.words


def _is_heard_for(row: Listening | None) -> bool:
    return row is not None and row.is_listening


def forget(post_id: int) -> None:
    """A post says something else now: what was offered of it, or for it, and not answered is no longer offered."""
    said = Q(entry__kind="post", entry__subject_id=post_id) | Q(about__kind="post", about__subject_id=post_id)
    rows = Suggestion.objects.unrestricted("its words have changed").filter(said, answer="", put_off_until=None)
    Looked.objects.filter(person__in=rows.values("receiver")).delete()
    rows.delete()


def found_of(person: Person, row: Suggestion) -> Found:
    """The sentence is looked up when it is shown: it may have been edited since."""
    sentence = best_sentence(row.entry.text, plainly(row.reasons))
    lead = lead_of(row.about) if row.about else lead_for(row.listening) if row.listening else _("because you both write about")
    if row.arm == Arm.HELD_OUT:
        lead = _("the newest from elsewhere, chosen without a look at what you write")
    return Found(
        row.entry.subject_id, row.person_id, row.reasons, sentence, row.score, lead, row.pk, row.moment == Moment.STRANGER
    )


def lead_for(row: Listening) -> str:
    """What a card says before its reasons when words or a draft of one's own heard it."""
    if row.words:
        return _("because you listen for “%(words)s”, and it is about") % {"words": row.words}
    title = str(row.draft.fields.get("title") or "").strip() if row.draft else ""
    if title:
        return _("for your draft “%(title)s”, because both are about") % {"title": title}
    return _("for a draft of yours, because both are about")
