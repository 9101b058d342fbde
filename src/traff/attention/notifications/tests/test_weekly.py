"""The weekly mail: what stands in it, what never does, and that it comes once."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from traff.attention.following.models import Mute
from traff.attention.notifications import sections, tasks, weekly
from traff.attention.notifications.models import Hearing, Letter, Notice, StopLink
from traff.attention.notifications.tests.told import time_passes
from traff.community.groups.models import Group
from traff.community.people.models import Profile
from traff.community.topics.models import Topic
from traff.ground.accounts import as_person
from traff.ground.accounts.models import Person
from traff.ground.audit.models import AuditRecord
from traff.ground.core import digest
from traff.ground.core.digest import Week
from traff.ground.organisation.models import Place, Seat
from traff.sharing.content.models import Post, Reply

CANARY = "zvartkanarie"
MONDAY = datetime(2026, 11, 23, 7, 11, tzinfo=UTC)  # 08:11 in Kiruna and Göteborg, 09:11 in Tampere


@pytest.fixture
def drills(bjorn: Person, astrid: Person) -> Group:
    group = Group.start(by=bjorn, name="Drills")
    group.join(astrid)
    return group


@pytest.fixture(autouse=True)
def an_address(settings: object) -> Iterator[None]:
    settings.SITE_URL = "https://traff.example.org/"  # type: ignore[attr-defined]
    yield


def sent(person: Person, now: datetime | None = None) -> EmailMessage | None:
    """What this person gets, as it leaves the house."""
    mail.outbox.clear()
    weekly.send(person, now or timezone.now())
    return message_from_bytes(mail.outbox[0].message().as_bytes(), policy=default) if mail.outbox else None


def parts(message: EmailMessage) -> tuple[str, str]:
    text, html = message.iter_parts()
    return text.get_content(), html.get_content()


def test_what_is_new_in_ones_groups_comes_in_two_parts_with_whole_addresses(drills: Group, astrid: Person, bjorn: Person) -> None:
    post = Post.publish(by=bjorn, kind="article", title="A <new> bit", body="<p>It lasts twice as long.</p>", group=drills)
    message = sent(astrid)
    assert message is not None and message["Subject"] == "Din vecka på Träff"
    assert message["To"] == "Astrid Nyman <astrid@example.org>" and message.get_content_type() == "multipart/alternative"
    text, html = parts(message)
    where = f"https://traff.example.org{post.get_absolute_url()}"
    assert "A <new> bit\nBjörn Ståhl · Drills\n" in text and where in text and "It lasts twice as long." in html
    assert "A &lt;new&gt; bit" in html and 'lang="sv"' in html
    assert all(link.startswith("https://traff.example.org/") for link in re.findall(r'href="([^"]*)"', html))


def test_one_reads_it_in_ones_own_language(drills: Group, cecilia: Person, bjorn: Person) -> None:
    drills.join(cecilia)
    Post.publish(by=bjorn, kind="update", body="<p>A new bit</p>", group=drills)
    message = sent(cecilia)
    assert message is not None and message["Subject"] == "Your week on Träff"
    assert "New in your groups" in parts(message)[1] and 'lang="en"' in parts(message)[1]


def test_who_chose_no_language_is_written_to_in_one_they_speak(drills: Group, gosta: Person, bjorn: Person) -> None:
    drills.audience.add(gosta)
    Post.publish(by=bjorn, kind="update", body="<p>A new bit</p>", group=drills)
    Profile.objects.create(person=gosta, languages=["fi", "sv", "en"])
    message = sent(gosta)
    assert message is not None and message["Subject"] == "Din vecka på Träff"


def test_nothing_closed_ever_leaves_by_mail(drills: Group, astrid: Person, bjorn: Person) -> None:
    closed = Group.start(by=bjorn, name=f"Rowers {CANARY}", is_open=False)
    closed.audience.add(astrid)
    asked = Post.publish(by=astrid, kind="question", title=f"{CANARY}?", group=closed)
    Reply.write(by=bjorn, post=asked, body=f"<p>{CANARY}</p>")
    Post.publish(by=bjorn, kind="article", title=CANARY, body=f"<p>{CANARY}</p>", group=closed)
    Post.publish(by=bjorn, kind="update", body="<p>A new bit</p>", group=drills)
    time_passes()
    message = sent(astrid)
    assert message is not None and CANARY not in message.as_string() and not [part for part in parts(message) if CANARY in part]
    assert "En oläst tråd bland notiserna" in parts(message)[0]


def test_what_was_open_and_then_closed_is_not_sent(drills: Group, astrid: Person, bjorn: Person) -> None:
    Post.publish(by=bjorn, kind="update", body="<p>A new bit</p>", group=drills)
    drills.close(by=bjorn)
    assert sent(astrid) is None


def test_sensitive_groups_and_topics_are_never_sent_after_anybody(drills: Group, astrid: Person, bjorn: Person) -> None:
    sober = Group.start(by=bjorn, name="Sober", is_sensitive=True)
    sober.join(astrid)
    Post.publish(by=bjorn, kind="update", body="<p>Tonight</p>", group=sober)
    Post.publish(by=bjorn, kind="update", body="<p>About #burnout</p>", group=drills)
    Topic.objects.filter(name__iexact="burnout").update(is_sensitive=True)
    assert sent(astrid) is None


def test_ones_own_what_one_met_and_what_one_muted_is_not_repeated(
    drills: Group, astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    drills.join(cecilia)
    Post.publish(by=astrid, kind="update", body="<p>My own</p>", group=drills)
    answered = Post.publish(by=bjorn, kind="question", title="Which oil?", group=drills)
    Reply.write(by=astrid, post=answered, body="<p>The thin one</p>")
    Mute.set(astrid, Post.publish(by=bjorn, kind="update", body="<p>Muted thread</p>", group=drills))
    Mute.set(astrid, cecilia)
    Post.publish(by=cecilia, kind="update", body="<p>By a muted colleague</p>", group=drills)
    assert sent(astrid) is None


def test_nothing_to_say_is_no_mail_and_the_week_is_done(astrid: Person, drills: Group, bjorn: Person) -> None:
    assert sent(astrid) is None
    assert Letter.objects.get(person=astrid).sent_at is None
    Post.publish(by=bjorn, kind="update", body="<p>Later</p>", group=drills)
    assert sent(astrid) is None


def test_the_next_mail_begins_where_the_last_one_ended(drills: Group, astrid: Person, bjorn: Person) -> None:
    Post.publish(by=bjorn, kind="article", title="First", body="<p>One</p>", group=drills)
    assert sent(astrid) is not None and sent(astrid) is None
    Letter.objects.update(week="2020-W01")
    assert sent(astrid) is None
    Letter.objects.filter(week="2020-W01").delete()
    Post.publish(by=bjorn, kind="article", title="Second", body="<p>Two</p>", group=drills)
    Letter.objects.update(week="2020-W01")
    message = sent(astrid)
    assert message is not None and "Second" in parts(message)[0] and "First" not in parts(message)[0]


def test_a_crash_while_sending_sends_nobody_twice(
    drills: Group, astrid: Person, bjorn: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Post.publish(by=bjorn, kind="update", body="<p>A new bit</p>", group=drills)

    def crash(*_given: object) -> None:
        raise OSError("the line went dead")

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", crash)
    with pytest.raises(OSError, match="dead"):
        weekly.send(astrid, timezone.now())
    monkeypatch.undo()
    assert Letter.objects.get(person=astrid).sent_at is None
    assert sent(astrid) is None, "it may have arrived: at most once"


def test_a_server_that_is_away_costs_nobody_the_week(drills: Group, astrid: Person, bjorn: Person, settings: object) -> None:
    Post.publish(by=bjorn, kind="update", body="<p>A new bit</p>", group=drills)
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1  # type: ignore[attr-defined]
    with pytest.raises(OSError, match=r"."):
        weekly.send(astrid, timezone.now())
    assert not Letter.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert sent(astrid) is not None


def test_it_comes_on_the_persons_weekday_in_the_morning_of_their_own_place(
    astrid: Person, bjorn: Person, cecilia: Person, gosta: Person, inga: Person
) -> None:
    Hearing.objects.create(person=bjorn, weekday=2)
    Hearing.objects.create(person=cecilia, weekly=False)
    assert set(weekly.due(MONDAY)) == {astrid.pk, gosta.pk}
    assert set(weekly.due(MONDAY.replace(hour=4))) == set() == set(weekly.due(MONDAY.replace(hour=13)))
    assert set(weekly.due(MONDAY + timedelta(days=2))) == {bjorn.pk}
    weekly.send(astrid, MONDAY)
    assert set(weekly.due(MONDAY + timedelta(hours=1))) == {gosta.pk}


def test_the_morning_is_the_morning_also_when_the_clocks_change(astrid: Person, bjorn: Person) -> None:
    """The Mondays before and after summer time ends: seven is five o'clock UTC, then six; in New York eleven both times."""
    Seat.give(bjorn, unit=None, place=Place.objects.create(name="Troy", timezone="America/New_York"))
    first_hours = {}
    for monday in (datetime(2026, 10, 19, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC)):
        hours = [monday + timedelta(hours=hour) for hour in range(30)]
        first_hours[monday.day] = [next(at.hour for at in hours if who.pk in weekly.due(at)) for who in (astrid, bjorn)]
    assert first_hours == {19: [5, 11], 26: [6, 11]}


def test_the_hour_asks_little_of_the_database_however_many_are_due(
    astrid: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    people = [Person(handle=f"p{n}", name=f"P {n}", email=f"p{n}@example.org") for n in range(50)]
    Person.objects.bulk_create(people)
    with django_assert_max_num_queries(4):
        assert len(weekly.due(MONDAY)) == 51
    tasks.send_weekly(int(MONDAY.timestamp()))
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.write_weekly")
    assert jobs.count() == 51 and {job.priority for job in jobs} == {-10}, "behind all that somebody waits for"


def test_what_is_found_for_the_mail_is_looked_for_once(
    drills: Group, astrid: Person, bjorn: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Post.publish(by=bjorn, kind="update", body="<p>A new bit</p>", group=drills)
    looks: list[Week] = []
    monkeypatch.setattr(digest, "_finders", [(1, lambda week: looks.append(week) or sections.in_groups(week))])
    message = sent(astrid)
    assert message is not None and all("A new bit" in part for part in parts(message))
    assert len(looks) == 1


def test_the_worker_sends_it(drills: Group, astrid: Person, bjorn: Person) -> None:
    Post.publish(by=bjorn, kind="update", body="<p>A new bit</p>", group=drills)
    mail.outbox.clear()
    for _twice in range(2):
        tasks.write_weekly(person_id=astrid.pk, at=int(timezone.now().timestamp()))
    assert [message.to for message in mail.outbox] == [["Astrid Nyman <astrid@example.org>"]]
    assert Notice.objects.count() == 0


def test_an_operator_sees_it_without_sending_or_marking_anything(
    drills: Group, astrid: Person, bjorn: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Post.publish(by=bjorn, kind="article", title="A new bit", body="<p>Long</p>", group=drills)
    out, beside = StringIO(), StringIO()
    call_command("weekly_mail", "--for", "astrid", stdout=out, stderr=beside)
    assert "Openings are never shown" in beside.getvalue(), "what the true mail may have and this has not"
    assert "A new bit" in out.getvalue() and not mail.outbox and not Letter.objects.exists() and not StopLink.objects.exists()
    monkeypatch.setattr(as_person, "SCRATCH", ("nothing",))
    with pytest.raises(CommandError, match="Say why"):
        call_command("weekly_mail", "--for", "astrid", stdout=out)
    call_command("weekly_mail", "--for", "astrid", "--reason", "She says none comes", stdout=out)
    assert AuditRecord.objects.filter(verb="command.as", subject_id=astrid.pk).count() == 1
