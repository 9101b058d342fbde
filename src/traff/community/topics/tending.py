"""Tending the vocabulary: anyone proposes a topic; administrators name it, give it other spellings, and merge two into one.

A proposal can be used at once and waits for nobody; administrators see which are new.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from traff.community.topics import sensitive
from traff.community.topics.models import Topic, topic_slug
from traff.ground.access.guard import GuardedQuerySet
from traff.ground.access.models import Audience
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Person
from traff.ground.activity.models import record
from traff.ground.audit.models import AuditRecord
from traff.ground.search import findable
from traff.ground.search.withholding import withhold_concept

MOST_ALIASES = 20


@transaction.atomic
def propose(*, by: Person, name: str, name_sv: str = "", aliases: Iterable[str] = ()) -> tuple[Topic, bool]:
    """The topic of this name, and whether it is new. One that is known already is given as it stands.

    Raises PermissionDenied for guests, ValidationError without a name.
    """
    name, name_sv = tidy(name) or tidy(name_sv), tidy(name_sv) if tidy(name) else ""
    if by.is_guest or not by.is_active:
        raise PermissionDenied(_("Only colleagues can propose topics."))
    if not name:
        raise ValidationError(_("Give it a name, in Swedish or in English."))
    known = Topic.objects.visible_to(by).shown()
    if standing := known.called(name) or (known.called(name_sv) if name_sv else None):
        return standing, False
    topic = Topic.objects.named(name, seen_in=Audience.objects.everyone())
    topic.name_sv, topic.aliases = name_sv, free(aliases, topic, by)  # not what a closed circle called it
    topic.is_sensitive = topic.is_sensitive or bool({topic_slug(said) for said in (name, name_sv)} & sensitive.NAMES)
    topic.proposed_by, topic.proposed_at = by, timezone.now()
    topic.save()
    findable.index("topic", topic)
    heard_by = Audience.objects.private_to(by) if topic.is_sensitive else Audience.objects.everyone()
    record(actor=by, verb="topic.proposed", kind="topic", subject=topic, audience=heard_by)
    return topic, True


@transaction.atomic
def rename(topic: Topic, *, by: Person, name: str, name_sv: str, aliases: Iterable[str]) -> None:
    """Names in both languages and other spellings; a proposal is settled by it. Its address stays."""
    _administer(topic, by)
    name, name_sv = tidy(name) or tidy(name_sv), tidy(name_sv) if tidy(name) else ""
    if not name:
        raise ValidationError(_("Give it a name, in Swedish or in English."))
    for said in filter(None, (name, name_sv)):
        if (other := Topic.objects.visible_to(by).shown().exclude(pk=topic.pk).called(said)) and other.pk != topic.pk:
            raise ValidationError(_("“%(name)s” names another topic. Merge the two instead.") % {"name": said})
    topic.name, topic.name_sv, topic.proposed_at = name, name_sv, None
    topic.aliases = free(aliases, topic, by)
    topic.save()
    findable.index("topic", topic)
    record(actor=by, verb="topic.named", kind="topic", subject=topic, audience=_heard_by(topic, by))


@transaction.atomic
def merge(topic: Topic, *, into: Topic, by: Person) -> None:
    """One of two: whatever hangs on the topic hangs on the other from now on, and its address and names lead there.

    Raises PermissionDenied but for administrators, ValidationError for two that cannot become one.
    """
    _administer(topic, by)
    if topic.pk == into.pk or topic.merged_into_id or into.merged_into_id:
        raise ValidationError(_("Choose another topic to merge it with."))
    if topic.is_open and not into.is_open:
        raise ValidationError(_("That topic is known in closed circles alone, and stays there."))
    if topic.is_sensitive and not into.is_sensitive:
        into.mark(is_sensitive=True, by=by)
    if into.is_sensitive:
        withhold_concept("topic", topic.pk)
    for relation in Topic._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            move(relation.field, topic, into)
    topic.merged_into, topic.proposed_at = into, None
    topic.save(update_fields=["merged_into", "proposed_at"])
    if topic.is_open or not into.is_open:  # a word of a closed circle is not told to others
        into.aliases = free([*into.aliases, topic.name, topic.name_sv, *topic.aliases], into, by)
        into.save(update_fields=["aliases"])
    findable.index("topic", topic)
    findable.index("topic", into)
    record(actor=by, verb="topic.merged", kind="topic", subject=into, audience=_heard_by(topic, by))
    said = {"topic": topic.slug, "into": into.slug}
    AuditRecord.write(actor_id=by.pk, verb="topic.merged", kind="topic", subject_id=into.pk, **said)


def move(field: "models.ForeignKey[Any]", old: Topic, new: Topic) -> None:
    """Rows of any room that point at one topic point at the other; a row that already does is kept, its double goes."""
    rows = everything_of(field.model)
    mine = rows.filter(**{field.attname: old.pk})
    for others in _unique_with(field):
        same = {name: OuterRef(name) for name in others}
        mine.filter(Exists(rows.filter(**{field.attname: new.pk}, **same))).delete()
    mine.update(**{field.attname: new.pk})


def everything_of(model: type[models.Model]) -> Any:
    rows = model._base_manager.all()
    return rows.unrestricted("moved from one topic to another") if isinstance(rows, GuardedQuerySet) else rows


def _unique_with(field: "models.ForeignKey[Any]") -> list[list[str]]:
    """What a row may have but once together with the topic."""
    options = field.model._meta
    sets = [list(names) for names in options.unique_together]
    sets += [list(rule.fields) for rule in options.constraints if isinstance(rule, models.UniqueConstraint)]
    return [[name for name in names if name != field.name] for names in sets if field.name in names]


def tidy(name: str) -> str:
    return " ".join(name.replace("_", " ").lstrip("# ").split())[:80]


def free(aliases: Iterable[str], topic: Topic, by: Person) -> list[str]:
    """Other spellings, in lower case, each once; none that is its own name or means another topic that one may know of."""
    said = dict.fromkeys(tidy(alias).lower() for alias in aliases)
    others = Topic.objects.visible_to(by).shown().exclude(pk=topic.pk)
    own = {"", topic.name.lower(), topic.name_sv.lower()}
    return [alias for alias in said if alias not in own and others.called(alias) is None][:MOST_ALIASES]


def _administer(topic: Topic, by: Person) -> None:
    if not may(by, Right.ADMINISTER, topic):
        raise PermissionDenied(_("Administrators tend the topics."))


def _heard_by(topic: Topic, by: Person) -> Audience:
    return Audience.objects.everyone() if topic.is_open else Audience.objects.private_to(by)
