"""What one has lived through with a customer: told, read by whom one chose, and asked about as one chose."""

from datetime import timedelta
from typing import Any

import pytest
from conftest import person
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from traff.community.groups.models import Group
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Block, Person
from traff.sharing.content.models import Post
from traff.sharing.conversations.models import Conversation
from traff.sharing.customers.models import Acquaintance, CannotAsk, Customer, Introduction
from traff.sharing.customers.tests.conftest import lived
from traff.sharing.customers.whom import said, surroundings, whom


def names(asker: Person, customer: Customer) -> list[str]:
    return [known.person.handle for known in whom(asker, surroundings(asker, customer)).named]


def test_bjorn_tells_in_one_form_and_astrid_meets_it_on_the_page(
    client: Client, astrid: Person, bjorn: Person, mill: Customer
) -> None:
    client.force_login(bjorn)
    said = {"kind": "worked", "since": "2011", "until": "2015", "text": "Ugnen vet jag.", "audience": "", "reach": "named"}
    answer = client.post(f"/customers/{mill.pk}/acquaintance/", said)
    assert answer.status_code == 302 and answer["Location"] == mill.get_absolute_url()
    client.force_login(astrid)
    page = client.get(mill.get_absolute_url()).content.decode()
    assert "Björn Ståhl" in page and "Ugnen vet jag." in page and "2011–15" in page
    assert names(astrid, mill) == ["bjorn"]


def test_a_year_that_cannot_be_is_told_apart(client: Client, bjorn: Person, mill: Customer) -> None:
    client.force_login(bjorn)
    said = {"kind": "worked", "since": "2020", "until": "2015", "audience": "", "reach": "named"}
    assert "until" in client.post(f"/customers/{mill.pk}/acquaintance/", said).context["form"].errors
    assert "since" in client.post(f"/customers/{mill.pk}/acquaintance/", {**said, "since": "20200"}).context["form"].errors
    assert not Acquaintance.objects.visible_to(bjorn).exists()


def test_the_sentence_has_readers_of_its_own(astrid: Person, bjorn: Person, cecilia: Person, mill: Customer) -> None:
    """Reach is another choice: Astrid may ask, and does not read."""
    group = Group.start(by=bjorn, name="Bruket", is_open=False)
    group.audience.add(cecilia)
    row = lived(bjorn, mill, text="De betalar sent", audience=group.audience)
    assert row.seen_by(cecilia) and row.seen_by(bjorn) and not row.seen_by(astrid)
    assert set(row.readers()) == {bjorn, cecilia}
    assert names(astrid, mill) == ["bjorn"]


def test_without_ones_name_nobody_else_sees_the_row(client: Client, astrid: Person, bjorn: Person, mill: Customer) -> None:
    row = lived(bjorn, mill, text="Jag minns deras pumpar", reach="unnamed")
    assert row.seen_by(bjorn) and not row.seen_by(astrid) and set(row.readers()) == {bjorn}
    client.force_login(astrid)
    pages = [
        client.get(path).content.decode()
        for path in (mill.get_absolute_url(), bjorn.get_absolute_url(), f"/customers/{mill.pk}/ask/")
    ]
    assert "pumpar" not in " ".join(pages) and "Björn" not in pages[0] + pages[2]


@pytest.mark.parametrize(("many", "number"), [(1, False), (2, False), (3, True)])
def test_under_three_no_number_is_said(
    client: Client, astrid: Person, house: dict[str, Any], mill: Customer, many: int, number: bool
) -> None:
    for n in range(many):
        lived(person(f"quiet{n}", f"Quiet {n}"), mill, reach="unnamed")
    found = whom(astrid, surroundings(astrid, mill))
    assert found.unnamed == many and ("3" in said(found.unnamed)) == number and not found.named
    astrid.language = "en"
    astrid.save()
    client.force_login(astrid)
    page = client.get(mill.get_absolute_url()).content.decode()
    assert ("Colleagues can be asked" in page) != number
    assert (f"{many} colleagues can be asked" in page) == number


def test_not_at_all_is_not_asked(astrid: Person, bjorn: Person, mill: Customer) -> None:
    lived(bjorn, mill, reach="none")
    assert names(astrid, mill) == [] and whom(astrid, surroundings(astrid, mill)).unnamed == 0
    with pytest.raises(CannotAsk):
        Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="?")


def test_only_people_who_are_here_and_not_parted(
    astrid: Person, bjorn: Person, cecilia: Person, preben: Person, mill: Customer
) -> None:
    for who in (bjorn, cecilia, preben):
        lived(who, mill)
    assert set(names(astrid, mill)) == {"bjorn", "cecilia"}
    Block.objects.create(blocker=bjorn, blocked=astrid)
    assert names(astrid, mill) == ["cecilia"]
    cecilia.leave()
    assert names(astrid, mill) == []
    assert not Acquaintance.objects.visible_to(astrid).of(preben).exists()  # protected: in no list, by no sentence


def test_fresh_service_comes_before_an_old_sale_and_before_who_knows_everybody(
    astrid: Person, bjorn: Person, cecilia: Person, albin: Person, mill: Customer
) -> None:
    now = timezone.localdate().year
    lived(bjorn, mill, kind="sold", since=2008, until=2010)
    lived(cecilia, mill, kind="serviced", since=now - 1)
    lived(albin, mill, kind="serviced", since=now - 1)
    for n in range(9):
        other = Customer(name=f"Kund {n}", audience=Audience.objects.everyone())
        other.save()
        lived(albin, other, kind="sold", since=now)
    assert names(astrid, mill) == ["cecilia", "albin", "bjorn"]


def test_the_reason_says_what_was_lived_and_written(astrid: Person, bjorn: Person, mill: Customer) -> None:
    lived(bjorn, mill, kind="delivered", since=2021, until=2023)
    Post.publish(by=bjorn, kind="update", body="<p>Lillåbrukets panna går igen.</p>")
    group = Group.start(by=bjorn, name="Slutet", is_open=False)
    Post.publish(by=bjorn, kind="update", body="<p>Lillåbruket i slutna kretsar.</p>", group=group)
    (known,) = whom(astrid, surroundings(astrid, mill)).named
    assert known.notes == 1, "what the asker cannot open is no evidence, and no count"
    assert known.reason.startswith("delivered to them 2021–23; wrote one note, ")


def test_a_child_of_the_customer_is_near(astrid: Person, bjorn: Person, cecilia: Person, mill: Customer) -> None:
    child = Customer(name="Lillå Energi", parent=mill, audience=Audience.objects.everyone())
    child.save()
    lived(bjorn, child, since=2020)
    lived(cecilia, mill, since=2020)
    assert names(astrid, mill) == ["cecilia", "bjorn"] and names(astrid, child) == ["bjorn", "cecilia"]
    assert "(Lillå Energi)" in whom(astrid, surroundings(astrid, mill)).named[1].reason


def test_guests_and_strangers_to_a_row_change_nothing(
    client: Client, astrid: Person, bjorn: Person, gosta: Person, mill: Customer
) -> None:
    row = lived(bjorn, mill)
    with pytest.raises(PermissionDenied):
        lived(gosta, mill)
    with pytest.raises(PermissionDenied):
        row.take_back(by=astrid)
    client.force_login(astrid)
    said = {"kind": "sold", "since": "2020", "audience": "", "reach": "named"}
    assert client.post(f"/acquaintances/{row.pk}/", said).status_code == 404
    assert client.post(f"/acquaintances/{row.pk}/removal/").status_code == 404
    client.force_login(gosta)
    assert client.get(mill.get_absolute_url()).status_code == 404
    assert client.get("/acquaintances/").status_code == 404


def test_what_was_told_is_changed_and_taken_back(client: Client, bjorn: Person, mill: Customer) -> None:
    row = lived(bjorn, mill)
    client.force_login(bjorn)
    said = {
        "kind": "sold",
        "since": "2020",
        "until": "2021",
        "text": "Kort",
        "audience": "only-me",
        "reach": "none",
        "asks_first": "on",
    }
    client.post(f"/acquaintances/{row.pk}/", said)
    row.refresh_from_db()
    assert (row.kind, row.until, row.reach, row.asks_first, row.audience.owner_id) == ("sold", 2021, "none", True, bjorn.pk)
    assert "only-me" in client.get(f"/acquaintances/{row.pk}/").content.decode()
    client.post(f"/acquaintances/{row.pk}/removal/")
    assert not Acquaintance.objects.visible_to(bjorn).exists()


# Asking ---------------------------------------------------------------------------------------------------------------


def test_who_said_ask_me_first_accepts_before_anything_passes_on(
    client: Client, astrid: Person, bjorn: Person, mill: Customer
) -> None:
    lived(bjorn, mill, asks_first=True)
    client.force_login(astrid)
    client.post(f"/customers/{mill.pk}/ask/", {"person": "bjorn", "reason": "Vem bestämmer om pannan?"})
    asked = Introduction.objects.visible_to(astrid).get()
    assert asked.accepted_at is None and asked.talk_path == "" and not Conversation.objects.visible_to(bjorn).exists()
    client.force_login(bjorn)
    assert "Vem bestämmer om pannan?" in client.get("/introductions/").content.decode()
    client.post(f"/introductions/{asked.pk}/acceptance/")
    asked.refresh_from_db()
    assert asked.accepted_at
    talk = Conversation.objects.visible_to(astrid).get()
    assert asked.talk_path == talk.get_absolute_url() and set(talk.people()) == {astrid, bjorn}
    page = client.get(asked.talk_path).content.decode()
    assert "Lillåbruket" in page and "Vem bestämmer om pannan?" in page, "the reason stands in it, and the question first"


def test_everyone_else_is_simply_reached(astrid: Person, bjorn: Person, mill: Customer) -> None:
    lived(bjorn, mill)
    asked = Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="Hej")
    assert asked.accepted_at and asked.talk_path == Conversation.objects.visible_to(bjorn).get().get_absolute_url()


def test_declining_is_silent_and_costs_nothing(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, mill: Customer
) -> None:
    """The asker's page is the same to the byte whether somebody declined or has not looked yet."""
    lived(bjorn, mill, asks_first=True)
    asked = Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="Hej")
    client.force_login(astrid)
    before = [without_tokens(client.get(path).content.decode()) for path in ("/introductions/", mill.get_absolute_url())]
    asker = Client()
    asker.force_login(bjorn)
    asker.post(f"/introductions/{asked.pk}/decline/")
    after = [without_tokens(client.get(path).content.decode()) for path in ("/introductions/", mill.get_absolute_url())]
    assert before == after
    with pytest.raises(PermissionDenied):
        asked.accept(by=bjorn)
    with pytest.raises(CannotAsk):
        Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="Igen")
    assert names(cecilia, mill) == ["bjorn"], "others may still ask"


def without_tokens(page: str) -> str:
    import re

    return re.sub(r"(nonce[-=]['\"]?|csrfmiddlewaretoken\" value=\"|X-CSRFToken[^a-zA-Z0-9]+)[\w+/=-]+", r"\1", page)


def test_a_request_runs_out_quietly(client: Client, astrid: Person, bjorn: Person, mill: Customer) -> None:
    lived(bjorn, mill, asks_first=True)
    asked = Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="Hej")
    Introduction.objects.unrestricted("two weeks pass").update(asked_at=timezone.now() - timedelta(days=15))
    asked.refresh_from_db()
    assert asked.has_run_out and not Introduction.objects.visible_to(bjorn).waiting_for(bjorn).exists()
    with pytest.raises(PermissionDenied):
        asked.accept(by=bjorn)


def test_through_traff_no_name_is_shown_before_a_yes(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person, mill: Customer
) -> None:
    lived(bjorn, mill, reach="unnamed")
    client.force_login(astrid)
    refused = client.post(f"/customers/{mill.pk}/ask/", {"person": "bjorn", "reason": "Är det du?"})
    other = client.post(f"/customers/{mill.pk}/ask/", {"person": "cecilia", "reason": "Är det du?"})
    assert refused.status_code == other.status_code == 422, "who knows them and who does not are refused alike"
    assert "Är det du?" in refused.content.decode()
    assert not Introduction.objects.visible_to(astrid).exists(), "by name he cannot be asked"
    client.post(f"/customers/{mill.pk}/ask/", {"reason": "Hur är de?"})
    asked = Introduction.objects.visible_to(astrid).with_people().get()
    assert asked.receiver == bjorn and asked.shown_receiver is None
    assert "Björn" not in client.get("/introductions/").content.decode()
    asked.accept(by=bjorn)
    assert "Björn" in client.get("/introductions/").content.decode()


def test_three_requests_a_week_are_enough(
    astrid: Person, bjorn: Person, cecilia: Person, albin: Person, mill: Customer, house: dict[str, Any]
) -> None:
    lived(bjorn, mill)
    for asker in (cecilia, albin, person("fourth", "Fjärde")):
        Introduction.ask(by=asker, receiver=bjorn, subject=mill, reason="Hej")
    assert names(astrid, mill) == []
    with pytest.raises(CannotAsk):
        Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="Hej")
    Introduction.objects.unrestricted("a week passes").update(asked_at=timezone.now() - timedelta(days=8))
    assert names(astrid, mill) == ["bjorn"]


def test_only_the_asked_answers(client: Client, astrid: Person, bjorn: Person, cecilia: Person, mill: Customer) -> None:
    lived(bjorn, mill, asks_first=True)
    asked = Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="Hej")
    for who, status in ((cecilia, 404), (astrid, 404)):
        client.force_login(who)
        assert client.post(f"/introductions/{asked.pk}/acceptance/").status_code == status
        assert client.post(f"/introductions/{asked.pk}/decline/").status_code == status
    asked.refresh_from_db()
    assert asked.accepted_at is None and asked.declined_at is None
