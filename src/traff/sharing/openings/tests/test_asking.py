"""Somebody asks without a name: the owner answers, the asker reads by the key, and steps forward or does not."""

import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Block, Person
from traff.ground.activity import news
from traff.ground.activity.models import Event
from traff.sharing.conversations.models import Conversation
from traff.sharing.openings import pace
from traff.sharing.openings.models import Ask, AskLine, Opening, TooMany
from traff.sharing.openings.tasks import tell_of_asks
from traff.sharing.openings.tests.conftest import browser, offered


@pytest.fixture
def opening(bjorn: Person) -> Opening:
    return offered(bjorn)


@pytest.fixture(autouse=True)
def nobody_has_asked_lately() -> None:
    pace._asked.clear()


def asks(client: Client, opening: Opening, text: str = "Must one be able to weld?", **more: str) -> str:
    """Ask with the form; gives the key of the link that is shown once."""
    page = client.post(f"{opening.get_absolute_url()}question/", {"text": text, **more}).content.decode()
    found = re.search(r"#key=([\w-]+)", page)
    assert found
    return found[1]


def shown(client: Client, key: str) -> str:
    return client.post("/openings/asked/", {"key": key}).content.decode()


def test_a_question_is_answered_and_read_by_the_key(astrid: Person, bjorn: Person, opening: Opening) -> None:
    key = asks(browser(astrid), opening)
    assert "Must one be able to weld?" not in browser(bjorn).get(opening.get_absolute_url()).content.decode(), (
        "not before the hour"
    )
    assert "Must one be able to weld?" in shown(browser(astrid), key)
    tell_of_asks(timestamp=0)
    page = browser(bjorn).get(opening.get_absolute_url()).content.decode()
    assert "Must one be able to weld?" in page
    ask = Ask.objects.visible_to(bjorn).get()
    browser(bjorn).post(f"/openings/asks/{ask.pk}/answer/", {"text": "No, you learn it here"})
    assert "No, you learn it here" in shown(browser(astrid), key)
    browser(astrid).post("/openings/asked/more/", {"key": key, "text": "And on Fridays?"})
    page = browser(bjorn).get(opening.get_absolute_url()).content.decode()
    assert "And on Fridays?" not in page and "Must one be able to weld?" in page
    tell_of_asks(timestamp=0)
    assert "And on Fridays?" in browser(bjorn).get(opening.get_absolute_url()).content.decode()
    assert "Must one be able" not in shown(browser(astrid), key[:-1] + ("a" if key[-1] != "a" else "b"))


def test_what_is_stored_leads_to_nobody(astrid: Person, opening: Opening) -> None:
    key = asks(browser(astrid), opening)
    ask = Ask.objects.unrestricted("test").get()
    fields = {field.name for model in (Ask, AskLine) for field in model._meta.concrete_fields}
    assert fields == {
        "id", "opening", "handle", "key_hash", "on", "says_elsewhere", "is_told", "is_closed", "is_handed_over",
        "stepped_forward", "ask", "number", "is_answer", "text",
    }  # fmt: skip
    assert ask.stepped_forward_id is None
    assert {Ask._meta.pk.get_internal_type(), AskLine._meta.pk.get_internal_type()} == {"UUIDField"}
    assert ask.pk.version == 4
    assert key not in (ask.key_hash, str(ask.pk), ask.handle)
    assert not Event.objects.unrestricted("test").filter(verb="opening.asked").exists()


def test_the_owner_is_told_by_the_hour_and_the_event_knows_neither_who_nor_when(
    astrid: Person, bjorn: Person, opening: Opening
) -> None:
    asks(browser(astrid), opening)
    asks(browser(astrid), opening, "And where?")
    tell_of_asks(timestamp=0)
    tell_of_asks(timestamp=0)
    told = Event.objects.unrestricted("test").get(verb="opening.asked")
    assert told.actor is None
    assert told.audience == Audience.objects.private_to(bjorn)
    from django.utils import timezone

    assert timezone.localtime(told.at).time().isoformat() == "00:00:00"
    assert news.concerned(told) == {bjorn.pk}
    said = news.said(told, bjorn)
    assert said is not None
    assert said.url == f"{opening.get_absolute_url()}#asks"
    assert news.said(told, astrid) is None


def test_in_another_unit_is_said_by_choice_and_only_where_it_hides(
    astrid: Person, cecilia: Person, opening: Opening, house: dict[str, object]
) -> None:
    from traff.ground.organisation.models import Seat
    from traff.sharing.openings.models.asking import sits_elsewhere

    assert not sits_elsewhere(astrid, opening)  # two people sit elsewhere: that would name them
    for n in range(4):
        one = Person.objects.create(handle=f"n{n}", name=f"N {n}")
        Seat.give(one, unit=house["mine"], place=None)  # type: ignore[arg-type]
    asks(browser(astrid), opening, says_elsewhere="on")
    asks(browser(cecilia), opening)
    assert sorted(Ask.objects.unrestricted("test").values_list("says_elsewhere", flat=True)) == [False, True]


def test_the_asker_steps_forward_by_their_own_act(astrid: Person, bjorn: Person, opening: Opening) -> None:
    key = asks(browser(astrid), opening)
    assert "Astrid" not in browser(bjorn).get(opening.get_absolute_url()).content.decode()
    assert not Conversation.objects.visible_to(bjorn).exists()
    answer = browser(astrid).post("/openings/asked/stepping-forward/", {"key": key})
    begun = Conversation.objects.visible_to(bjorn).get()
    assert answer["Location"] == begun.get_absolute_url()
    assert opening.title in browser(bjorn).get(begun.get_absolute_url()).content.decode()
    assert "Astrid Nyman" in browser(bjorn).get(opening.get_absolute_url()).content.decode()


def test_stepping_forward_does_not_cross_a_block(astrid: Person, bjorn: Person, opening: Opening) -> None:
    key = asks(browser(astrid), opening)
    Block.objects.create(blocker=bjorn, blocked=astrid)
    browser(astrid).post("/openings/asked/stepping-forward/", {"key": key})
    assert "Astrid Nyman" not in browser(bjorn).get(opening.get_absolute_url()).content.decode()


def test_nobody_else_answers_closes_or_steps_forward(
    astrid: Person, bjorn: Person, cecilia: Person, albin: Person, opening: Opening
) -> None:
    key = asks(browser(astrid), opening)
    ask = Ask.objects.unrestricted("test").select_related("opening").get()
    for who in (astrid, cecilia, albin):
        for deed in ("answer", "end", "handing-over"):
            assert browser(who).post(f"/openings/asks/{ask.pk}/{deed}/", {"text": "Me!"}).status_code == 404
        for verb in (
            lambda who=who: ask.answer("Me!", by=who),
            lambda who=who: ask.close(by=who),
            lambda who=who: ask.hand_over(by=who),
        ):
            with pytest.raises(PermissionDenied):
                verb()
    assert browser(bjorn).post("/openings/asked/stepping-forward/", {"key": key}).status_code == 404
    assert browser(cecilia).post("/openings/asked/stepping-forward/", {"key": "nothing"}).status_code == 404
    assert browser(bjorn).get(f"{opening.get_absolute_url()}question/").status_code == 404


def test_an_administrator_reads_what_was_handed_over_closes_it_and_learns_no_name(
    astrid: Person, bjorn: Person, cecilia: Person, albin: Person, opening: Opening
) -> None:
    asks(browser(astrid), opening, "A quite ordinary question")
    key = asks(browser(astrid), opening, "Something rude")
    rude = AskLine.objects.unrestricted("test").get(text="Something rude").ask_id
    assert browser(bjorn).post(f"/openings/asks/{rude}/handing-over/").status_code == 404, "nor handed over unread"
    tell_of_asks(timestamp=0)
    assert "rude" not in browser(albin).get("/openings/handed-over/").content.decode()
    browser(bjorn).post(f"/openings/asks/{rude}/handing-over/")
    page = browser(albin).get("/openings/handed-over/").content.decode()
    assert "Something rude" in page
    assert "ordinary" not in page
    assert "Astrid" not in page
    assert browser(cecilia).get("/openings/handed-over/").status_code == 404
    assert "administrat" in shown(browser(astrid), key)
    browser(albin).post(f"/openings/asks/{rude}/end/")
    assert Ask.objects.unrestricted("test").get(pk=rude).is_closed
    browser(astrid).post("/openings/asked/more/", {"key": key, "text": "Another word"})
    assert not AskLine.objects.unrestricted("test").filter(text="Another word").exists()


def test_an_opening_takes_so_many_a_day_and_a_browser_so_many_an_hour(astrid: Person, bjorn: Person, opening: Opening) -> None:
    client = browser(astrid)
    for n in range(pace.MOST):
        asks(client, opening, f"Question {n}")
    refused = client.post(f"{opening.get_absolute_url()}question/", {"text": "One more"}).content.decode()
    assert "One more" in refused  # what was written is still there
    assert "#key=" not in refused
    for n in range(Ask.MOST - pace.MOST):
        Ask.ask(by=astrid, opening=opening, text=f"More {n}")
    with pytest.raises(TooMany):
        Ask.ask(by=astrid, opening=opening, text="Too much")


def test_there_is_nobody_to_ask_of_a_closed_one_or_when_the_owner_has_left(
    astrid: Person, bjorn: Person, opening: Opening
) -> None:
    opening.close(by=bjorn)
    with pytest.raises(PermissionDenied):
        Ask.ask(by=astrid, opening=opening, text="Still?")
    another = offered(bjorn)
    bjorn.leave()
    assert browser(astrid).get(f"{another.get_absolute_url()}question/").status_code == 404


def test_an_unknown_question_is_no_page(astrid: Person) -> None:
    assert browser(astrid).post(f"/openings/asks/{uuid.uuid4()}/answer/", {"text": "?"}).status_code == 404
