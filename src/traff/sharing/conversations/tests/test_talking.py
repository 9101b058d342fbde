"""Two or more people talk: who is reached, who reads it, and what becomes of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone, translation

from traff.ground.access.models import Membership
from traff.ground.accounts.models import Block, Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.sharing.conversations.models import Conversation, Message, Part
from traff.sharing.conversations.shown import beginning_of, lines_of


def read(conversation: Conversation, person: Person) -> list[str]:
    """What this person reads there."""
    return [message.body for message in Message.objects.visible_to(person).filter(conversation=conversation)]


def unread(person: Person) -> int:
    return Part.objects.of(person).unread().count()


def told(person: Person) -> list[str]:
    """What bell and mail would tell this person now, oldest first."""
    events = Event.objects.unrestricted("all there are").order_by("id")
    heard = (news.said(event, person) for event in events if person.pk in news.concerned(event))
    return [item.text for item in heard if item]


def test_two_people_talk_in_one_conversation(astrid: Person, bjorn: Person) -> None:
    first = Conversation.between(astrid, [bjorn])
    first.say(astrid, "<p>Hi Björn</p>")
    again = Conversation.between(bjorn, [astrid, bjorn])
    again.say(bjorn, "<p>Hello <script>alert(1)</script>there</p>")
    assert again == first
    assert read(first, astrid) == read(first, bjorn) == ["<p>Hi Björn</p>", "<p>Hello there</p>"]


def test_the_other_hears_and_the_news_quotes_nothing(astrid: Person, bjorn: Person) -> None:
    talk = Conversation.between(astrid, [bjorn])
    assert told(bjorn) == []
    assert unread(bjorn) == 0
    talk.say(astrid, "<p>Something secret</p>")
    assert (unread(bjorn), unread(astrid)) == (1, 0)
    assert told(bjorn) == ["Astrid Nyman wrote to you"]
    assert told(astrid) == []
    talk.mark_read(bjorn, until=timezone.now())
    assert unread(bjorn) == 0
    assert "Astrid Nyman wrote to you" not in told(bjorn)


def test_a_third_person_is_in_another_conversation(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    two = Conversation.between(astrid, [bjorn])
    two.say(astrid, "<p>Between us</p>")
    three = Conversation.between(astrid, [bjorn, cecilia])
    assert three != two
    assert read(two, cecilia) == []
    assert not Conversation.objects.visible_to(cecilia).filter(pk=two.pk).exists()


def test_a_reason_stands_once_and_leads_nowhere_else(astrid: Person, bjorn: Person) -> None:
    talk = Conversation.between(astrid, [bjorn], reason="because of your case on corrosion", path="/posts/1/")
    Conversation.between(astrid, [bjorn], reason="because of your case on corrosion", path="/posts/1/")
    Conversation.between(astrid, [bjorn], reason="because of pumps", path="//elsewhere.example/")
    lines = Message.objects.visible_to(bjorn).filter(conversation=talk)
    assert [(line.body, line.path) for line in lines] == [
        ("because of your case on corrosion", "/posts/1/"),
        ("because of pumps", ""),
    ]


def test_a_reason_is_read_in_the_readers_language_and_older_words_stand(astrid: Person, cecilia: Person) -> None:
    """Astrid reads Swedish, Cecilia English; each writes because of something of the other's."""
    english, swedish = "because of “Två timmar i veckan”", "med anledning av möjligheten ”Zink at Kallvik”"
    talk = Conversation.between(cecilia, [astrid], reason=english, path="/posts/1/")
    Conversation.between(astrid, [cecilia], reason=swedish, path="/openings/1/")
    Conversation.between(astrid, [cecilia], reason="dina ord om zink")
    read_by = {}
    for reader in (astrid, cecilia):
        with translation.override(reader.language):
            read_by[reader] = [line.body for line in lines_of(talk, reader)[0]]
    assert read_by[astrid] == ["med anledning av ”Två timmar i veckan”", swedish, "dina ord om zink"]
    assert read_by[cecilia] == [english, "because of the opening “Zink at Kallvik”", "dina ord om zink"]
    with translation.override("en"):
        latest = Message.objects.visible_to(cecilia).filter(body=swedish).get()
        assert beginning_of(latest) == "because of the opening “Zink at Kallvik”", "in the list too"


def test_leaving_takes_effect_at_once(astrid: Person, bjorn: Person) -> None:
    talk = Conversation.between(astrid, [bjorn])
    talk.say(bjorn, "<p>Before</p>")
    talk.leave(astrid)
    assert read(talk, astrid) == []
    assert "<p>Before</p>" in read(talk, bjorn)
    with pytest.raises(PermissionDenied, match="Nobody else is left"):
        talk.say(bjorn, "<p>Are you there?</p>")
    with pytest.raises(PermissionDenied):
        talk.say(astrid, "<p>Back again</p>")
    assert Conversation.between(astrid, [bjorn]) != talk


def test_of_three_two_go_on_when_one_leaves(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    talk = Conversation.between(astrid, [bjorn, cecilia])
    talk.leave(cecilia)
    talk.say(astrid, "<p>Now we are two</p>")
    assert "<p>Now we are two</p>" in read(talk, bjorn)
    assert read(talk, cecilia) == []
    assert Conversation.between(astrid, [bjorn]) != talk


def test_a_block_is_silent(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    talk = Conversation.between(astrid, [bjorn])
    talk.say(astrid, "<p>Earlier</p>")
    talk.mark_read(bjorn, until=timezone.now())
    Block.objects.create(blocker=bjorn, blocked=astrid)
    talk.say(astrid, "<p>Are you there?</p>")
    assert read(talk, astrid) == ["<p>Earlier</p>", "<p>Are you there?</p>"]
    assert read(talk, bjorn) == ["<p>Earlier</p>"]
    assert (unread(bjorn), told(bjorn)) == (0, [])
    with pytest.raises(PermissionDenied, match="You have blocked Astrid Nyman"):
        talk.say(bjorn, "<p>No</p>")
    three = Conversation.between(astrid, [bjorn, cecilia])
    three.say(astrid, "<p>To you all</p>")
    assert read(three, cecilia) == ["<p>To you all</p>"]
    assert read(three, bjorn) == []
    Block.objects.all().delete()
    assert read(three, bjorn) == []  # what did not reach never comes late


def test_who_cannot_be_written_to(astrid: Person, inga: Person, gosta: Person, bjorn: Person) -> None:
    with pytest.raises(PermissionDenied, match="Inga Borta no longer works here"):
        Conversation.between(astrid, [inga])
    with pytest.raises(PermissionDenied, match="Guests"):
        Conversation.between(astrid, [gosta])
    with pytest.raises(PermissionDenied, match="Guests"):
        Conversation.between(gosta, [astrid])
    with pytest.raises(PermissionDenied):
        Conversation.between(astrid, [astrid])
    with pytest.raises(PermissionDenied):
        Conversation.between(inga, [astrid])
    talk = Conversation.between(astrid, [bjorn])
    bjorn.leave()
    with pytest.raises(PermissionDenied, match="Björn Ståhl no longer works here"):
        talk.say(astrid, "<p>Hi</p>")


def test_a_guest_talks_with_those_of_the_same_group(cecilia: Person, gosta: Person, astrid: Person) -> None:
    from traff.community.groups.models import Group

    group = Group.start(by=cecilia, name="Visitors", is_open=False)
    group.audience.add(gosta)
    talk = Conversation.between(gosta, [cecilia])
    talk.say(gosta, "<p>Hi</p>")
    assert read(talk, cecilia) == ["<p>Hi</p>"]
    with pytest.raises(PermissionDenied):
        Conversation.between(gosta, [cecilia, astrid])


def test_sent_twice_it_is_said_once(astrid: Person, bjorn: Person) -> None:
    talk, key = Conversation.between(astrid, [bjorn]), uuid4()
    assert talk.say(astrid, "<p>Hi</p>", key=key) == talk.say(astrid, "<p>Hi</p>", key=key)
    assert read(talk, bjorn) == ["<p>Hi</p>"]
    talk.say(astrid, "<p>Hi again</p>", key=key)  # a form sent once more with other words loses none of them
    assert read(talk, bjorn) == ["<p>Hi</p>", "<p>Hi again</p>"]
    with pytest.raises(ValidationError):
        talk.say(astrid, "<p> </p>")


def test_taken_back_within_ten_seconds_it_was_never_said(astrid: Person, bjorn: Person) -> None:
    talk = Conversation.between(astrid, [bjorn])
    message = talk.say(astrid, "<p>Too <strong>soon</strong></p>")
    with pytest.raises(PermissionDenied):
        message.take_back(by=bjorn)
    assert message.take_back(by=astrid) == "Too **soon**"
    assert (read(talk, bjorn), unread(bjorn), told(bjorn)) == ([], 0, [])
    answered = talk.say(astrid, "<p>And now?</p>")
    talk.say(bjorn, "<p>Yes</p>")
    with pytest.raises(PermissionDenied, match="already answered"):
        answered.take_back(by=astrid)


def test_withdrawn_it_is_read_by_nobody(astrid: Person, bjorn: Person) -> None:
    talk = Conversation.between(astrid, [bjorn])
    message = talk.say(astrid, "<p>Wrong</p>")
    with pytest.raises(PermissionDenied):
        message.withdraw(by=bjorn)
    talk.leave(astrid)
    message.withdraw(by=astrid)  # one's own words, wherever one now stands
    assert "<p>Wrong</p>" not in read(talk, bjorn)
    assert unread(bjorn) == 0


def test_bare_addresses_become_links(astrid: Person, bjorn: Person) -> None:
    said = Conversation.between(astrid, [bjorn]).say(
        astrid, "<p>See https://example.org/a?b=1&amp;c=2.</p><pre>https://x.example/</pre>"
    )
    assert said.body.count("<a ") == 1
    assert 'href="https://example.org/a?b=1&amp;c=2"' in said.body


def test_both_ways_of_asking_agree(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    talk = Conversation.between(astrid, [bjorn])
    for person in (astrid, bjorn, cecilia):
        by_list = Conversation.objects.visible_to(person).filter(pk=talk.pk).exists()
        assert by_list == talk.readers().filter(pk=person.pk).exists()
    assert Membership.objects.filter(audience=talk.audience).count() == 2


def test_what_comes_while_one_reads_stays_new(astrid: Person, bjorn: Person) -> None:
    talk = Conversation.between(astrid, [bjorn])
    shown = talk.say(astrid, "<p>One</p>")
    talk.say(astrid, "<p>Two, while Björn's page is made</p>")
    talk.mark_read(bjorn, until=shown.at)
    assert unread(bjorn) == 1
    talk.mark_read(bjorn, until=shown.at - timedelta(minutes=1))  # a page opened earlier, and late to come
    assert Part.objects.of(bjorn).get().read_at == shown.at


def test_undone_twice_by_a_double_click_the_words_are_there_both_times(astrid: Person, bjorn: Person) -> None:
    sent = Conversation.between(astrid, [bjorn]).say(astrid, "<p>Too soon</p>")
    twin = Message.objects.visible_to(astrid).get(pk=sent.pk)
    assert sent.take_back(by=astrid) == twin.take_back(by=astrid) == "Too soon"
    assert read(twin.conversation, bjorn) == [] and unread(bjorn) == 0


@pytest.mark.django_db(transaction=True)
def test_many_who_write_at_once_stand_in_one_order_by_id_and_by_time(astrid: Person, bjorn: Person) -> None:
    """What came last is newest on every clock, so that nothing counts as read before it was shown."""
    talk = Conversation.between(astrid, [bjorn])
    start = Barrier(4)

    def write(number: int) -> None:
        start.wait()
        for line in range(3):
            talk.say(astrid if number % 2 else bjorn, f"<p>{number}.{line}</p>")
        connection.close()

    with ThreadPoolExecutor(4) as several:
        list(several.map(write, range(4)))
    times = list(Message.objects.visible_to(astrid).filter(conversation=talk).order_by("pk").values_list("at", flat=True))
    assert len(times) == 12 and times == sorted(times)
    assert max(Part.objects.filter(conversation=talk).values_list("heard_at", flat=True)) == times[-1]
