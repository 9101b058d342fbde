"""Somebody offers something: who reads it, who changes it, how it ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.activity.models import Event
from traff.ground.search.models import Entry
from traff.ground.search.searching import search
from traff.sharing.openings.models import Opening, Outcome
from traff.sharing.openings.tasks import close_past
from traff.sharing.openings.tests.conftest import browser, offered

SAID = {
    "title": "A mentor for somebody new to welding",
    "building": "A course",
    "help_needed": "Patience",
    "extent": "mentor",
    "languages": ["sv"],
    "topics": "welding, #steel",
    "where": "drills",
}


def deeds(opening: Opening) -> list[str]:
    told = Event.objects.unrestricted("test").filter(subject_kind="opening", subject_id=opening.pk).order_by("pk")
    return list(told.values_list("verb", flat=True))


def test_cecilia_publishes_in_her_group_with_a_form(cecilia: Person, drills: Group) -> None:
    closes = timezone.localdate() + timedelta(days=14)
    answer = browser(cecilia).post("/openings/new/", {**SAID, "closes_on": closes.isoformat()})
    opening = Opening.objects.visible_to(cecilia).get()
    assert answer["Location"] == opening.get_absolute_url()
    assert (opening.group_id, opening.audience_id, opening.closes_on) == (drills.pk, drills.audience_id, closes)
    assert {topic.name for topic in opening.topics.all()} == {"welding", "steel"}
    assert deeds(opening) == ["opening.published"]


def test_a_form_with_something_missing_keeps_what_was_written(cecilia: Person) -> None:
    answer = browser(cecilia).post("/openings/new/", {**SAID, "where": "", "title": "", "closes_on": "2020-01-01"})
    assert "Patience" in answer.content.decode()
    assert answer.content.decode().count("field-wrong") == 2
    assert not Opening.objects.unrestricted("test").exists()


def test_nobody_publishes_where_they_do_not_write(cecilia: Person, bjorn: Person, gosta: Person) -> None:
    closed = Group.start(by=cecilia, name="Rowers", is_open=False)
    for who, group in ((bjorn, closed), (gosta, None)):
        with pytest.raises(PermissionDenied):
            offered(who, group=group)
    assert browser(gosta).get("/openings/new/").status_code == 404


def test_what_was_written_waits_for_whoever_was_signed_out(cecilia: Person, bjorn: Person) -> None:
    from traff.ground.accounts.unsent import writer_of

    client: Client = browser()
    sent = client.post("/openings/new/", {**SAID, "where": "", "writer": writer_of(cecilia)})
    assert sent["Location"].startswith("/accounts/login/")
    client.force_login(bjorn)
    assert "Patience" not in client.get("/openings/new/").content.decode()
    client = browser()
    client.post("/openings/new/", {**SAID, "where": "", "writer": writer_of(cecilia)})
    client.force_login(cecilia)
    page = client.get("/openings/new/").content.decode()
    assert "Patience" in page
    assert "Nobody has got it" in page


def test_a_form_of_one_is_not_sent_in_anothers_name(cecilia: Person, bjorn: Person) -> None:
    from traff.ground.accounts.unsent import writer_of

    sent = browser(bjorn).post("/openings/new/", {**SAID, "where": "", "writer": writer_of(cecilia)})
    assert sent.status_code == 403 and not Opening.objects.visible_to(bjorn).exists()


def test_a_closed_groups_opening_is_there_for_its_members_alone(cecilia: Person, bjorn: Person, gosta: Person) -> None:
    closed = Group.start(by=cecilia, name="Rowers", is_open=False)
    opening = offered(cecilia, "Oars wanted", group=closed)
    assert browser(cecilia).get(opening.get_absolute_url()).status_code == 200
    for outsider in (bjorn, gosta):
        client = browser(outsider)
        assert client.get(opening.get_absolute_url()).status_code == 404
        assert "Oars" not in client.get("/openings/").content.decode()
        for deed in ("saving", "saving/end", "putting-away", "question", "closing", "withdrawal", "edit"):
            assert client.post(f"{opening.get_absolute_url()}{deed}/").status_code == 404, deed


def test_only_the_owner_changes_and_closes(cecilia: Person, bjorn: Person, drills: Group) -> None:
    opening = offered(cecilia, group=drills)
    for deed in ("edit", "closing", "withdrawal"):
        assert browser(bjorn).post(f"{opening.get_absolute_url()}{deed}/", SAID).status_code == 404
    for deed in (
        lambda: opening.edit(by=bjorn, title="Mine"),
        lambda: opening.close(by=bjorn),
        lambda: opening.withdraw(by=bjorn),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    closes = timezone.localdate().isoformat()
    browser(cecilia).post(f"{opening.get_absolute_url()}edit/", {**SAID, "title": "Another title", "closes_on": closes})
    opening.refresh_from_db()
    assert opening.title == "Another title"
    assert opening.edited_at


def test_a_steward_withdraws_what_does_not_belong_in_the_group(cecilia: Person, bjorn: Person, drills: Group) -> None:
    drills.join(bjorn)
    opening = offered(bjorn, group=drills)
    assert "Withdraw it from the group" in browser(cecilia).get(opening.get_absolute_url()).content.decode()
    browser(cecilia).post(f"{opening.get_absolute_url()}withdrawal/")
    assert browser(bjorn).get(opening.get_absolute_url()).status_code == 404
    assert deeds(opening) == []
    assert not Entry.objects.unrestricted("test").filter(kind="opening").exists()


def test_closing_asks_and_the_answer_stands_beside_nobody(cecilia: Person) -> None:
    opening = offered(cecilia)
    assert "Found someone from another unit" in browser(cecilia).get(opening.get_absolute_url()).content.decode()
    browser(cecilia).post(f"{opening.get_absolute_url()}closing/", {"answer": "elsewhere"})
    browser(cecilia).post(f"{opening.get_absolute_url()}closing/", {"answer": "found"})  # once is enough
    opening.refresh_from_db()
    assert not opening.is_standing
    assert deeds(opening) == ["opening.published", "opening.closed"]
    assert list(Outcome.objects.values_list("answer", "times")) == [("elsewhere", 1)]
    assert {field.name for field in Outcome._meta.get_fields()} == {"id", "month", "answer", "times"}
    assert Outcome.figures() == {}  # one answer is somebody's answer
    for _n in range(4):
        Outcome.count("no")
    assert [sum(told.values()) for told in Outcome.figures().values()] == [5]


def test_past_its_day_it_closes_quietly_and_asks_its_owner_once(cecilia: Person, bjorn: Person) -> None:
    opening = offered(cecilia)
    Opening.objects.unrestricted("test").update(closes_on=timezone.localdate() - timedelta(days=1))
    opening.refresh_from_db()
    assert not opening.is_standing
    close_past(timestamp=0)
    close_past(timestamp=0)
    assert deeds(opening) == ["opening.published", "opening.lapsed"]
    asked = Event.objects.visible_to(cecilia).get(verb="opening.lapsed")
    assert not Event.objects.visible_to(bjorn).filter(verb="opening.lapsed").exists()
    from traff.ground.activity import news

    assert news.concerned(asked) == {cecilia.pk}
    told = news.said(asked, cecilia)
    assert told is not None
    assert "Did you find someone?" in told.text
    assert news.said(asked, bjorn) is None
    opening.refresh_from_db()
    opening.close(by=cecilia, answer="no")
    assert news.said(asked, cecilia) is None


def test_it_is_found_while_it_stands_and_never_as_evidence(cecilia: Person, bjorn: Person) -> None:
    opening = offered(cecilia, "Torque curves for beginners")
    entry = Entry.objects.unrestricted("test").get(kind="opening")
    assert not entry.is_evidence
    assert not entry.authored.unrestricted("test").exists()
    assert [hit.entry.subject_id for hit in search(bjorn, "torque").hits] == [opening.pk]
    assert opening.get_absolute_url() in browser(bjorn).get("/search/?q=torque").content.decode()
    opening.close(by=cecilia)
    assert search(bjorn, "torque").hits == []


def test_the_list_is_narrowed_and_newest_first(cecilia: Person, bjorn: Person, house: dict[str, Any]) -> None:
    offered(cecilia, "Alpha", place=house["Kiruna"])
    offered(cecilia, "Beta", extent="full", hours=None, is_remote=True)
    page = browser(bjorn).get("/openings/").content.decode()
    assert page.index("Beta") < page.index("Alpha")
    for query, shown, hidden in (
        ("extent=full", "Beta", "Alpha"),
        (f"place={house['Kiruna'].pk}", "Alpha", "Beta"),
        ("remote=on", "Beta", "Alpha"),
    ):
        page = browser(bjorn).get(f"/openings/?{query}").content.decode()
        assert (shown in page, hidden in page) == (True, False), query
