"""The canary: a rare word in closed places never reaches somebody who may not read it.

An outsider, a guest, somebody who has left and an anonymous visitor walk every address in the URLconf with GET, HEAD and
POST. New addresses join by standing in the URLconf; one whose parameter nobody knows here makes the test fail.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from traff.attention.following.models import Follow
from traff.attention.notifications.models import Notice
from traff.community.groups.models import Group
from traff.community.people.models import Profile
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.ground.files.models import File
from traff.sharing.content.models import Draft, Post, Reaction, Reply, Reuse, Vote
from traff.sharing.conversations.models import Conversation, Meeting
from traff.sharing.customers.models import Acquaintance, Approach, Customer, Introduction, Project
from traff.sharing.customers.registering import take_over, take_over_walls
from traff.sharing.openings.models import Ask, Opening, Saved, Wish
from traff.sharing.openings.tasks import tell_of_asks

CANARY = "zvartkanarie"
BESIDE = "gruvlampa"  # stands beside the canary in closed places, so that a search for it would find them
NOT_OURS = ("admin/",)


@dataclass(frozen=True)
class Cage:
    """The ids of closed things, by the names that addresses use."""

    values: dict[str, list[Any]]


@pytest.fixture
def cage(cecilia: Person, bjorn: Person, astrid: Person) -> Cage:
    text = f"<p>{CANARY} {BESIDE}</p>"
    group = Group.start(by=cecilia, name="Kvällsrodd", purpose="For those who row", is_open=False)
    group.audience.add(bjorn)
    post = Post.publish(by=cecilia, kind="question", title=f"{CANARY} {BESIDE}?", body=text, group=group)
    case = Post.publish(by=bjorn, kind="case", title=f"{BESIDE} {CANARY}", group=group, case={"reuse": text, "situation": text})
    post.edit(by=cecilia, title=f"{CANARY} {BESIDE} again?", body=text)
    reply = Reply.write(by=bjorn, post=post, body=text)
    post.question.accept(reply, by=cecilia)
    Reaction.give(by=cecilia, to=reply)
    Reuse.tell(by=cecilia, post=case, note=f"{CANARY}")
    idea = Post.publish(by=cecilia, kind="idea", title=f"{CANARY} {BESIDE} idea", group=group, sparked_by=case)
    idea.idea.take_on(by=bjorn)
    idea.idea.move("result", by=bjorn, result=text, note=CANARY)
    Vote.give(by=bjorn, idea=idea.idea)
    draft = Draft.objects.create(author=cecilia, fields={"title": CANARY, "body": text})
    upload = SimpleUploadedFile(f"{CANARY}.txt", f"{CANARY}".encode())
    file = File.receive(upload, by=bjorn).attach(kind="post", subject=case, audience=group.audience, by=bjorn)
    hidden = {"about": CANARY, "about_level": "me", "phone": CANARY, "phone_level": "unit"}
    Profile.objects.update_or_create(person=bjorn, defaults=hidden)
    withdrawn = Post.publish(by=cecilia, kind="update", body=text)
    withdrawn.withdraw(by=cecilia)
    Follow.set(cecilia, post)
    heard = Event.objects.unrestricted("told").get(verb="reply.written", subject_id=reply.pk)
    notices = [Notice.ring(who, heard, thread="post/0", path=post.get_absolute_url()) for who in (astrid, cecilia)]
    open_post = Post.publish(by=cecilia, kind="question", title="Hur länge räcker batteriet?", body=f"<p>Till min {BESIDE}</p>")
    talk = Conversation.between(cecilia, [bjorn], reason=f"{CANARY} {BESIDE}", path=post.get_absolute_url())
    message = talk.say(bjorn, text)
    soon = [timezone.now() + timedelta(days=1)]
    meeting = Meeting.propose(by=cecilia, to=bjorn, times=soon, about=f"{CANARY} {BESIDE}", place=CANARY)
    meeting.choose(soon[0], by=bjorn)
    parted = Conversation.between(cecilia, [bjorn, astrid])
    parted.say(cecilia, text)
    parted.leave(astrid)  # she was in it, and reads nothing of it any more
    behind = of_customers(bjorn, cecilia, astrid)
    said = {"building": f"{CANARY}", "help_needed": f"{BESIDE}", "extent": "swap", "contact": CANARY, "topics": [CANARY]}
    opening = Opening.publish(by=cecilia, title=f"{BESIDE} {CANARY}", group=group, **said)
    Ask.ask(by=bjorn, opening=opening, text=f"{CANARY} {BESIDE}")
    tell_of_asks(timestamp=0)
    question = Ask.objects.visible_to(cecilia).select_related("opening").get()
    question.answer(CANARY, by=cecilia)
    Saved.keep(by=bjorn, opening=opening)
    wish = Wish.state(by=bjorn, words=f"{CANARY}")
    unread = Opening.publish(by=cecilia, title="Två timmar i veckan", building="Lampor", help_needed="En hand", extent="hours")
    Ask.ask(by=bjorn, opening=unread, text=f"{CANARY} {BESIDE}")
    tell_of_asks(timestamp=0)
    asks = [question.pk, Ask.objects.visible_to(cecilia).get(opening=unread).pk]
    open_idea = Post.publish(by=bjorn, kind="idea", title="En tanke", sparked_by=case)  # given by what is closed
    open_idea.idea.mark_duplicate(idea.idea, by=bjorn)
    posts = [post.pk, case.pk, withdrawn.pk, open_post.pk, idea.pk, open_idea.pk]
    talks = [talk.pk, parted.pk, message.pk, meeting.pk]
    return Cage(
        {
            "pk": sorted({*posts, *talks, reply.pk, file.pk, *(notice.pk for notice in notices if notice)}),
            **behind,
            "post_id": posts,
            "reply_id": [reply.pk],
            "handle": [cecilia.handle, bjorn.handle],
            "slug": [group.slug, "korrosion"],
            "key": [draft.key, uuid.uuid4()],
            "opening_id": [opening.pk, unread.pk],
            "ask_id": asks,
            "wish_id": [wish.pk],
            "token": ["x" * 32],
            "name": ["letter.txt"],
            "version": ["1"],
            "sort": ["group", "post"],
        }
    )


def of_customers(bjorn: Person, cecilia: Person, astrid: Person) -> dict[str, list[Any]]:
    """A walled customer with all that hangs on it, and of an open one what is said in closed circles and without a name."""
    walled, mill = Customer(name=f"{CANARY} {BESIDE}", aliases=[CANARY], sector=CANARY, place=CANARY), Customer(name="Bruket")
    take_over([walled, mill])
    project = Project(name=f"{CANARY} {BESIDE}", customer=walled)
    take_over([project])
    everyone, private = mill.audience, Audience.objects.private_to(bjorn)
    said = {"kind": "sold", "since": 2020, "until": None, "text": f"{CANARY} {BESIDE}", "asks_first": False}
    own = Acquaintance.tell(by=astrid, of=walled, **{**said, "text": BESIDE}, reach="named", audience=everyone)
    rows = [
        Acquaintance.tell(by=bjorn, of=walled, **said, reach="named", audience=everyone),
        Acquaintance.tell(by=bjorn, of=mill, **said, reach="named", audience=private),
        Acquaintance.tell(by=cecilia, of=mill, **said, reach="unnamed", audience=everyone),
    ]
    approach = Approach.begin(by=bjorn, customer=walled, text=CANARY, audience=everyone)
    secret = Approach.begin(by=bjorn, customer=mill, text=CANARY, audience=private)
    tip = Approach.begin(by=cecilia, customer=mill, text=BESIDE, audience=everyone).give_tip(by=bjorn, text=CANARY)
    asked = Introduction.ask(by=cecilia, receiver=bjorn, subject=mill, reason=CANARY)
    take_over_walls([(walled, [bjorn, cecilia])])
    return {
        "customer_id": [walled.pk, mill.pk],
        "project_id": [project.pk],
        "acquaintance_id": [own.pk, *(row.pk for row in rows)],
        "approach_id": [approach.pk, secret.pk, tip.approach_id],
        "introduction_id": [asked.pk],
    }


def addresses(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """(route, names of its parameters) of every address there is."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, list(pattern.pattern.converters) + list(pattern.pattern.regex.groupindex) * ("(?P" in route)


def filled(cage: Cage) -> Iterator[str]:
    for route, names in addresses(get_resolver().url_patterns):
        if route.startswith(NOT_OURS) or "(?P" in route:  # allauth's own key routes take keys made by itself
            continue
        paths = [f"/{route}"]
        for name in names:
            assert name in cage.values, f"{route}: the canary does not know the parameter {name!r}"
            paths = [re.sub(rf"<(\w+:)?{name}>", str(value), path, count=1) for path in paths for value in cage.values[name]]
        yield from paths


QUERIES = (
    "",
    f"?q={BESIDE}",
    f"?q={BESIDE[:5]}",
    "?kind=case",
    "?unit=1&place=1&language=sv",
    "?from=1&group=kvallsrodd",
    "?stage=result",
)


def visitors(astrid: Person, gosta: Person, inga: Person, albin: Person) -> dict[str, Client]:
    clients = {"anonymous": Client()}
    for name, person in {"outsider": astrid, "guest": gosta, "left": inga, "administrator": albin}.items():
        clients[name] = Client(raise_request_exception=True)
        clients[name].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return clients


def spoken(response: Any) -> str:
    """Everything an answer says: its body and its headers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{body.decode('utf-8', 'replace')} {dict(response.headers)}".lower()


def test_the_canary_never_sings(cage: Cage, astrid: Person, gosta: Person, inga: Person, albin: Person) -> None:
    sang = []
    for name, client in visitors(astrid, gosta, inga, albin).items():
        for path in filled(cage):
            if "logout" in path:
                continue
            asked = QUERIES if re.fullmatch(r"/[a-z/]*", path) else QUERIES[:1]
            answers = [(f"GET {path}{query}", client.get(path + query)) for query in asked]
            answers.append((f"HEAD {path}", client.head(path)))
            answers.append((f"POST {path}", client.post(path, {"text": BESIDE, "q": BESIDE, "title": BESIDE, "body": BESIDE})))
            sang += [f"{name}: {what}" for what, answer in answers if CANARY in spoken(answer)]
    assert sang == []


def test_asking_for_the_canary_answers_as_for_a_word_that_never_was(cage: Cage, astrid: Person, gosta: Person) -> None:
    """Not a count, not a hint, not another order: the pages differ in the word that was typed alone."""
    never = "qvaxtkanarie"  # as long as the other
    for person in (astrid, gosta):
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        for path in ("/search/", "/people/", "/groups/", "/topics/", "/customers/", "/search/complete/"):
            said, unsaid = (without_nonce(spoken(client.get(path, {"q": word})).replace(word, "?")) for word in (CANARY, never))
            assert said == unsaid, path


def without_nonce(text: str) -> str:
    """What differs between any two answers: nonces and tokens."""
    return re.sub(r"(nonce[-=]['\"]?|csrfmiddlewaretoken\" value=\"|x-csrftoken[^a-z0-9]+|csrftoken=)[\w+/=-]+", r"\1", text)


def test_the_canary_sings_for_its_own(cage: Cage, cecilia: Person) -> None:
    """The walk would notice: a member does meet the word."""
    client = Client()
    client.force_login(cecilia, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert any(CANARY in spoken(client.get(path)) for path in filled(cage) if path.startswith("/posts/"))
    assert any(CANARY in spoken(client.get(path)) for path in filled(cage) if path.startswith("/conversations/"))
