"""What the bell is told of listening and of questions passed on: each in the private circle of the one it concerns."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.ground.accounts.models import Block, Person
from traff.ground.activity.models import Event
from traff.ground.activity.news import News, Sort
from traff.heart.matching.listening import Listening
from traff.heart.matching.models import Suggestion
from traff.heart.matching.quiet import QuietRequest
from traff.heart.matching.unanswered import still_open

HEARD = Sort("heard", gettext_lazy("Something you listen for has been written"))
PASSED = Sort("passed", gettext_lazy("Somebody passes a question on to you"), at_once=True)


def its_owner(event: Event) -> list[int]:
    """The one whose private circle it stands in."""
    return [event.audience.owner_id] if event.audience.owner_id else []


def heard(event: Event, person: Person) -> News | None:
    """What was heard for one's words; nothing once either is gone."""
    row = Listening.objects.of(person).filter(pk=event.subject_id).first()
    found = (
        row and Suggestion.objects.visible_to(person).filter(listening=row).select_related("entry").order_by("-made_at").first()
    )
    if not row or not found:
        return None
    text = _("Something about “%(words)s”, which you listen for: “%(title)s”")
    return News(
        text=text % {"words": row.words, "title": found.entry.heading},
        url=f"/posts/{found.entry.subject_id}/",
        thread=f"listening/{row.pk}",
        icon="ear",
        outside=_("Träff has heard something that you listen for."),
    )


def passed_on(event: Event, person: Person) -> News | None:
    """Who thinks that one may know; nothing once somebody has answered, or one of them parted from the other."""
    post = still_open(person, [event.subject_id]).first()
    by = event.actor
    if post is None or by is None or by.pk in Block.between(person):
        return None
    if not QuietRequest.objects.visible_to(person).filter(entry__subject_id=post.pk, by=by).waiting().exists():
        return None
    text = _("%(name)s thinks you may know the answer: “%(title)s”") % {"name": by.name, "title": str(post)}
    outside = _("%(name)s has passed a question on to you.") % {"name": by.name}
    return News(text=text, url=post.get_absolute_url(), thread=f"post/{post.pk}", icon="forward", outside=outside)
