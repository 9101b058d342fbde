"""Mails at once, quiet hours, and the way out of a mail."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from traff.attention.notifications import tasks
from traff.attention.notifications.hours import Quiet
from traff.attention.notifications.models import Choice, Hearing, Notice, StopLink
from traff.attention.notifications.tests.told import time_passes
from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reply

STOCKHOLM = ZoneInfo("Europe/Stockholm")
OFFICE = Quiet(time(18), time(7), weekends=True)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (local(23, 10), local(23, 10)),
        (local(23, 6, 59), local(23, 7)),
        (local(23, 18), local(24, 7)),
        (local(27, 17, 59), local(27, 17, 59)),
        (local(27, 18), local(30, 7)),
        (local(29, 12), local(30, 7)),
    ],
)
def test_in_quiet_hours_a_mail_waits_until_the_morning_of_a_working_day(at: datetime, until: datetime) -> None:
    assert OFFICE.over_from(at) == until


def test_quiet_hours_are_ones_own_to_choose() -> None:
    assert Quiet(time(12), time(13), weekends=False).over_from(local(28, 12, 30)) == local(28, 13)
    assert Quiet(time(0), time(0), weekends=False).over_from(local(28, 3)) == local(28, 3)


def test_quiet_hours_hold_on_the_wall_clock_when_the_clocks_change() -> None:
    """On 29 March 2026 02:00 becomes 03:00; on 25 October 03:00 becomes 02:00 again."""
    night = Quiet(time(22), time(7), weekends=False)
    for day, hours in ((datetime(2026, 3, 28, 22, tzinfo=STOCKHOLM), 8), (datetime(2026, 10, 24, 22, tzinfo=STOCKHOLM), 10)):
        end = night.over_from(day)
        assert (end.hour, end.date()) == (7, day.date() + timedelta(days=1))
        assert end.astimezone(UTC) - day.astimezone(UTC) == timedelta(hours=hours)
    skipped = Quiet(time(22), time(2, 30), weekends=False).over_from(datetime(2026, 3, 29, 1, 59, tzinfo=STOCKHOLM))
    assert skipped.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "02:30 never comes: half past three does"
    for fold in (0, 1):
        twice = datetime(2026, 10, 25, 2, 10, tzinfo=STOCKHOLM, fold=fold)
        end = Quiet(time(22), time(2, 30), weekends=False).over_from(twice)
        assert end.astimezone(UTC) - twice.astimezone(UTC) == timedelta(minutes=20), "never a moment that is over"
    friday = datetime(2026, 10, 23, 18, tzinfo=STOCKHOLM)
    assert OFFICE.over_from(friday) == datetime(2026, 10, 26, 7, tzinfo=STOCKHOLM)


@pytest.fixture
def invited(astrid: Person, bjorn: Person) -> Group:
    group = Group.start(by=bjorn, name="Rowers of the dawn", is_open=False, is_listed=False)
    group.invite(astrid, by=bjorn)
    return group


def deliver() -> list[mail.EmailMessage]:
    mail.outbox.clear()
    for pk in Notice.objects.values_list("pk", flat=True):
        tasks.mail(notice_id=pk)
        tasks.mail(notice_id=pk)
    return mail.outbox


def test_an_invitation_is_mailed_once_and_names_no_closed_group(invited: Group, astrid: Person) -> None:
    time_passes()
    (message,) = deliver()
    assert message.subject == "Björn Ståhl bjuder in dig till en grupp"
    assert "Rowers" not in message.message().as_string() and "dawn" not in message.body
    assert deliver() == []


def test_what_was_read_meanwhile_is_not_mailed(invited: Group, astrid: Person) -> None:
    time_passes()
    Notice.objects.of(astrid).read()
    assert deliver() == []


def test_quiet_hours_hold_a_mail_back_until_they_are_over(
    invited: Group, astrid: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 27, 20, tzinfo=UTC))
    time_passes()
    job = ProcrastinateJob.objects.filter(task_name="notifications.mail").latest("pk")
    assert job.scheduled_at == local(30, 7)


def test_replies_are_mailed_only_to_those_who_want_it_and_closed_ones_without_their_words(astrid: Person, bjorn: Person) -> None:
    closed = Group.start(by=bjorn, name="Rowers", is_open=False)
    closed.audience.add(astrid)
    asked = Post.publish(by=astrid, kind="question", title="Whose oars?", group=closed)
    Reply.write(by=bjorn, post=asked, body="<p>Mine</p>")
    time_passes()
    assert not ProcrastinateJob.objects.filter(task_name="notifications.mail").exists()
    Choice.objects.create(person=astrid, sort="replies", mail=True)
    Reply.write(by=bjorn, post=asked, body="<p>All of them</p>")
    time_passes()
    assert ProcrastinateJob.objects.filter(task_name="notifications.mail").exists()
    (message,) = deliver()
    assert message.subject == "Det finns något nytt för dig i Träff." and "oars" not in message.message().as_string()


def path_in(message: mail.EmailMessage) -> str:
    return "/mail/stop/" + str(message.extra_headers["List-Unsubscribe"]).strip("<>").split("/mail/stop/")[1]


def test_a_mail_program_stops_them_by_a_bare_post_without_a_session(invited: Group, astrid: Person) -> None:
    time_passes()
    (message,) = deliver()
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path, program = path_in(message), Client(enforce_csrf_checks=True)
    assert path in message.body and StopLink.objects.get().token_hash not in path
    assert program.get(path).status_code == 200 and Hearing.of(astrid).at_once, "a scanner that opens the link stops nothing"
    answer = program.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200 and not Hearing.of(astrid).at_once and Hearing.of(astrid).weekly
    Notice.objects.update(mailed_at=None)
    assert deliver() == []


def test_the_weekly_mail_is_stopped_likewise(astrid: Person) -> None:
    path = f"/mail/stop/{StopLink.issue(astrid, StopLink.Stops.WEEKLY)}/"
    Client().post(path)
    assert not Hearing.of(astrid).weekly and Hearing.of(astrid).at_once


def test_a_link_that_was_revoked_or_of_somebody_who_left_does_nothing(client: Client, astrid: Person, bjorn: Person) -> None:
    mine, theirs = (f"/mail/stop/{StopLink.issue(who, 'weekly')}/" for who in (astrid, bjorn))
    client.force_login(astrid)
    client.post("/me/hearing/links/end/")
    bjorn.leave()
    for path in (mine, theirs, "/mail/stop/made-up/"):
        assert Client().post(path).status_code == 404
    assert not Hearing.objects.exists()


def test_ones_choices_are_kept_and_read_back(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    page = client.get("/me/hearing/").content.decode()
    assert 'name="bell-thanks"' in page and 'name="mail-invitations" id="id_mail-invitations" checked' in page.replace("  ", " ")
    given = {"mail-thanks": "on", "bell-replies": "on", "quiet_from": "20:00", "quiet_until": "06:30", "weekday": "4"}
    assert client.post("/me/hearing/", given).status_code == 302
    chosen = {choice.sort: (choice.bell, choice.mail) for choice in Choice.objects.filter(person=astrid)}
    assert chosen["thanks"] == (True, True) and chosen["replies"] == (True, False) and chosen["invitations"] == (False, False)
    hearing = Hearing.of(astrid)
    assert (hearing.weekday, hearing.weekly, hearing.quiet_until) == (4, False, time(6, 30))


def test_a_form_that_is_not_understood_keeps_nothing(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    answer = client.post("/me/hearing/", {"quiet_from": "soon", "quiet_until": "06:30", "weekday": "4"})
    assert answer.status_code == 200 and not Choice.objects.exists()
