"""What home shows of all that fits: few, each with its reason, and the same on the command line."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from traff.ground.accounts import as_person
from traff.ground.accounts.models import Moment, Person
from traff.ground.audit.models import AuditRecord
from traff.ground.organisation.models import Place, Unit
from traff.heart.matching.models import Looked, Suggestion
from traff.heart.matching.suggest import SHOWN, is_due, look_for, standing_for, suggest_for
from traff.heart.matching.tests.told import GLYCOL, ICE, ICE_TOO, QUESTION, article, case, circle, colleague, everyday, question
from traff.sharing.content.models import Reply


@pytest.fixture(autouse=True)
def a_house_where_people_write(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    """Astrid asks about valves and listens to ice; Björn has been there with both."""
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)
    question(astrid)
    case(bjorn)


def ask(name: str, *arguments: str, **options: Any) -> list[dict[str, Any]]:
    out = StringIO()
    call_command(name, *arguments, stdout=out, as_json=True, **options)
    return json.loads(out.getvalue())


def test_home_shows_one_for_ones_question_and_the_rest_strangers(client: Client, astrid: Person, bjorn: Person) -> None:
    article(bjorn, "Listening to the lake", ICE_TOO)
    for name in ("disa", "evert", "frida"):
        unit, place = Unit.create(name=f"Unit of {name}"), Place.objects.create(name=f"Place of {name}")
        article(colleague(name, unit=unit, place=place), f"Ice by {name}", ICE_TOO)
    shown = suggest_for(astrid)
    assert len(shown) == SHOWN
    assert shown[0].post["title"] == "A glycol loop for frozen valves"
    assert len({meeting.face.id for meeting in shown}) == SHOWN, "no author twice"
    assert all(meeting.reasons and meeting.lead and meeting.feedback_url for meeting in shown)
    client.force_login(astrid)
    html = client.get("/").content.decode()
    assert all(meeting.post["title"] in html for meeting in shown)


def test_what_home_showed_is_remembered_once(astrid: Person) -> None:
    suggest_for(astrid)
    (row,) = Suggestion.objects.visible_to(astrid)
    assert row.shown_at and row.moment == Moment.REUSE
    first = row.shown_at
    standing_for(astrid)
    row.refresh_from_db()
    assert row.shown_at == first


def test_home_looks_again_beside_the_page_when_it_is_time(client: Client, astrid: Person, gosta: Person) -> None:
    client.force_login(astrid)
    assert is_due(astrid) and 'hx-get="/traffar/"' in client.get("/").content.decode()
    assert "A glycol loop" in client.get("/traffar/", headers={"HX-Request": "true"}).content.decode()
    assert not is_due(astrid)
    html = client.get("/").content.decode()
    assert 'hx-get="/traffar/"' not in html and "A glycol loop" in html
    client.force_login(gosta)
    assert "A glycol loop" not in client.get("/traffar/").content.decode()
    assert "/traffar/" not in client.get("/").content.decode()


def test_what_stands_is_first_in_the_page_and_is_not_moved_by_what_is_found(
    client: Client, astrid: Person, bjorn: Person
) -> None:
    client.force_login(astrid)
    suggest_for(astrid)
    Looked.objects.update(at=timezone.now() - timedelta(hours=7))
    html = client.get("/").content.decode()
    assert html.index("A glycol loop") < html.index('class="tabs"')
    assert 'hx-get="/traffar/?beside=1"' in html and 'hx-swap="none"' in html
    article(bjorn, "Listening to the lake", ICE_TOO)
    answer = client.get("/traffar/?beside=1", headers={"HX-Request": "true"})
    assert answer.status_code == 204 and not is_due(astrid)
    unseen = Suggestion.objects.visible_to(astrid).filter(shown_at=None)
    assert unseen.exists(), "what nobody has seen is not marked as shown"
    assert "beside=1" not in client.get("/").content.decode()


def test_without_javascript_it_is_a_page_of_its_own(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    html = client.get("/traffar/").content.decode()
    assert "<html" in html and "A glycol loop" in html
    assert "<noscript>" in client.get("/").content.decode() or not is_due(astrid)


def test_adding_closed_content_leaves_everything_offered_identical(
    astrid: Person, bjorn: Person, cecilia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(bjorn, "Listening to the lake", ICE_TOO)
    article(cecilia, "Glycol in general", GLYCOL)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    closed = circle(bjorn, cecilia)

    def answers() -> dict[str, Any]:
        suggest_for(astrid)
        lines = {name: ask(name, QUESTION, person="astrid") for name in ("who", "similar", "search")}
        return lines | {"suggest": ask("suggest", person="astrid"), "home": _without_numbers(suggest_for(astrid))}

    before = answers()
    assert all(before.values())
    for number in range(3):
        inside = case(cecilia, f"Closed glycol {number}", f"{GLYCOL} {ICE}", group=closed)
        Reply.write(by=bjorn, post=inside, body=f"<p>{QUESTION} {ICE_TOO}</p>")
    question(cecilia, "Closed valves", group=closed)
    suggest_for(cecilia)
    suggest_for(bjorn)
    assert answers() == before


def _without_numbers(shown: list[Any]) -> list[Any]:
    return [(one.face, one.post, one.score, one.reasons, one.sentence, one.boundary, one.lead) for one in shown]


@pytest.mark.parametrize("name", ["who", "similar", "search", "suggest"])
def test_commands_give_objects_with_reasons_and_evidence(astrid: Person, name: str) -> None:
    answers = ask(name, person="astrid") if name == "suggest" else ask(name, QUESTION, person="astrid")
    assert isinstance(answers, list) and answers
    for answer in answers:
        assert isinstance(answer["score"], float) and answer["title"] and answer["path"].startswith("/")
        assert isinstance(answer["reasons"], list) and answer["reasons"]
        assert isinstance(answer["evidence"], list) and answer["evidence"]
        assert all(set(piece) == {"title", "path", "date", "text"} for piece in answer["evidence"])


def test_the_command_shows_what_home_would(astrid: Person) -> None:
    answers = ask("suggest", person="astrid")
    assert Suggestion.objects.visible_to(astrid).get().shown_at is None, "the person has seen nothing"
    assert [answer["title"] for answer in answers] == [meeting.post["title"] for meeting in standing_for(astrid)]
    assert answers[0]["moment"] == "reuse"


@pytest.mark.parametrize("name", ["who", "similar", "search", "suggest"])
def test_outside_demo_and_scratch_the_person_reads_who_asked(
    client: Client, astrid: Person, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_person, "SCRATCH", ("nothing",))
    text = [] if name == "suggest" else [QUESTION]
    with pytest.raises(CommandError, match="Say why"):
        ask(name, *text, person="astrid")
    assert not AuditRecord.objects.about("person", astrid.pk).exists()
    assert ask(name, *text, person="astrid", reason="Astrid bad om hjälp med sökningen")
    assert AuditRecord.objects.about("person", astrid.pk).count() == 1
    client.force_login(astrid)
    html = client.get("/me/").content.decode()
    assert "Astrid bad om hjälp med sökningen" in html
    assert "glycol" not in html.lower()


def test_the_command_reads_with_the_persons_own_eyes(astrid: Person, bjorn: Person) -> None:
    case(bjorn, "Closed loops", GLYCOL, group=circle(bjorn))
    assert "Closed loops" not in json.dumps([ask("suggest", person="astrid"), ask("similar", QUESTION, person="astrid")])
    look_for(astrid)
    assert len(Suggestion.objects.unrestricted("test").filter(receiver=astrid)) == 1
