"""Whom an opening reaches: by three stated rules, newest first, and by nothing else.

It is in a group one joined; it is about a topic one follows; it fits a wish one stated. Nothing is inferred from what anybody
reads or writes, nothing is learned, nothing is tried out, and who was shown what is written down nowhere (docs/trust/ai-act.md).
What is marked sensitive reaches nobody by a group or a topic: it stands in its group.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from traff.ground.access.reading import joined_ids
from traff.ground.accounts.models import Block, Person
from traff.ground.core.prepared import prepared
from traff.sharing.openings.followed import Followed, Some, followed_by
from traff.sharing.openings.models import Opening, OpeningQuerySet, PutAway, Wish
from traff.sharing.openings.switch import is_shown_to
from traff.sharing.openings.wording import wish_in_words

MOST = 20  # that are looked at; a place shows fewer


@dataclass(frozen=True)
class Reached:
    """An opening, and why it is here: whole phrases, in the reader's language."""

    opening: Opening
    reasons: list[str]


def reaching(
    person: Person, *, most: int, since: datetime | None = None, on_home: bool = False, in_mail: bool = False
) -> list[Reached]:
    """The newest that reach the person. `on_home`: without what was put away; `in_mail`: by wishes only if they say so."""
    if not is_shown_to(person):
        return []
    followed, joined = followed_by(person), joined_ids(person).all
    wishes = [wish for wish in _wishes(person) if wish.in_mail or not in_mail]
    if not joined and not followed.topics and not wishes:
        return []
    chosen, told = followed.as_lists(), (since, on_home, in_mail, timezone.localdate())
    newest = list(_found(person, *chosen, *told, wishes) if wishes else _by_rules_alone(person, *chosen, *told))[:most]
    if followed.topics:
        prefetch_related_objects(newest, "topics")
    return [Reached(opening, list(_reasons(opening, joined, followed, wishes))) for opening in newest]


@prepared
def _wishes(person: Person) -> QuerySet[Wish]:
    found: QuerySet[Wish] = Wish.objects.visible_to(person).select_related("place", "topic")
    return found


def _found(
    person: Person, topics: Some, without_groups: Some, without_topics: Some, without_people: Some,
    since: datetime | None, on_home: bool, in_mail: bool, today: date, wishes: Sequence[Wish] = (),
) -> QuerySet[Opening]:  # fmt: skip
    """What reaches the person: standing, of others, neither muted nor by somebody parted from them; and a rule brings it."""
    found: OpeningQuerySet = Opening.objects.visible_to(person).standing(today).exclude(owner=person)
    found = found.exclude(Exists(Block.objects.parting(person, OuterRef("owner"))))
    if without_people:
        found = found.exclude(owner__any=without_people)
    if without_groups:
        found = found.exclude(group__any=without_groups)
    if without_topics:
        found = found.exclude(_about(without_topics))
    if since:
        found = found.filter(published_at__gte=since)
    if in_mail:
        found = found.filter(is_open=True)  # nothing closed leaves by mail
    if on_home:
        found = found.exclude(Exists(PutAway.objects.visible_to(person).filter(opening=OuterRef("pk"))))
    fits = {f"wish_{wish.pk}": ExpressionWrapper(wish.fits(), output_field=BooleanField()) for wish in wishes}
    rules = _by_rule(joined_ids(person).all, topics, wishes)
    return found.filter(rules).annotate(**fits).newest_first().with_beside()[:MOST]


_by_rules_alone = prepared(_found)  # without wishes, as most people are


def _by_rule(joined: Sequence[int], topics: Some, wishes: Iterable[Wish]) -> Q:
    rules = Q(group__audience__any=joined, group__is_sensitive=False)
    if topics:
        rules |= _about(topics)
    for wish in wishes:
        rules |= Q(wish.fits())
    return rules


def _about(topics: list[int]) -> Q:
    tagged = Opening.topics.through.objects.filter(opening=OuterRef("pk"), topic__any=topics, topic__is_sensitive=False)
    return Q(Exists(tagged))


def _reasons(opening: Opening, joined: Sequence[int], followed: Followed, wishes: Iterable[Wish]) -> Iterable[str]:
    if opening.group and opening.group.audience_id in joined and not opening.group.is_sensitive:
        yield _("in your group %(group)s") % {"group": opening.group.name}
    for topic in opening.topics.all() if followed.topics else ():
        if topic.pk in followed.topics and not topic.is_sensitive:
            yield _("you follow %(topic)s") % {"topic": topic}
    for wish in wishes:
        if getattr(opening, f"wish_{wish.pk}"):
            yield _("you wished for %(wish)s") % {"wish": wish_in_words(wish)}
