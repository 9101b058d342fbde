"""Who reads, saves, wishes and asks about openings is seen by nobody else: on no page, in no command, no log, no row but theirs.

Astrid does it all. Her head of unit, HR, the administrator and the opening's owner walk every address in the URLconf
before and after, and the pages are the same to the byte; new addresses join by standing there. Then every table is compared.
"""

import hashlib
import io
import logging
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests.test_canary import NOT_OURS, addresses, without_nonce
from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Seat
from traff.sharing.content.models import Post
from traff.sharing.openings import pace
from traff.sharing.openings.models import Ask, Opening
from traff.sharing.openings.tasks import tell_of_asks

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ASKED = "Får man ta med en hund?"
PASSING = re.compile(  # what differs by itself while one walks: times, keys of drafts, signed words
    rb"<time.*?</time>|\b\d\d:\d\d\b|[0-9a-f]{8}-[0-9a-f-]{27}|<input type=\"hidden\"[^>]*>"
)


@dataclass(frozen=True)
class Story:
    astrid: Person
    owner: Person
    group: Group
    opening: Opening
    watchers: dict[str, Client]

    def act(self) -> str:
        """Astrid reads, saves, wishes, puts away and asks; gives the key."""
        client, address = signed_in(self.astrid), self.opening.get_absolute_url()
        assert client.get(address).status_code == 200
        assert client.get("/openings/?tab=reaching").status_code == 200
        for deed in ("saving", "putting-away"):
            assert client.post(f"{address}{deed}/", {"next": address}).status_code == 302
        assert client.post("/openings/mine/", {"words": "torque"}).status_code == 302
        page = client.post(f"{address}question/", {"text": ASKED}).content.decode()
        found = re.search(r"#key=([\w-]+)", page)
        assert found
        return found[1]


def signed_in(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=BACKEND)
    return client


@pytest.fixture
def story(astrid: Person, bjorn: Person, albin: Person, house: dict[str, Any]) -> Story:
    head = Person.objects.create(handle="head", name="Bosse Chef", language="en")
    hr = Person.objects.create(handle="hr", name="Hanna Rekrytering", language="en")
    Seat.give(head, unit=house["support"], place=house["Kiruna"])
    Seat.give(hr, unit=house["company"], place=house["Göteborg"])
    group = Group.start(by=bjorn, name="Drills")
    group.join(astrid)
    Post.publish(by=astrid, kind="question", title="How long does the torque last?", body="<p>#drills</p>", group=group)
    said: dict[str, Any] = {
        "building": "A tool",
        "help_needed": "Somebody who reads torque curves",
        "extent": "hours",
        "hours": 2,
    }
    closes = timezone.localdate() + timedelta(days=30)
    opening = Opening.publish(by=bjorn, title="Two hours with torque", group=group, closes_on=closes, **said)
    watchers = {"head": head, "HR": hr, "administrator": albin, "owner": bjorn}
    pace._asked.clear()
    return Story(astrid, bjorn, group, opening, {name: signed_in(person) for name, person in watchers.items()})


def every_address(story: Story) -> Iterator[str]:
    """Every address there is, with what could tell of Astrid in its parameters."""
    posts = list(Post.objects.unrestricted("test").values_list("pk", flat=True))
    values: dict[str, list[Any]] = {
        "pk": posts, "post_id": posts, "opening_id": [story.opening.pk], "wish_id": [1], "slug": [story.group.slug, "drills"],
        "handle": ["astrid", "bjorn"], "sort": ["group"], "name": ["x"], "version": ["1"], "token": ["x" * 32],
        "key": [uuid.UUID(int=1)], "ask_id": [uuid.UUID(int=1)],
    }  # fmt: skip
    for route, names in addresses(get_resolver().url_patterns):
        if route.startswith((*NOT_OURS, "accounts/", "design/")) or "(?P" in route or "logout" in route:
            continue
        paths = [f"/{route}"]
        for name in names:
            known = values.get(name, [1])
            paths = [re.sub(rf"<(\w+:)?{name}>", str(value), path, count=1) for path in paths for value in known]
        yield from paths
    yield from (
        "/?tab=everyone",
        "/search/?q=torque",
        "/people/?q=astrid",
        "/openings/?tab=reaching",
        "/search/complete/?q=torque",
    )


def seen(story: Story) -> dict[tuple[str, str], str]:
    told = {}
    for name, client in story.watchers.items():
        for path in every_address(story):
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            body = PASSING.sub(b"", body)
            told[name, path] = without_nonce(f"{answer.status_code} {body.decode('utf-8', 'replace').lower()}")
    return told


def test_nobody_elses_page_changes_by_a_byte(story: Story) -> None:
    for client in story.watchers.values():  # what a first visit makes, such as somebody's profile
        assert {client.get(path).status_code for path in ("/me/", "/traffar/", "/")} == {200}
    before = seen(story)
    story.act()
    assert seen(story) == before, "until the hour not even the owner's: looking again and again would tell when"
    tell_of_asks(timestamp=0)
    after = seen(story)
    changed = {key for key in before if before[key] != after[key]}
    own = {("owner", story.opening.get_absolute_url()), ("owner", "/openings/mine/")}  # there it says that a question waits
    assert changed == own, f"the owner alone reads the question: {changed}"
    page = after["owner", story.opening.get_absolute_url()]
    assert ASKED.lower() in page
    assert "astrid" not in re.sub(r"<aside.*?</aside>", "", page, flags=re.DOTALL)


def rows() -> dict[str, set[str]]:
    """Every table → a digest of each row."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 (names of our own tables)
            found[table] = {hashlib.sha256(row.encode()).hexdigest() for (row,) in cursor.fetchall()}
    return found


def changed_by(deed: Callable[[], Any]) -> dict[str, int]:
    """Table → rows that came, went or changed."""
    before = rows()
    deed()
    after = rows()
    return {table: len(after[table] ^ before[table]) for table in after if after[table] != before[table]}


def test_reading_leaves_no_row_and_saving_its_own_alone(story: Story) -> None:
    client, address = signed_in(story.astrid), story.opening.get_absolute_url()
    client.get(address)
    assert (
        changed_by(lambda: [client.get(page) for page in (address, "/openings/", "/openings/?tab=reaching", "/openings/mine/")])
        == {}
    )
    assert changed_by(lambda: client.post(f"{address}saving/")) == {"openings_saved": 1}
    assert changed_by(lambda: client.post(f"{address}saving/")) == {}
    assert changed_by(lambda: client.post(f"{address}putting-away/")) == {"openings_putaway": 1}
    assert changed_by(lambda: client.post("/openings/mine/", {"words": "torque"})) == {"openings_wish": 1}
    assert changed_by(lambda: client.post(f"{address}saving/end/")) == {"openings_saved": 1}


def test_asking_leaves_the_question_and_neither_session_pace_event_nor_job(story: Story) -> None:
    client, address = signed_in(story.astrid), story.opening.get_absolute_url()
    client.get(address)
    assert changed_by(lambda: client.get(f"{address}question/")) == {}
    assert changed_by(lambda: client.post(f"{address}question/", {"text": ASKED})) == {"openings_ask": 1, "openings_askline": 1}
    for _n in range(pace.MOST + 2):
        client.post(f"{address}question/", {"text": ASKED})
    assert changed_by(lambda: client.post(f"{address}question/", {"text": ASKED})) == {}, "nor does being too quick"


def test_no_command_tells(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    def said() -> str:
        out = io.StringIO()
        for command, asked in (("search", "torque"), ("who", "torque"), ("similar", "torque")):
            call_command(command, asked, person="bjorn", as_json=True, reason="test", stdout=out)
        call_command("suggest", person="astrid", as_json=True, reason="test", stdout=out)
        return re.sub(r'"score": [-\d.e]+', "", out.getvalue())

    before = said()
    story.act()
    assert said() == before


def test_captured_logs_hold_neither_person_nor_path(
    story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Everything at its most talkative, with faults that name both; no handler's filter stands between."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [handler])
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="django.request")
    story.act()
    client, address = signed_in(story.astrid), story.opening.get_absolute_url()

    def fault(**who: Any) -> None:
        raise ValueError(f"Key (person_id, opening_id)=({story.astrid.pk}, {story.opening.pk}) Astrid Nyman already exists.")

    monkeypatch.setattr("traff.sharing.openings.models.Saved.keep", fault)
    assert client.post(f"{address}saving/").status_code == 500
    assert client.post("/openings/987654/saving/").status_code == 404
    assert client.get(f"{address}saving/").status_code == 405
    logged = out.getvalue()
    assert "A private page was answered with 500 < sharing/openings/views/own.py" in logged
    for word in (
        f"/openings/{story.opening.pk}",
        "/openings/new",
        "/openings/mine",
        "987654",
        "Astrid",
        "astrid",
        "torque",
        "person_id",
        ASKED,
    ):
        assert word not in logged, word


def test_every_address_of_openings_is_marked_private() -> None:
    from traff.sharing.openings.urls import urlpatterns

    assert [pattern.name for pattern in urlpatterns if not getattr(pattern.callback, "is_private", False)] == []


def test_no_private_address_is_counted_or_audited(story: Story, settings: Any) -> None:
    settings.PACE = {"opening_save": 0, "opening_ask": 0, "opening": 0}
    client, address = signed_in(story.astrid), story.opening.get_absolute_url()
    client.get(address)
    assert changed_by(lambda: client.get(address)) == {}
    assert client.post(f"{address}saving/").status_code == 302


def test_nothing_takes_an_opening_and_gives_people(story: Story) -> None:
    """No address of matching takes its id, its page asks nobody, and it is nobody's evidence."""
    from traff.heart.matching.similar import similar
    from traff.heart.matching.who import who

    taking = [route for route, names in addresses(get_resolver().url_patterns) if "opening_id" in names]
    assert all(route.startswith("openings/") for route in taking)
    page = signed_in(story.owner).get(story.opening.get_absolute_url()).content.decode()
    for ranking in ("/knowers", "/beside", "/panel", "/who"):
        assert f'hx-get="{ranking}' not in page
    Opening.publish(
        by=story.owner, title="Zirconium whiskers", building="zirconium whiskers", help_needed="zirconium whiskers", extent="full"
    )
    assert who(story.astrid, "zirconium whiskers") == []
    assert similar(story.astrid, "zirconium whiskers") == []


def test_the_key_alone_shows_the_question(story: Story) -> None:
    key = story.act()
    for name, client in story.watchers.items():
        answer = client.get(f"/openings/asked/?key={key}").content.decode()
        assert ASKED not in answer, f"{name}: never from an address, which logs keep"
        assert (
            ASKED not in client.post("/openings/asked/", {"key": str(Ask.objects.unrestricted("test").get().pk)}).content.decode()
        )
    shown = signed_in(story.astrid).post("/openings/asked/", {"key": key})
    assert ASKED in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
