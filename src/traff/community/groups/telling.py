"""Whom a deed with groups concerns: who is invited, and those who look after a group when somebody joins it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.community.groups.models import Group, Invitation
from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.ground.activity.news import News, Sort

INVITATIONS = Sort("invitations", gettext_lazy("Somebody invites you to a group"), at_once=True)
JOINERS = Sort("joiners", gettext_lazy("Somebody joins a group you look after"))


def register() -> None:
    """Called once, when the house opens."""
    news.register("group.invited", hear=who_is_invited, say=say_invited, sort=INVITATIONS)
    news.register("group.joined", hear=who_looks_after_it, say=say_joined, sort=JOINERS)


def who_is_invited(event: Event) -> Iterator[int]:
    """Its audience is the invited person alone."""
    if event.audience.owner_id:
        yield event.audience.owner_id


def who_looks_after_it(event: Event) -> Iterator[int]:
    """Of a sensitive group nobody is told who is in it, and of a protected person nothing."""
    group = Group.objects.unrestricted("whom it concerns").filter(pk=event.subject_id).first()
    if group and event.actor and not (group.is_sensitive or event.actor.is_protected):
        yield from group.stewards().values_list("pk", flat=True)


def say_invited(event: Event, person: Person) -> News | None:
    """While the invitation stands unanswered."""
    group = _seen(event, person)
    if group is None or not Invitation.objects.open_for(person).filter(group=group).exists():
        return None
    by = event.actor.name if event.actor else _("Somebody")
    text = _("%(name)s invites you to the group “%(group)s”") % {"name": by, "group": group.name}
    named = group.shown_open and not group.is_sensitive
    outside = text if named else _("%(name)s invites you to a group") % {"name": by}
    return News(text, group.get_absolute_url(), f"invitation/{group.pk}", "mail-plus", outside)


def say_joined(event: Event, person: Person) -> News | None:
    """While they are in it, to who looks after it."""
    group = _seen(event, person)
    if group is None or event.actor is None or group.is_sensitive or event.actor.is_protected:
        return None
    if not group.membership_of(event.actor) or not group.stewards().filter(pk=person.pk).exists():
        return None
    text = _("%(name)s joined your group “%(group)s”") % {"name": event.actor.name, "group": group.name}
    return News(text, group.get_absolute_url(), f"joined/{group.pk}", "user-round-plus")


def _seen(event: Event, person: Person) -> Group | None:
    found: Group | None = Group.objects.visible_to(person).filter(pk=event.subject_id).first()
    return found
