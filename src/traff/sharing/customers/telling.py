"""What the bell and the mail say of this room's deeds, with the receiver's own eyes. An approach itself pushes nothing."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.ground.activity.news import News, Sort
from traff.sharing.content.models import Post
from traff.sharing.customers.models import Approach, Introduction, Tip

GIVEN = Sort("customers", gettext_lazy("Tips, talks and answers about a customer you are about to meet or have asked about"))
REQUESTS = Sort("introductions", gettext_lazy("Somebody asks you about a customer you know"), at_once=True)


def register() -> None:
    """Called once, when the house opens."""
    news.register("tip.given", hear=whom_a_tip_concerns, say=say_tip, sort=GIVEN)
    news.register("talk.offered", hear=whom_a_tip_concerns, say=say_offer, sort=GIVEN)
    news.register("introduction.asked", hear=whom_a_request_concerns, say=say_request, sort=REQUESTS)
    news.register("introduction.accepted", hear=whose_request_it_was, say=say_accepted, sort=GIVEN)
    news.register("introduction.due", hear=whose_request_it_was, say=ask_about_introduction, sort=GIVEN)
    news.register("approach.due", hear=whose_approach_it_is, say=ask_about_approach, sort=GIVEN)
    news.register_end("approach.taken_back")
    news.register("wall.asked", hear=whose_circle_it_is, say=say_walled)


def whom_a_tip_concerns(event: Event) -> Iterable[int]:
    tips = Tip.objects.unrestricted("whom it concerns").filter(pk=event.subject_id)
    return tips.values_list("approach__person", flat=True)


def whom_a_request_concerns(event: Event) -> Iterable[int]:
    asked = Introduction.objects.unrestricted("whom it concerns").filter(pk=event.subject_id)
    return asked.values_list("receiver", flat=True)


def whose_request_it_was(event: Event) -> Iterable[int]:
    asked = Introduction.objects.unrestricted("whom it concerns").filter(pk=event.subject_id)
    return asked.values_list("asker", flat=True)


def whose_approach_it_is(event: Event) -> Iterable[int]:
    approaches = Approach.objects.unrestricted("whom it concerns").filter(pk=event.subject_id)
    return approaches.values_list("person", flat=True)


def whose_circle_it_is(event: Event) -> Iterable[int]:
    """Told to one person alone: the event's audience is theirs."""
    return [event.audience.owner_id] if event.audience.owner_id else []


def say_tip(event: Event, person: Person) -> News | None:
    tip = Tip.objects.visible_to(person).filter(pk=event.subject_id).select_related("approach__customer", "by").first()
    if tip is None:
        return None
    said = _("{name} gave you a tip about {customer}").format(name=tip.by, customer=tip.approach.customer)
    return News(said, tip.approach.get_absolute_url(), f"approach/{tip.approach_id}", "lightbulb")


def say_offer(event: Event, person: Person) -> News | None:
    tip = Tip.objects.visible_to(person).filter(pk=event.subject_id).select_related("approach__customer", "by").first()
    if tip is None:
        return None
    said = _("{name} offers you a talk about {customer}").format(name=tip.by, customer=tip.approach.customer)
    approach = tip.approach  # where it stands when no talk could begin
    return News(
        said, tip.talk_path or approach.get_absolute_url(), tip.talk_thread or f"approach/{approach.pk}", "message-circle"
    )


def say_request(event: Event, person: Person) -> News | None:
    asked = _introduction(event, person)
    if asked is None or asked.declined_at or asked.accepted_at or asked.has_run_out:
        return None
    said = _("{name} asks you about {customer}").format(name=asked.asker, customer=asked.subject)
    outside = _("{name} asks you about a customer").format(name=asked.asker)  # that one knows them is one's own to tell
    return News(said, reverse("introductions"), f"introduction/{asked.pk}", "handshake", outside)


def say_accepted(event: Event, person: Person) -> News | None:
    asked = _introduction(event, person)
    if asked is None:
        return None
    said = _("{name} is glad to talk with you about {customer}").format(name=asked.receiver, customer=asked.subject)
    return News(said, asked.talk_path or reverse("introductions"), asked.talk_thread or f"introduction/{asked.pk}", "handshake")


def ask_about_introduction(event: Event, person: Person) -> News | None:
    asked = _introduction(event, person)
    if asked is None or asked.helped:
        return None
    said = _("Did it help to talk with {name} about {customer}?").format(name=asked.receiver, customer=asked.subject)
    return News(said, reverse("introductions"), f"introduction/{asked.pk}", "handshake")


def ask_about_approach(event: Event, person: Person) -> News | None:
    approach = Approach.objects.visible_to(person).filter(pk=event.subject_id, helped="").with_people().first()
    if approach is None:
        return None
    said = _("Did colleagues help you with {customer}?").format(customer=approach.customer)
    return News(said, approach.get_absolute_url(), f"approach/{approach.pk}", "handshake")


def say_walled(event: Event, person: Person) -> News | None:
    """Without the customer's name, which the post itself says."""
    post = Post.objects.visible_to(person).filter(pk=event.subject_id).first()
    if post is None:
        return None
    said = _("Your post “{title}” names a customer that is no longer known to everyone. Does it have to?").format(title=post)
    return News(said, post.get_absolute_url(), f"post/{post.pk}", "shield")


def _introduction(event: Event, person: Person) -> Introduction | None:
    found: Introduction | None = Introduction.objects.visible_to(person).filter(pk=event.subject_id).with_people().first()
    return found
