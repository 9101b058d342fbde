"""What a block, a wall and being signed in for another change of acquaintance, requests and tips."""

from typing import Any

import pytest
from conftest import person
from django.core.exceptions import PermissionDenied
from django.test import Client

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Block, Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.sharing.customers.knowing import approaches_for
from traff.sharing.customers.mine import my_rows
from traff.sharing.customers.models import Acquaintance, Approach, Customer, Introduction, Tip
from traff.sharing.customers.tests.conftest import lived
from traff.sharing.customers.walling import wall
from traff.sharing.customers.whom import surroundings, whom


@pytest.fixture
def asked(astrid: Person, bjorn: Person, mill: Customer) -> Introduction:
    """Astrid has asked Björn, who wants to be asked first."""
    lived(bjorn, mill, asks_first=True)
    return Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="Vad ska jag tänka på?")


@pytest.fixture
def approach(astrid: Person, everyone: Audience, mill: Customer) -> Approach:
    return Approach.begin(by=astrid, customer=mill, text="Vi går dit på måndag.", audience=everyone)


def test_whoever_is_signed_in_for_another_meets_none_of_it(
    client: Client, bjorn: Person, mill: Customer, asked: Introduction, approach: Approach
) -> None:
    lived(bjorn, mill, text="Bara jag läser.", audience=Audience.objects.private_to(bjorn))
    approach.give_tip(by=bjorn, text="Ring före sju.")
    client.force_login(bjorn)
    session = client.session
    session["impersonated"] = bjorn.name
    session.save()
    pages = " ".join(client.get(path).content.decode() for path in ("/", "/introductions/", "/me/", mill.get_absolute_url()))
    assert "Vad ska jag tänka på?" not in pages and "Bara jag läser." not in pages
    bjorn.is_impersonated = True
    assert my_rows(bjorn) == [] and not Tip.objects.visible_to(bjorn).exists()
    assert not Introduction.objects.visible_to(bjorn).exists()
    with pytest.raises(PermissionDenied):
        asked.accept(by=bjorn)
    with pytest.raises(PermissionDenied):
        approach.give_tip(by=bjorn, text="I hans namn.")
    with pytest.raises(PermissionDenied):
        Acquaintance.tell(by=bjorn, of=mill, kind="sold", since=2020, audience=Audience.objects.everyone())


@pytest.mark.parametrize("who_blocks", ["astrid", "bjorn"])
def test_after_a_block_the_request_is_nowhere_and_nobody_is_told(
    client: Client, astrid: Person, bjorn: Person, asked: Introduction, who_blocks: str
) -> None:
    one, other = (astrid, bjorn) if who_blocks == "astrid" else (bjorn, astrid)
    Block.objects.create(blocker=one, blocked=other)
    client.force_login(bjorn)
    assert "Vad ska jag tänka på?" not in client.get("/introductions/").content.decode()
    with pytest.raises(PermissionDenied):
        asked.accept(by=bjorn)


def test_behind_a_new_wall_nothing_is_passed_on(astrid: Person, bjorn: Person, mill: Customer, asked: Introduction) -> None:
    wall(mill, by=None, people=[bjorn])
    with pytest.raises(PermissionDenied):
        Introduction.objects.unrestricted("test").with_people().get(pk=asked.pk).accept(by=bjorn)


def test_who_was_asked_without_a_name_is_not_given_away_elsewhere(astrid: Person, bjorn: Person, mill: Customer) -> None:
    child = Customer(name="Lillåbrukets hamn", external_id="K-18", parent=mill, audience=mill.audience)
    child.save()
    lived(bjorn, child, reach="unnamed")
    Introduction.ask(by=astrid, receiver=None, subject=child, reason="Någon som varit där?")
    lived(bjorn, mill)
    (known,) = whom(astrid, surroundings(astrid, mill)).named
    assert known.person == bjorn and not known.is_asked


def test_a_block_does_not_tell_who_knows_them_without_a_name(
    astrid: Person, bjorn: Person, cecilia: Person, mill: Customer
) -> None:
    lived(bjorn, mill, reach="unnamed")
    before = whom(astrid, surroundings(astrid, mill))
    for other in (bjorn, cecilia):
        Block.objects.create(blocker=astrid, blocked=other)
    assert whom(astrid, surroundings(astrid, mill)) == before and before.unnamed == 1
    Introduction.ask(by=astrid, receiver=None, subject=mill, reason="Vem är det?")
    assert not Introduction.objects.visible_to(bjorn).waiting_for(bjorn).exists()
    assert not Event.objects.unrestricted("test").filter(verb="introduction.asked").exists(), "nobody is told"


def test_who_is_signed_in_for_another_is_not_told_whom_they_have_asked(bjorn: Person, astrid: Person, mill: Customer) -> None:
    lived(bjorn, mill)
    Introduction.ask(by=astrid, receiver=bjorn, subject=mill, reason="Hej")
    assert [known.is_asked for known in whom(astrid, surroundings(astrid, mill)).named] == [True]
    astrid.is_impersonated = True
    assert [known.is_asked for known in whom(astrid, surroundings(astrid, mill)).named] == [False]


def test_what_is_ones_own_gives_no_reason_to_who_is_signed_in(bjorn: Person, mill: Customer, approach: Approach) -> None:
    lived(bjorn, mill, audience=Audience.objects.private_to(bjorn))
    assert approaches_for(bjorn)
    bjorn.is_impersonated = True
    assert approaches_for(bjorn) == []


def test_the_mail_says_nothing_of_what_is_ones_own(bjorn: Person, mill: Customer, approach: Approach) -> None:
    lived(bjorn, mill, kind="dispute", audience=Audience.objects.private_to(bjorn))
    assert approaches_for(bjorn) and approaches_for(bjorn, is_open=True) == []


def test_the_mail_at_once_does_not_say_whom_one_knows(bjorn: Person, mill: Customer, asked: Introduction) -> None:
    event = Event.objects.unrestricted("test").get(verb="introduction.asked")
    told: Any = news.said(event, bjorn)
    assert mill.name in told.text and mill.name not in told.outside


def test_a_tip_after_a_block_stands_and_reaches_nobody(client: Client, astrid: Person, bjorn: Person, approach: Approach) -> None:
    approach.give_tip(by=bjorn, text="Före blocket.")
    Block.objects.create(blocker=astrid, blocked=bjorn)
    approach.give_tip(by=bjorn, text="Efter blocket.")
    assert approach.offer_talk(by=bjorn).talk_path == ""
    assert Tip.objects.visible_to(bjorn).count() == 3 and not Tip.objects.visible_to(astrid).exists()
    assert Tip.objects.visible_to(person("disa", "Disa Ek")).count() == 0
