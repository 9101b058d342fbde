"""What the stories of the heart are told with: a few texts, and the verbs that bring them into the world."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.ground.organisation.models import Place, Seat, Unit
from traff.ground.search import findable
from traff.heart.matching import tasks
from traff.heart.matching.models import Suggestion
from traff.sharing.content.models import Post, Question, Reply

QUESTION = "The valves at the pumping station freeze every winter. Has anybody kept valves warm with a loop of glycol?"
GLYCOL = "The valves froze each winter until a loop of glycol kept them warm. We drew the loop ourselves."
ICE = (
    "I measure the thickness of lake ice with an accelerometer. A blow of the hammer sends a bending wave through the ice, "
    "and its frequency tells the thickness. The spike, the rope and the thermos lie in the bag while I count how the ice rings "
    "far out on the lake."
)
ICE_TOO = (
    "On Sunday I listened to the lake. An accelerometer frozen into the ice hears the bending wave of a hammer blow, and "
    "from its frequency comes the thickness. Spike and rope as always, and who wants to hear how the ice rings may have coffee "
    "from my thermos."
)
BREAD = (
    "The sourdough stood over night beside the oven. Rye and barley flour, a spoon of syrup, and the loaf rose until morning. "
    "Whoever wants a jar of the starter fetches it in the canteen before Friday."
)
PUMPS = (
    "The quarterly report on pumps is late again. Three invoices lack a signature, the printer in the corridor is broken, and "
    "the meeting on Thursday moves to another room because of the painters."
)

EVERYDAY = {
    "Sourdough": BREAD,
    "Report": PUMPS,
    "Bicycles": "The bicycle room gets new racks, so unmarked bicycles move to the yard until the autumn.",
    "Lift": "The lift in the eastern stairwell is inspected; take the stairs and mind the wet paint.",
    "Choir": "The choir sings in the entrance hall at noon, sopranos wanted, no audition.",
    "Parking": "Parking spaces by the gate are kept for visitors; ask reception for a badge.",
    "Microwave": "Somebody left a spoon in the microwave oven again, and the kitchen smells of metal.",
    "Plants": "The plants on the fourth floor need a foster parent during July.",
}


def everyday(by: Person) -> None:
    """What else is written in a house, so that rare words are rare."""
    for title, text in EVERYDAY.items():
        article(by, title, text)


def case(by: Person, title: str = "A glycol loop for frozen valves", text: str = GLYCOL, **more: Any) -> Post:
    return Post.publish(by=by, kind="case", title=title, body=f"<p>{text}</p>", case={"reuse": "<p>The drawing.</p>"}, **more)


def article(by: Person, title: str, text: str, **more: Any) -> Post:
    return Post.publish(by=by, kind="article", title=title, body=f"<p>{text}</p>", **more)


def question(by: Person, title: str = "Frozen valves", text: str = QUESTION, **more: Any) -> Post:
    return Post.publish(by=by, kind="question", title=title, body=f"<p>{text}</p>", **more)


def solved(asked: Post, *, by: Person, answer: str = "Wrap them in heating cable.") -> Reply:
    reply = Reply.write(by=by, post=asked, body=f"<p>{answer}</p>")
    Question.objects.unrestricted("test").get(post=asked).accept(reply, by=asked.people()[0])
    return reply


def aged(post: Post, days: int) -> Post:
    """As if it had been written so long ago."""
    post.published_at = timezone.now() - timedelta(days=days)
    post.save(update_fields=["published_at"])
    findable.index("post", Post.objects.unrestricted("test").select_related("group").get(pk=post.pk))
    return post


def heard(post: Post, verb: str = "post.published") -> None:
    """The heart hears of it, as the worker lets it."""
    event = Event.objects.unrestricted("test").filter(verb=verb, subject_kind="post", subject_id=post.pk).latest("pk")
    {"post.published": tasks.post_published, "post.edited": tasks.post_edited}[verb](event_id=event.pk)


def answered(reply: Reply) -> None:
    event = Event.objects.unrestricted("test").get(verb="reply.written", subject_id=reply.pk)
    tasks.reply_written(event_id=event.pk)


def colleague(handle: str, *, unit: Unit | None = None, place: Place | None = None, **more: Any) -> Person:
    who = Person.objects.create(handle=handle, name=handle.title(), email=f"{handle}@example.org", **more)
    Seat.give(who, unit=unit, place=place)
    return who


def circle(by: Person, *members: Person, is_open: bool = False, **more: Any) -> Group:
    group = Group.start(by=by, name=f"Circle of {by.name}", is_open=is_open, **more)
    for member in members:
        group.audience.add(member)
    return group


def offered(receiver: Person, moment: str = "") -> list[tuple[str, str]]:
    """(moment, what) of everything kept for somebody, answered or not."""
    rows = Suggestion.objects.unrestricted("test").filter(receiver=receiver).select_related("entry").order_by("pk")
    return [(row.moment, row.entry.title) for row in rows if row.moment == (moment or row.moment)]
