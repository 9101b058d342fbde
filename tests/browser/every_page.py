"""Every page that a person can open: the URLconf's addresses, filled with what stands in the demo, and the states beside them."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests.test_canary import addresses
from traff.attention.notifications.models import StopLink
from traff.community.groups.models import Group
from traff.ground.accounts.models import Person, SigninLink
from traff.ground.search.models import Entry
from traff.heart.matching.models import Looked
from traff.heart.matching.quiet import QuietRequest
from traff.heart.matching.suggest import suggest_for
from traff.sharing.content.models import Draft, Post, Reply
from traff.sharing.content.models.post import Kind
from traff.sharing.conversations.models import Conversation, Meeting, Message
from traff.sharing.customers.models import Acquaintance, Approach, Customer, Project
from traff.sharing.openings.models import Ask, Opening
from traff.sharing.openings.tasks import tell_of_asks

PASSWORD = "det regnar i Göteborg"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FOR_EACH = (
    "posts/<int:pk>/",
    "customers/<int:customer_id>/",
    "approaches/<int:approach_id>/",
    "openings/<int:opening_id>/",
    "groups/<str:slug>/",
    "groups/<str:slug>/members/",
)  # one of each sort; elsewhere one is enough
WITHOUT_SESSION = (
    "accounts/login/",
    "accounts/password/reset/",
    "accounts/inactive/",
    "demo/",
    "offline/",
    "signin/",
    "mail/stop/",
)
ANSWERS_NOBODY = (
    "accounts/signup",
    "openings/handed-over",  # the administrators'; looked at in test_greener_grass.py
    "accounts/email",
    "accounts/confirm-email",
    "accounts/login/code",
    "files/<int:pk>",
    "meetings/<int:pk>",
    "conversations/<int:pk>/later",
    "customers/<int:customer_id>/wall",  # administrators alone
    "people/<slug:handle>/photo",
    "accounts/2fa/totp/deactivate",
    "accounts/2fa/recovery-codes",
)
BESIDE: list[tuple[str | None, str]] = [  # who, and a state of a page: tabs, found and not found, refused, nothing yet
    *(("sofia", f"/?tab={tab}") for tab in ("groups", "following", "everyone")),
    *(
        ("sofia", f"/search/?q={words}")
        for words in ("korrosion", "vibration+bearing", "qvzxw", "sofia", "korrosion&kind=article")
    ),
    *(("sofia", address) for address in ("/people/?q=qvzxw", "/people/?letter=s", "/groups/?q=qvzxw", "/topics/?q=qvzxw")),
    *(("sofia", address) for address in ("/questions/?state=answered", "/nothing/", "/language/", "/?q=%00")),
    *(("sofia", address) for address in ("/search/knowers/?q=korrosion", "/search/knowers/?q=qvzxw")),
    *(("sofia", f"/write/?kind={kind}") for kind in ("question", "case", "idea", "article")),
    *(("sofia", f"/ideas/?stage={stage}") for stage in ("taken", "result")),
    *(
        ("newcomer", address)
        for address in ("/", "/?tab=groups", "/groups/", "/me/", "/me/drafts/", "/people/newcomer/", "/traffar/", "/listening/")
    ),
    *((handle, "/bell/") for handle in ("ulla", "newcomer")),
    *(("camilla", address) for address in ("/", "/groups/", "/people/", "/write/", "/me/")),
    *(("bjorn", f"/accounts/2fa/{page}") for page in ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/")),
    *(("sofia", address) for address in ("/conversations/new/?to=astrid&to=mikko&q=an", "/conversations/new/?q=qvzxw")),
    ("newcomer", "/conversations/"),
    *(("sofia", address) for address in ("/openings/?tab=reaching", "/openings/?extent=mentor", "/openings/?place=99999")),
    *(("newcomer", address) for address in ("/openings/?tab=reaching", "/openings/mine/")),
    *((None, address) for address in ("/demo/?q=qvzxw", "/nothing/", "/accounts/password/reset/key/1-set-password/")),
]


def furnish() -> None:
    """The demo, with a newcomer who has done nothing yet, and Björn who signs in in two steps and looks after a group."""
    call_command("loaddemo", verbosity=0)
    Person.objects.create(handle="newcomer", name="Nils Newcomer", email="newcomer@nordanvind.example")
    bjorn, sofia = Person.objects.get(handle="bjorn"), Person.objects.get(handle="sofia")
    for person in (sofia, bjorn):
        person.set_password(PASSWORD)
        person.save()
    TOTP.activate(bjorn, generate_totp_secret())
    RecoveryCodes.activate(bjorn)
    Group.start(by=sofia, name="Elektroniktillverkningsmöjligheter", purpose="Åååh, så många långa ord det finns.", is_open=True)
    Group.start(by=sofia, name="Sofias slutna", purpose="För oss få.", is_open=False)
    Post.publish(by=sofia, kind="idea", title="Ett mycket långt ord i en idé: underhållsplaneringssamordningsmöjligheter")
    post = Post.objects.visible_to(sofia).of(sofia).exclude(kind="case").exclude(title="").with_people()[0]
    post.edit(by=sofia, title=f"{post.title}, igen", body=f"{post.body}<p>Ett stycke till.</p>")
    Looked.objects.bulk_create([Looked(person=person, at=timezone.now()) for person in Person.objects.exclude(handle="newcomer")])
    suggest_for(sofia)


def pages(person: Person) -> Iterator[tuple[str | None, str]]:
    """(who, address) of every address that answers a reader with a page; the living page of the look has a test of its own.

    Raises LookupError where nothing fits an address's parameters.
    """
    client, stranger = Client(), Client()
    client.force_login(person, backend=BACKEND)
    for route, names in addresses(get_resolver().url_patterns):
        if "(?" in route or route.startswith(ANSWERS_NOBODY) or "logout" in route or route == "design/":
            continue
        who, by = (None, stranger) if route.startswith(WITHOUT_SESSION) else (person.handle, client)
        answers = [(path, by.get(path)) for path in filled(route, names, person)]
        if all(answer.status_code == 404 for _path, answer in answers):
            raise LookupError(f"nothing to show at {route}: give it parameters here")
        found = [path for path, answer in answers if answer.status_code == 200 and b"<h1" in answer.content]
        yield from ((who, path) for path in (found if route in FOR_EACH else found[:1]))
    yield from ((person.handle, path) for path in ("/accounts/logout/", "/accounts/reauthenticate/"))


def filled(route: str, names: list[str], person: Person) -> list[str]:
    paths = [f"/{route}"]
    for name in names:
        paths = [
            re.sub(rf"<(\w+:)?{name}>", str(value), path, count=1) for path in paths for value in VALUES[name](route, person)
        ]
    return paths


def _numbers(route: str, person: Person) -> list[int]:
    """Posts to read, one of each kind; to change, the person's own."""
    if route.startswith("asked/"):
        return [_asked(person)]
    if route.startswith("replies/"):
        return list(Reply.objects.visible_to(person).filter(author=person).values_list("pk", flat=True)[:1])
    if route.startswith(("conversations/", "messages/", "meetings/")):
        return _talks(route, person)
    posts = Post.objects.visible_to(person).newest_first()
    if route.startswith("ideas/"):
        return list(posts.ideas().of(person).values_list("pk", flat=True)[:1])
    edited, mine = posts.exclude(edited_at=None).first(), posts.of(person).first()
    if route == "posts/<int:pk>/":
        kinds = [posts.filter(kind=kind).first() for kind in Kind]
        long = posts.order_by("-reply_count").first() if hasattr(Post, "reply_count") else None
        chosen = (*kinds, posts.answered().asked().first(), edited, posts.filter(is_open=False).first(), mine, long)
        return list(dict.fromkeys(post.pk for post in chosen if post))
    cases = posts.cases().exclude(authorships__person=person)
    wanted = {"posts/<int:pk>/revisions/": edited, "posts/<int:pk>/reuse/": cases.first()}.get(route, mine)
    return [wanted.pk] if wanted else [0]


def _talks(route: str, person: Person) -> list[int]:
    """A conversation with everything in it; made here, for private words are in no demo."""
    other = Person.objects.get(handle="bjorn")
    talk = Conversation.between(person, [other], reason="om dina erfarenheter", path="/cases/")
    if not Meeting.objects.visible_to(person).exists():
        talk.say(other, "<p>Hej! Har du en kvart?</p><ul><li>Mätningarna i Tampere</li></ul>")
        talk.say(person, "<p>Ja, gärna.</p>")
        times = [timezone.now() + timedelta(days=n) for n in (1, 2, 3)]
        for by, to in ((person, other), (other, person)):
            Meeting.propose(by=by, to=to, times=times, about="Mätningarna", place="Videorummet", link="https://meet.example/a")
        agreed = Meeting.propose(by=other, to=person, times=times, about="Lagren")
        agreed.choose(agreed.times[0], by=person)
    messages = Message.objects.visible_to(person).filter(conversation=talk, author=person, line="words")
    return [talk.pk] if route.startswith("conversations/") else list(messages.values_list("pk", flat=True)[:1])


def _customers(_route: str, person: Person) -> list[int]:
    """One whom many know, one with colleagues to be asked without their names."""
    named = Customer.objects.visible_to(person).filter(name__in=["Maasvaart Terminals", "Kallvik Datahall"])
    return list(named.order_by("name").values_list("pk", flat=True))


def _approaches(_route: str, person: Person) -> list[int]:
    """Somebody else's, and one's own with a tip."""
    standing = Approach.objects.visible_to(person).exclude(person=person).with_people().newest_first()[0]
    mine = Approach.begin(by=person, customer=standing.customer, text="Får vi mäta hos er?", audience=standing.audience)
    mine.give_tip(by=standing.person, text="Ring före sju.")
    return [standing.pk, mine.pk]


def _acquaintances(_route: str, person: Person) -> list[int]:
    customer = Customer.objects.visible_to(person).by_name()[0]
    said = {"kind": "serviced", "since": 2021, "until": None, "text": "Mätte hos dem.", "reach": "unnamed", "asks_first": False}
    return [Acquaintance.tell(by=person, of=customer, audience=customer.audience, **said).pk]


def _asked(person: Person) -> int:
    """An open question that was shown quietly to this person."""
    waiting = Post.objects.visible_to(person).asked().unanswered().exclude(authorships__person=person)
    replied = Reply.objects.unrestricted("whether it is answered").values("post")
    question = waiting.exclude(pk__in=replied).first() or Post.publish(
        by=Person.objects.active().exclude(pk=person.pk).filter(is_guest=False)[0], kind="question", title="Vem har mätt isen?"
    )
    entry = Entry.objects.visible_to(person).get(kind="post", subject_id=question.pk)
    made = QuietRequest.objects.unrestricted("the walk through every page").get_or_create(entry=entry, receiver=person)[0]
    return int(made.pk)


def _slugs(route: str, person: Person) -> list[str]:
    if route.startswith("topics/"):
        return ["korrosion"]
    groups = Group.objects.visible_to(person)
    mine = list(groups.joined_by(person).order_by("pk"))
    others = list(groups.exclude(pk__in=[group.pk for group in mine]).order_by("audience__is_open", "pk"))
    return [
        group.slug for group in (mine if route.endswith(("edit/", "membership/end/")) else [*mine[:1], *others[:1], *others[-1:]])
    ]


def _draft(_route: str, person: Person) -> list[uuid.UUID]:
    fields: Any = {"kind": "question", "title": "Vem har kört två drivningar på en omriktare?"}
    return [Draft.keep(key=uuid.uuid4(), by=person, fields=fields).key]


def _link(route: str, person: Person) -> list[str]:
    if route.startswith("mail/"):
        return [StopLink.issue(person, StopLink.Stops.WEEKLY)]
    return [SigninLink.issue(person, reason="the walk through every page", is_impersonation=False)]


def _opening(route: str, person: Person) -> list[int]:
    """The person's own where it is changed, another's where it is read; its page as both see it."""
    own, others = Opening.objects.visible_to(person).of(person), Opening.objects.visible_to(person).exclude(owner=person)
    if route == "openings/<int:opening_id>/" and own and not own[0].asks.visible_to(person).exists():
        Ask.ask(by=others[0].owner, opening=own[0], text="Behöver man kunna Python?")
        tell_of_asks(timestamp=0)
    shown = [*own[:1], *others[:1]] if route.endswith("id>/") else own[:1] if route.endswith("edit/") else others[:1]
    return [opening.pk for opening in shown]


VALUES: dict[str, Callable[[str, Person], list[Any]]] = {
    "pk": _numbers,
    "customer_id": _customers,
    "project_id": lambda _route, person: list(Project.objects.visible_to(person).values_list("pk", flat=True)[:1]),
    "approach_id": _approaches,
    "acquaintance_id": _acquaintances,
    "introduction_id": lambda _route, _person: [0],
    "slug": _slugs,
    "handle": lambda _route, _person: ["bjorn"],
    "key": _draft,
    "opening_id": _opening,
    "ask_id": lambda _route, _person: [uuid.uuid4()],
    "wish_id": lambda _route, _person: [1],
    "token": _link,
    "sort": lambda _route, _person: ["post"],
}
