"""A question nobody has answered for a day reaches the three who have written most about it. Quietly: on their home, no bell.

Found with the asker's eyes, so that nothing the asker may not read speaks for anybody; shown to those alone who may read the
question. The asker is told that it was shown, never to whom or to how many.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traff.community.people.availability import unavailable
from traff.ground.access.models import Audience
from traff.ground.access.reading import one_look
from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.ground.activity.models import record
from traff.ground.core.prepared import prepared
from traff.ground.search.models import Entry
from traff.heart.matching.quiet import QuietRequest, Said
from traff.heart.matching.reasons import spoken
from traff.heart.matching.reuse import LOOKED_AT, by_others, knowers_in, relevant
from traff.heart.matching.similar import similar
from traff.heart.matching.who import Knower
from traff.sharing.content.models import Kind, Post, Reply

SHOWN_TO = 3
CHOICES = 4  # colleagues offered when it is passed on
TOO_OLD = timedelta(days=7)  # a question that has waited longer was not missed yesterday
AT_ONCE = 50


def show_unanswered() -> None:
    """Every open question that has waited long enough, each once."""
    now = timezone.now()
    asked = Post.objects.unrestricted("unanswered for a day").asked().unanswered().filter(withdrawn_at=None)
    waiting = asked.filter(published_at__lt=now - settings.UNANSWERED_AFTER, published_at__gt=now - TOO_OLD)
    replied = Reply.objects.unrestricted("whether it is answered").filter(withdrawn_at=None).values("post")
    shown = QuietRequest.objects.unrestricted("each question once").filter(by=None).values("entry__subject_id")
    for pk in waiting.exclude(pk__in=replied).exclude(pk__in=shown).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        show_quietly(pk)


@one_look()
@transaction.atomic
def show_quietly(post_id: int) -> None:
    """To at most three, each within what they have to answer this week."""
    entry = (
        Entry.objects.unrestricted("to be shown to who knows").filter(kind="post", subject_id=post_id, is_evidence=True).first()
    )
    post = Post.objects.unrestricted("who asks").filter(pk=post_id, withdrawn_at=None).first()
    asker = post.people()[0] if post is not None and entry is not None else None
    if entry is None or post is None or asker is None or not asker.is_active or was_shown(post):
        return
    found = knowers_for(asker, entry)
    askable = set(may_be_asked(entry, by=asker, among=[knower.person.pk for knower in found]).values_list("pk", flat=True))
    chosen = [knower for knower in found if knower.person.pk in askable][:SHOWN_TO]
    rows = [QuietRequest(entry=entry, receiver=knower.person, reasons=knower.reasons) for knower in chosen]
    QuietRequest.objects.unrestricted("kept").bulk_create(rows, ignore_conflicts=True)


def knowers_for(person: Person, entry: Entry) -> list[Knower]:
    """Who has taken part in something relevant to a question, by what this person may read; best first."""
    hits = by_others(person, relevant(similar(person, entry=entry, limit=LOOKED_AT)))
    return knowers_in(person, entry.title, entry.text, hits, circle=entry.audience_id)


def may_be_asked(entry: Entry, *, by: Person, among: Iterable[int]) -> QuerySet[Person]:
    """Of these, who reads the question, wants to be asked, is there, and has not been asked enough this week."""
    ids = set(among)
    asked = QuietRequest.objects.unrestricted("who was asked").filter(receiver__in=ids)
    had_enough = asked.this_week().order_by().values("receiver").annotate(n=Count("pk")).filter(n__gte=QuietRequest.PER_WEEK)
    authors = list(entry.authored.unrestricted("who asks").values_list("person_id", flat=True))
    parted = {pk for author in Person.objects.filter(pk__in=[*authors, by.pk]) for pk in Block.between(author)}
    out = parted | set(authors) | {by.pk} | unavailable(ids)
    people = entry.audience.readers().filter(pk__in=ids - out, is_protected=False, is_guest=False)
    people = people.exclude(pk__in=Objection.objects.filter(moment=Moment.WHO).values("person_id"))
    return people.exclude(pk__in=asked.filter(entry=entry).values("receiver")).exclude(pk__in=had_enough.values("receiver"))


def waiting_for(person: Person) -> QuietRequest | None:
    """The oldest that still waits for this person's word. Whatever changed since is heeded here."""
    rows = list(_waiting(person, timezone.now() - QuietRequest.STANDS))
    if not rows:
        return None
    open_ids = {post.pk for post in still_open(person, [row.entry.subject_id for row in rows])}
    parted = set(Block.between(person))
    objects = Objection.objects.filter(person=person, moment=Moment.WHO).exists()
    for row in rows:
        row.reasons = spoken(row.reasons)
        authors = set(row.entry.authored.visible_to(person).values_list("person_id", flat=True))
        is_welcome = row.by_id not in parted if row.by_id else bool(row.reasons) and row.entry.is_evidence and not objects
        if row.entry.subject_id in open_ids and is_welcome and not authors & parted:
            return row
    return None


@prepared
def _waiting(person: Person, since: datetime) -> QuerySet[QuietRequest]:
    found = QuietRequest.objects.visible_to(person).waiting(since).select_related("entry", "by")
    oldest: QuerySet[QuietRequest] = found.order_by("made_at")[:12]
    return oldest


def still_open(person: Person, ids: Iterable[int]) -> QuerySet[Post]:
    """Of these questions, those the person may read and nobody has answered."""
    replied = Reply.objects.unrestricted("whether it is answered").filter(post__in=list(ids), withdrawn_at=None)
    asked = Post.objects.visible_to(person).filter(pk__in=list(ids), kind=Kind.QUESTION, question__accepted_reply=None)
    found: QuerySet[Post] = asked.exclude(pk__in=replied.values("post"))
    return found


def colleagues_for(request: QuietRequest) -> list[Knower]:
    """To whom its receiver may want to pass it on: found with the receiver's own eyes."""
    found = knowers_for(request.receiver, request.entry)
    ids = [knower.person.pk for knower in found]
    askable = set(may_be_asked(request.entry, by=request.receiver, among=ids).values_list("pk", flat=True))
    return [knower for knower in found if knower.person.pk in askable][:CHOICES]


@transaction.atomic
def pass_on(request: QuietRequest, *, to: Person) -> None:
    """To a colleague, who hears from whom it comes. Raises ValidationError when that colleague is not to be asked now."""
    by, entry = request.receiver, request.entry
    if not may_be_asked(entry, by=by, among=[to.pk]).exists():
        raise ValidationError(_("%(name)s cannot take it right now. Choose somebody else.") % {"name": to.name})
    QuietRequest.objects.create(entry=entry, receiver=to, by=by)
    request.passed_to = to
    request.say(Said.PASSED)
    post = Post.objects.visible_to(by).get(pk=entry.subject_id)
    heard_by = Audience.objects.private_to(to)
    record(actor=by, verb="question.passed", kind="post", subject=post, audience=heard_by)


def was_shown(post: Post) -> bool:
    """Whether colleagues have been shown a question; never who, or how many."""
    rows = QuietRequest.objects.unrestricted("that it was shown, to its asker").filter(entry__kind="post", by=None)
    return bool(rows.filter(entry__subject_id=post.pk).exists())
