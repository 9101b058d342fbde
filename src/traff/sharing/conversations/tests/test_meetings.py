"""Fifteen minutes: asked for, chosen or let pass, kept in two calendars, asked about once."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from traff.ground.accounts.models import Block, Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.ground.organisation.models import Place, Seat
from traff.sharing.conversations.calendar import escaped, folded
from traff.sharing.conversations.clock import three_times
from traff.sharing.conversations.models import Conversation, Meeting, Message, Worth
from traff.sharing.conversations.models.meeting import AskedALot

At = Callable[[Person], Client]
STOCKHOLM, HELSINKI = ZoneInfo("Europe/Stockholm"), ZoneInfo("Europe/Helsinki")


def days(*ahead: int) -> list[datetime]:
    return [(timezone.now() + timedelta(days=n)).replace(microsecond=0) for n in ahead]


def propose(by: Person, to: Person, **more: Any) -> Meeting:
    return Meeting.propose(by=by, to=to, **{"times": days(1, 2, 3), "about": "Corrosion, in short", "place": "Room 4", **more})


def told(person: Person, verb: str) -> list[str]:
    events = Event.objects.unrestricted("all there are").filter(verb=verb)
    return [item.text for event in events if person.pk in news.concerned(event) and (item := news.said(event, person))]


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def form(**more: str) -> dict[str, str]:
    ahead = [f"{at.astimezone(STOCKHOLM):%Y-%m-%dT%H:%M}" for at in days(1, 2, 3)]
    return {"about": "Corrosion", "first": ahead[0], "second": ahead[1], "third": ahead[2], "place": "Room 4", "link": "", **more}


def test_astrid_asks_and_bjorn_chooses(at: At, astrid: Person, bjorn: Person) -> None:
    assert "/people/bjorn/meeting/" in text(at(astrid).get("/people/bjorn/"))
    page = text(at(astrid).get("/people/bjorn/meeting/?about=Pumps&reason=because+of+your+case&path=/posts/1/"))
    assert page.count('type="datetime-local"') == 3
    assert 'value="Pumps"' in page
    asked = at(astrid).post("/people/bjorn/meeting/", form(reason="because of your case", path="/posts/1/"))
    meeting = Meeting.objects.visible_to(bjorn).get()
    where = f"/conversations/{meeting.message.conversation_id}/"
    assert asked.headers["Location"] == f"{where}#end"
    assert told(bjorn, "meeting.proposed") == ["Astrid Nyman asks for fifteen minutes with you"]
    assert "If Björn chooses a time, you will hear." in text(at(astrid).get(where))
    offered = text(at(bjorn).get(where))
    assert "Let it pass" in offered
    assert "because of your case" in offered
    times = re.findall(r'name="time" value="([^"]+)"', offered)
    assert len(times) == 3
    assert at(astrid).post(f"/meetings/{meeting.pk}/choice/", {"time": times[0]}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.starts_at is None  # not hers to choose
    at(bjorn).post(f"/meetings/{meeting.pk}/choice/", {"time": times[1]})
    meeting.refresh_from_db()
    assert meeting.starts_at == datetime.fromisoformat(times[1])
    assert told(astrid, "meeting.accepted") == ["Björn Ståhl chose a time for your fifteen minutes"]
    for person in (astrid, bjorn):
        assert f"/meetings/{meeting.pk}/calendar.ics" in text(at(person).get(where))


def test_the_forms_times_are_ones_own(at: At, astrid: Person, bjorn: Person) -> None:
    Seat.give(bjorn, unit=bjorn.seat.unit, place=Place.objects.create(name="Helsinki", timezone="Europe/Helsinki"))
    day = (timezone.now() + timedelta(days=10)).astimezone(HELSINKI).date()
    at(bjorn).post("/people/astrid/meeting/", form(first=f"{day}T10:00", second="", third=""))
    meeting = Meeting.objects.visible_to(astrid).get()
    assert meeting.times == [datetime(day.year, day.month, day.day, 10, tzinfo=HELSINKI)]
    where = f"/conversations/{meeting.message.conversation_id}/"
    assert "09:00 (10:00 for Björn)" in text(at(astrid).get(where))
    assert "10:00 (09:00 for Astrid)" in text(at(bjorn).get(where))


def test_proposed_times_fall_on_working_days_when_both_are_at_work() -> None:
    friday = datetime(2026, 11, 27, 12, tzinfo=STOCKHOLM)
    assert [f"{at:%a %H:%M}" for at in three_times(STOCKHOLM, STOCKHOLM, friday)] == ["Mon 09:30", "Tue 13:00", "Wed 14:30"]
    york = ZoneInfo("America/New_York")
    assert {at.astimezone(york).hour for at in three_times(STOCKHOLM, york, friday)} <= {8, 9}


def test_let_pass_is_told_to_nobody(at: At, astrid: Person, bjorn: Person) -> None:
    meeting = propose(astrid, bjorn)
    where = meeting.message.conversation.get_absolute_url()
    with pytest.raises(PermissionDenied):
        meeting.let_pass(by=astrid)
    at(bjorn).post(f"/meetings/{meeting.pk}/passing/")
    assert "You let it pass. Nobody was told." in text(at(bjorn).get(where))
    assert "If Björn chooses a time, you will hear." in text(at(astrid).get(where))
    assert not Event.objects.visible_to(astrid).filter(actor=bjorn).exists()
    with pytest.raises(PermissionDenied):
        Meeting.objects.visible_to(bjorn).get().choose(meeting.times[0], by=bjorn)


def test_other_times_take_the_place_of_the_first(at: At, astrid: Person, bjorn: Person) -> None:
    first = propose(astrid, bjorn)
    offered = text(at(bjorn).get(f"/people/astrid/meeting/?instead={first.pk}"))
    assert "Corrosion, in short" in offered
    at(bjorn).post(f"/people/astrid/meeting/?instead={first.pk}", form())
    first.refresh_from_db()
    second = Meeting.objects.visible_to(astrid).exclude(pk=first.pk).get()
    assert (first.replaced_at is not None, second.asked, second.is_waiting) == (True, astrid, True)
    assert "Other times were proposed instead." in text(at(astrid).get(first.message.conversation.get_absolute_url()))


def test_called_off_by_one_both_hear(at: At, astrid: Person, bjorn: Person) -> None:
    meeting = propose(astrid, bjorn)
    meeting.choose(meeting.times[0], by=bjorn)
    at(astrid).post(f"/meetings/{meeting.pk}/end/")
    assert told(bjorn, "meeting.cancelled") == ["Astrid Nyman called off your fifteen minutes"]
    entry = at(bjorn).get(f"/meetings/{meeting.pk}/calendar.ics").content.decode()
    assert "STATUS:CANCELLED" in entry
    assert "SEQUENCE:1" in entry


def test_a_form_sent_twice_asks_once_and_of_two_answers_at_once_the_first_stands(astrid: Person, bjorn: Person) -> None:
    times = days(1, 2, 3)
    meeting = propose(astrid, bjorn, times=times)
    assert propose(astrid, bjorn, times=times) == meeting
    assert propose(astrid, bjorn, times=times, about="Something else") != meeting
    here, there = (Meeting.objects.visible_to(bjorn).get(pk=meeting.pk) for _ in range(2))
    here.choose(times[1], by=bjorn)
    for late in (lambda: there.let_pass(by=bjorn), lambda: there.choose(times[0], by=bjorn), lambda: there.give_way(by=astrid)):
        with pytest.raises(PermissionDenied):
            late()
    there.refresh_from_db()
    assert there.starts_at == times[1] and there.is_agreed


def test_what_will_not_do_is_said(astrid: Person, bjorn: Person, at: At) -> None:
    for wrong in (
        {"times": days(-1)},
        {"times": []},
        {"times": days(1, 2, 3, 4)},
        {"about": " "},
        {"link": "http://plain.example/"},
    ):
        with pytest.raises(ValidationError):
            propose(astrid, bjorn, **wrong)
    page = at(astrid).post("/people/bjorn/meeting/", form(link="http://plain.example/", about=""))
    assert page.status_code == 422
    assert "A link that begins with https://." in page.content.decode()
    late = at(astrid).post("/people/bjorn/meeting/", form(first="2020-01-01T10:00"))
    assert "Choose times to come, within half a year." in late.content.decode()
    assert not Meeting.objects.visible_to(astrid).exists()
    assert not Conversation.objects.visible_to(bjorn).exists()


def test_three_strangers_a_week_and_then_kindly_no(at: At, astrid: Person, bjorn: Person, cecilia: Person) -> None:
    for n in range(3):
        propose(Person.objects.create(handle=f"stranger{n}", name=f"Stranger {n}"), bjorn)
    known = Conversation.between(cecilia, [bjorn])
    known.say(bjorn, "<p>Hello Cecilia</p>")
    propose(cecilia, bjorn)  # who has been written to by him is no stranger
    with pytest.raises(AskedALot):
        propose(astrid, bjorn)
    refused = at(astrid).post("/people/bjorn/meeting/", form()).content.decode()
    assert "Björn Ståhl has been asked a lot this week. Write instead, or try next week." in refused
    assert "3" not in re.sub(r"<[^>]+>", "", refused.split("asked a lot")[1])[:40]
    Message.objects.unrestricted("a week passes").update(at=timezone.now() - timedelta(days=8))
    propose(astrid, bjorn)


def test_a_block_keeps_the_question_away_and_says_nothing(at: At, astrid: Person, bjorn: Person) -> None:
    Block.objects.create(blocker=bjorn, blocked=astrid)
    meeting = propose(astrid, bjorn)
    assert told(bjorn, "meeting.proposed") == []
    assert not Meeting.objects.visible_to(bjorn).exists()
    assert at(bjorn).post(f"/meetings/{meeting.pk}/choice/", {"time": meeting.times[0].isoformat()}).status_code == 404
    assert "If Björn chooses a time, you will hear." in text(at(astrid).get(meeting.message.conversation.get_absolute_url()))
    assert at(bjorn).get("/people/astrid/meeting/").status_code == 404


def test_one_question_afterwards_asked_once_and_answered_to_oneself(at: At, astrid: Person, bjorn: Person) -> None:
    meeting = propose(astrid, bjorn)
    meeting.choose(meeting.times[0], by=bjorn)
    question = "Was it worth the fifteen minutes?"
    assert question not in text(at(astrid).get("/"))
    Meeting.objects.unrestricted("time passes").update(starts_at=timezone.now() - timedelta(hours=1))
    talk = meeting.message.conversation.get_absolute_url()
    for person in (astrid, bjorn):
        assert question in text(at(person).get("/"))
        assert question in text(at(person).get(talk)), "beneath the meeting too, for whoever opens the conversation first"
    answered = at(astrid).post(f"/meetings/{meeting.pk}/worth/", {"answer": "yes", "next": talk})
    assert answered.headers["Location"] == talk
    at(astrid).post(f"/meetings/{meeting.pk}/worth/", {"answer": "no"})
    assert Worth.objects.get().answer == "yes"
    for path in ("/", talk):
        assert question not in text(at(astrid).get(path))
        assert question in text(at(bjorn).get(path))
    Meeting.objects.unrestricted("a week passes").update(starts_at=timezone.now() - timedelta(days=8))
    assert question not in text(at(bjorn).get(talk)), "asked for a week, then let be"
    assert not Worth.objects.of(bjorn).exists()
    Meeting.objects.unrestricted("a week passes").update(starts_at=timezone.now() - timedelta(days=8))
    assert question not in text(at(bjorn).get("/"))


def test_outsiders_meet_nothing(at: At, astrid: Person, bjorn: Person, cecilia: Person, gosta: Person, inga: Person) -> None:
    meeting = propose(astrid, bjorn)
    meeting.choose(meeting.times[0], by=bjorn)
    for person in (cecilia, gosta):
        assert at(person).get(f"/meetings/{meeting.pk}/calendar.ics").status_code == 404
        for deed in ("choice", "passing", "end", "worth"):
            assert at(person).post(f"/meetings/{meeting.pk}/{deed}/", {"answer": "yes"}).status_code == 404
    assert at(gosta).get("/people/bjorn/meeting/").status_code == 404
    assert at(astrid).get("/people/inga/meeting/").status_code == 404
    assert at(astrid).get("/people/astrid/meeting/").status_code == 404
    assert not Worth.objects.exists()


def test_the_entry_is_one_that_calendars_take_in(at: At, astrid: Person, bjorn: Person) -> None:
    about = "Korrosion; rör, pumpar och allt det andra som rostar i saltvatten längs kusten mellan Luleå och Göteborg"
    meeting = propose(astrid, bjorn, about=about, place="Rum 4, våning 2", link="https://meet.example/ö")
    assert at(astrid).get(f"/meetings/{meeting.pk}/calendar.ics").status_code == 404  # no time is chosen yet
    meeting.choose(meeting.times[0], by=bjorn)
    entries = [at(person).get(f"/meetings/{meeting.pk}/calendar.ics") for person in (astrid, bjorn)]
    assert {answer.headers["Content-Type"] for answer in entries} == {"text/calendar; charset=utf-8"}
    assert "attachment" in entries[0].headers["Content-Disposition"]
    raw = entries[0].content
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    lines = raw.decode().replace("\r\n ", "").split("\r\n")
    start = meeting.times[0].astimezone(UTC)
    for line in (
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{start + timedelta(minutes=15):%Y%m%dT%H%M%SZ}",
        f"UID:{meeting.uid}",
        "SUMMARY:Fifteen minutes with Björn Ståhl",
        "LOCATION:Rum 4\\, våning 2",
        "STATUS:CONFIRMED",
    ):
        assert line in lines
    described = next(line for line in lines if line.startswith("DESCRIPTION:"))
    assert described.startswith("DESCRIPTION:Korrosion\\; rör\\, pumpar")
    assert f"UID:{meeting.uid}" in entries[1].content.decode()


def test_texts_and_lines_as_the_rfc_writes_them() -> None:
    """RFC 5545, 3.3.11 and 3.1, with their own examples."""
    said = "Project XYZ Final Review\nConference Room - 3B\nCome Prepared."
    assert escaped(said) == "Project XYZ Final Review\\nConference Room - 3B\\nCome Prepared."
    assert escaped("back\\slash; comma, end\r\n\x07") == "back\\\\slash\\; comma\\, end\\n"
    long = "DESCRIPTION:This is a lo" + "ng description that exists on a long line. " * 4
    parts = list(folded(long))
    assert all(len(part) <= 75 for part in parts)
    assert parts[0].decode() + "".join(part.decode()[1:] for part in parts[1:]) == long
    assert all(part.startswith(b" ") for part in parts[1:])
    swedish = list(folded("SUMMARY:" + "å" * 100))
    assert [part.decode() for part in swedish]  # no letter is broken
    assert all(len(part) <= 75 for part in swedish)
