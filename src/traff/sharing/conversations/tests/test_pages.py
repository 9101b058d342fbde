"""Conversations as people meet them: reading, writing, choosing, leaving; and for all others there is nothing there."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from traff.community.groups.models import Group
from traff.ground.accounts.models import Block, Person
from traff.ground.core.markup import clean
from traff.ground.core.tests.hostile import CORPUS, alive
from traff.ground.files.models import File
from traff.sharing.conversations.models import Conversation, Message, Part
from traff.sharing.conversations.words import html_of, with_links

At = Callable[[Person], Client]


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def spoken(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def talk(astrid: Person, bjorn: Person) -> Conversation:
    talk = Conversation.between(astrid, [bjorn])
    talk.say(astrid, "<p>Do you have a minute?</p>")
    return talk


def test_astrid_writes_to_bjorn_from_his_page(at: At, astrid: Person, bjorn: Person) -> None:
    profile = text(at(astrid).get("/people/bjorn/"))
    assert 'href="/conversations/new/?to=bjorn"' in profile
    assert "Björn Ståhl" in text(at(astrid).get("/conversations/new/?to=bjorn"))
    assert not Conversation.objects.visible_to(astrid).exists()  # nothing begins before it is said
    sent = at(astrid).post("/conversations/new/", {"to": ["bjorn"], "body": "Hello **you**"})
    talk = Conversation.objects.visible_to(bjorn).get()
    assert sent.headers["Location"] == f"/conversations/{talk.pk}/#end"
    assert "<strong>you</strong>" in text(at(bjorn).get(f"/conversations/{talk.pk}/"))
    led = at(astrid).get("/conversations/new/?to=bjorn")
    assert led.headers["Location"] == f"/conversations/{talk.pk}/#end"


def test_the_list_and_the_ways_say_what_is_new(at: At, astrid: Person, bjorn: Person, talk: Conversation) -> None:
    listed = text(at(bjorn).get("/conversations/"))
    assert "Astrid Nyman" in listed
    assert "Do you have a minute?" in listed
    assert "talk-unread" in listed
    assert 'class="count-new">1' in listed
    read = at(bjorn)
    assert "talk-mark" in text(read.get(f"/conversations/{talk.pk}/"))
    assert "talk-mark" not in text(read.get(f"/conversations/{talk.pk}/"))
    assert "count-new" not in text(read.get("/conversations/"))
    assert "You:" in text(at(astrid).get("/conversations/"))
    assert "No conversations yet" in text(at(Person.objects.create(handle="new", name="Nils Ny")).get("/conversations/"))


def test_without_javascript_people_are_chosen_by_name_and_nothing_written_is_lost(
    at: At, astrid: Person, bjorn: Person, cecilia: Person, preben: Person
) -> None:
    client, address = at(astrid), "/conversations/new/"
    found = text(client.post(address, {"q": "Björn", "body": "My words", "find": "yes"}))
    assert 'name="add" value="bjorn"' in found
    assert "My words" in found
    both = text(client.post(address, {"to": ["bjorn"], "add": "cecilia", "q": "Cec", "body": "My words"}))
    assert 'name="to" value="bjorn"' in both
    assert 'name="to" value="cecilia"' in both
    fewer = text(client.post(address, {"to": ["bjorn", "cecilia"], "drop": "bjorn", "body": "My words"}))
    assert 'name="to" value="bjorn"' not in fewer
    assert "My words" in fewer
    assert "preben" not in text(client.get("/conversations/people/?q=Preben"))
    nobody = client.post(address, {"body": "My words"})
    assert nobody.status_code == 422
    assert "Choose at least one person" in nobody.content.decode()
    assert "My words" in nobody.content.decode()
    empty = client.post(address, {"to": ["bjorn"], "body": " "})
    assert "There is nothing to read here yet." in empty.content.decode()
    assert not Conversation.objects.visible_to(astrid).exists()


def test_a_page_that_looks_gets_what_is_new_and_nothing_else(at: At, astrid: Person, bjorn: Person, talk: Conversation) -> None:
    client = at(bjorn)
    first = Message.objects.visible_to(bjorn).filter(conversation=talk).get()
    assert client.get(f"/conversations/{talk.pk}/later/?after={first.pk}").status_code == 204
    said = client.post(f"/conversations/{talk.pk}/", {"body": "Yes", "after": first.pk}, headers={"X-Sending": "1"})
    assert "Yes" in text(said)
    assert "Do you have a minute?" not in text(said)
    assert Part.objects.of(astrid).unread().count() == 1
    client.get(f"/conversations/{talk.pk}/later/")
    with CaptureQueriesContext(connection) as caught:
        assert client.get(f"/conversations/{talk.pk}/later/?after={first.pk + 1000}").status_code == 204
    assert len(caught) <= 5  # session, person, memberships, conversation, lines
    refused = client.post(f"/conversations/{talk.pk}/", {"body": ""}, headers={"X-Sending": "1"})
    assert refused.status_code == 422


def test_a_long_conversation_is_read_from_the_end(at: At, astrid: Person, bjorn: Person, talk: Conversation) -> None:
    for n in range(60):
        talk.say(bjorn, f"<p>Line number {n}.</p>")
    client = at(astrid)
    shown = text(client.get(f"/conversations/{talk.pk}/"))
    assert "Line number 59." in shown
    assert "Line number 3." not in shown
    earlier = re.search(r'href="(\?before=\d+)#end"', shown)
    assert earlier
    assert "Line number 3." in text(client.get(f"/conversations/{talk.pk}/{earlier[1]}"))
    with CaptureQueriesContext(connection) as few:
        client.get(f"/conversations/{talk.pk}/")
    assert len(few) <= 24


def test_undone_within_ten_seconds_the_words_are_back_in_the_field(at: At, astrid: Person, bjorn: Person) -> None:
    talk = Conversation.between(astrid, [bjorn])
    message = talk.say(astrid, "<p>Too <strong>soon</strong></p>")
    client = at(astrid)
    assert "Undo" in text(client.get(f"/conversations/{talk.pk}/"))
    assert at(bjorn).post(f"/messages/{message.pk}/sending/end/").status_code == 404
    client.post(f"/messages/{message.pk}/sending/end/")
    back = text(client.get(f"/conversations/{talk.pk}/"))
    assert "Too **soon**</textarea>" in back.replace("\n", "")
    assert not Message.objects.visible_to(bjorn).exists()
    late = talk.say(astrid, "<p>Late</p>")
    Message.objects.unrestricted("a minute passes").update(at=late.at - timedelta(minutes=1))
    client.post(f"/messages/{late.pk}/sending/end/")
    assert Message.objects.visible_to(bjorn).filter(pk=late.pk).exists()


def test_withdrawing_asks_first_and_works_from_outside_too(at: At, astrid: Person, talk: Conversation) -> None:
    message = Message.objects.visible_to(astrid).get()
    client = at(astrid)
    assert "Withdraw this message?" in text(client.get(f"/messages/{message.pk}/withdrawal/"))
    client.post(f"/conversations/{talk.pk}/end/")
    assert client.get(f"/conversations/{talk.pk}/").status_code == 404
    client.post(f"/messages/{message.pk}/withdrawal/")
    assert client.get(f"/messages/{message.pk}/withdrawal/").status_code == 404


def test_words_sent_after_the_session_ended_wait_for_their_writer(
    at: At, client: Client, astrid: Person, bjorn: Person, talk: Conversation
) -> None:
    page = text(at(astrid).get(f"/conversations/{talk.pk}/"))
    writer = re.search(r'name="writer" value="([^"]+)"', page)
    assert writer
    sent = client.post(f"/conversations/{talk.pk}/", {"body": "Long words", "writer": writer[1]})
    assert "/accounts/login/" in sent.headers["Location"]
    client.force_login(astrid)
    assert "Long words" not in text(client.get("/conversations/new/?to=cecilia"))  # its own address alone
    assert "Long words</textarea>" in text(client.get(f"/conversations/{talk.pk}/")).replace("\n", "")
    client.logout()
    client.post(f"/conversations/{talk.pk}/", {"body": "Long words", "writer": writer[1]})
    client.force_login(bjorn)
    assert "Long words" not in text(client.get(f"/conversations/{talk.pk}/"))
    assert client.post(f"/conversations/{talk.pk}/", {"body": "Long words", "writer": writer[1]}).status_code == 403


def test_files_are_read_by_those_who_talk(at: At, astrid: Person, bjorn: Person, cecilia: Person, talk: Conversation) -> None:
    upload = SimpleUploadedFile("drawing.txt", b"lines")
    at(bjorn).post(f"/conversations/{talk.pk}/", {"body": "", "uploads": upload})
    file = File.objects.visible_to(astrid).get()
    assert "drawing.txt" in text(at(astrid).get(f"/conversations/{talk.pk}/"))
    assert spoken(at(astrid).get(file.get_absolute_url())) == b"lines"
    assert at(cecilia).get(file.get_absolute_url()).status_code == 404


def test_search_finds_messages_for_those_who_talk_alone(at: At, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    Conversation.between(astrid, [bjorn]).say(bjorn, "<p>The gearbox of the kaleidoscope sings</p>")
    for person, finds in ((astrid, True), (bjorn, True), (cecilia, False)):
        assert ("gearbox of the" in text(at(person).get("/search/?q=kaleidoscope"))) is finds
    Block.objects.create(blocker=astrid, blocked=bjorn)
    Conversation.between(bjorn, [astrid]).say(bjorn, "<p>An unwanted zeppelin arrives</p>")
    assert "unwanted" in text(at(bjorn).get("/search/?q=zeppelin"))
    assert "unwanted" not in text(at(astrid).get("/search/?q=zeppelin"))


def test_all_others_meet_the_same_nothing(
    at: At, astrid: Person, bjorn: Person, cecilia: Person, gosta: Person, inga: Person, albin: Person, talk: Conversation
) -> None:
    three = Conversation.between(astrid, [bjorn, cecilia])
    three.say(astrid, "<p>To both</p>")
    three.leave(cecilia)
    message = Message.objects.visible_to(astrid).filter(conversation=talk).get()
    unknown = {}
    for person in (cecilia, gosta, albin):
        client = at(person)
        unknown[person] = client.get("/conversations/999999/").content
        for pk in (talk.pk, three.pk):
            for path in (f"/conversations/{pk}/", f"/conversations/{pk}/later/", f"/conversations/{pk}/end/"):
                answer = client.get(path)
                assert answer.status_code == 404
                assert without_nonce(answer.content) == without_nonce(unknown[person])
            assert client.post(f"/conversations/{pk}/", {"body": "Let me in"}).status_code == 404
            assert client.post(f"/conversations/{pk}/end/").status_code == 404
        assert client.get(f"/messages/{message.pk}/").status_code == 404
        assert client.get(f"/messages/{message.pk}/withdrawal/").status_code == 404
        assert client.post(f"/messages/{message.pk}/sending/end/").status_code == 404
    for nobody in (at(inga), Client()):
        assert "/accounts/login/" in nobody.get(f"/conversations/{talk.pk}/").headers["Location"]
        assert "/accounts/login/" in nobody.get("/conversations/").headers["Location"]
        assert nobody.get(f"/conversations/{talk.pk}/later/", headers={"X-Sending": "1"}).status_code == 401


def without_nonce(page: bytes) -> bytes:
    return re.sub(rb'(nonce=|X-CSRFToken|csrfmiddlewaretoken)[^>]*|"[\w+/=-]{40,}"', b"", page)


def test_a_guest_is_offered_and_reaches_only_whom_he_shares_a_group_with(
    at: At, gosta: Person, astrid: Person, cecilia: Person
) -> None:
    group = Group.start(by=cecilia, name="Visitors", is_open=False)
    group.audience.add(gosta)
    assert "/conversations/new/?to=gosta" in text(at(cecilia).get("/people/gosta/"))
    assert "/conversations/new/?to=gosta" not in text(at(astrid).get("/people/gosta/"))
    refused = at(astrid).post("/conversations/new/", {"to": ["gosta"], "body": "Hi"})
    assert refused.status_code == 422
    assert 'value="astrid"' not in text(at(gosta).get("/conversations/people/?q=Astrid"))
    assert 'value="cecilia"' in text(at(gosta).get("/conversations/people/?q=Cecilia"))


def test_who_blocked_is_told_how_to_write_again_and_the_other_notices_nothing(
    at: At, astrid: Person, bjorn: Person, talk: Conversation
) -> None:
    Block.objects.create(blocker=bjorn, blocked=astrid)
    assert "You have blocked Astrid Nyman" in text(at(bjorn).get(f"/conversations/{talk.pk}/"))
    assert "/conversations/new/?to=astrid" not in text(at(bjorn).get("/people/astrid/"))
    at(astrid).post(f"/conversations/{talk.pk}/", {"body": "Still there?"})
    assert "Still there?" in text(at(astrid).get(f"/conversations/{talk.pk}/"))
    assert "Still there?" not in text(at(bjorn).get(f"/conversations/{talk.pk}/"))
    assert "count-new" not in text(at(bjorn).get("/conversations/"))


def test_who_is_signed_in_for_another_sees_none_of_it(at: At, astrid: Person, talk: Conversation) -> None:
    client = at(astrid)
    session = client.session
    session["impersonated"] = "Astrid Nyman"
    session.save()
    assert "Do you have a minute?" not in text(client.get("/conversations/"))
    assert client.get(f"/conversations/{talk.pk}/").status_code == 404
    assert "Do you have" not in text(client.get("/search/?q=minute"))
    assert client.post("/conversations/new/", {"to": ["bjorn"], "body": "In her name"}).status_code == 422


@pytest.mark.parametrize("sent", CORPUS, ids=lambda sent: sent[:30])
def test_hostile_markup_comes_through_this_door_harmless(sent: str) -> None:
    assert alive(html_of(sent)) == []
    assert alive(with_links(clean(sent))) == []
