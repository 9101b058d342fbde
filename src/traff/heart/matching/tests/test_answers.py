"""What its receiver says of a suggestion does what it says, at once, and is nobody else's business."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from traff.ground.accounts.models import Moment, Person
from traff.ground.activity.models import Event
from traff.heart.matching import suggest
from traff.heart.matching.models import Answer, Apart, Suggestion, Unwanted
from traff.heart.matching.suggest import look_for, standing_for, suggest_for
from traff.heart.matching.surroundings import Surroundings
from traff.heart.matching.tests.told import ICE, ICE_TOO, QUESTION, article, case, circle, everyday, question
from traff.heart.matching.ties import near


@pytest.fixture(autouse=True)
def a_house_where_people_write(astrid: Person, bjorn: Person, cecilia: Person) -> None:
    """Astrid and Björn listen to ice, each in their own place."""
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)
    article(bjorn, "Listening to the lake", ICE_TOO)


@pytest.fixture
def offer(astrid: Person) -> Suggestion:
    look_for(astrid)
    return Suggestion.objects.visible_to(astrid).get()


def say(client: Client, person: Person | None, offer: Suggestion, answer: str, **more: Any) -> Any:
    if person:
        client.force_login(person)
    return client.post(reverse("suggestion_answer", args=[offer.pk]), {"answer": answer}, **more)


def cards(person: Person) -> list[str]:
    return [meeting.post["title"] for meeting in standing_for(person)]


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    then = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: then)


def test_useful_is_thanked_for_and_makes_room(client: Client, astrid: Person, bjorn: Person, offer: Suggestion) -> None:
    events = Event.objects.unrestricted("test").count()
    assert say(client, astrid, offer, "useful").url == "/"
    offer.refresh_from_db()
    assert offer.answer == Answer.USEFUL and offer.answered_at
    assert suggest_for(astrid) == []
    assert Event.objects.unrestricted("test").count() == events, "nobody hears"
    assert not Apart.objects.exists() and not Unwanted.objects.exists()


def test_not_now_comes_back_after_two_weeks(
    client: Client, astrid: Person, offer: Suggestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(client, astrid, offer, "not_now")
    assert suggest_for(astrid) == []
    with monkeypatch.context() as soon:
        later(soon, days=13)
        assert suggest_for(astrid) == []
    later(monkeypatch, days=15)
    assert cards(astrid) == ["Listening to the lake"]


def test_a_wrong_topic_is_no_reason_again(client: Client, astrid: Person, bjorn: Person, offer: Suggestion) -> None:
    words = {word.lower() for word in offer.reasons[:3]}
    say(client, astrid, offer, "wrong_topic")
    assert set(Unwanted.objects.filter(person=astrid).values_list("word", flat=True)) == words
    article(bjorn, "The lake once more", ICE_TOO)
    for meeting in suggest_for(astrid):
        assert not words & {word.lower() for word in meeting.reasons}
    assert cards(bjorn) or suggest_for(bjorn), "only for who said so"


def test_who_is_known_becomes_near_and_is_no_stranger(client: Client, astrid: Person, bjorn: Person, offer: Suggestion) -> None:
    say(client, astrid, offer, "i_know_them")
    assert near(astrid) == [bjorn.pk]
    article(bjorn, "The lake once more", ICE_TOO)
    assert suggest_for(astrid) == []
    assert Surroundings.of(astrid).not_offered([bjorn.pk], Moment.REUSE) == set(), "their work may still be built on"
    assert near(bjorn) == []


def test_who_is_hidden_stays_away_for_half_a_year(
    client: Client, astrid: Person, bjorn: Person, offer: Suggestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(client, astrid, offer, "hide")
    article(bjorn, "The lake once more", ICE_TOO)
    case(bjorn)
    question(astrid)
    assert suggest_for(astrid) == []
    assert near(astrid) == []
    later(monkeypatch, days=181)
    assert cards(astrid) == [] and "The lake once more" in [card.post["title"] for card in suggest_for(astrid)]


def test_when_a_card_for_ones_question_is_put_aside_the_next_best_comes(
    client: Client, astrid: Person, bjorn: Person, cecilia: Person
) -> None:
    first, second = (
        case(bjorn),
        case(cecilia, "Glycol against frost in valves", "A loop of glycol kept our valves warm all winter."),
    )
    question(astrid)
    look_for(astrid)
    shown = Suggestion.objects.visible_to(astrid).of(Moment.REUSE).select_related("entry").get()
    other = {first.title, second.title} - {shown.entry.title}
    say(client, astrid, shown, "not_now")
    look_for(astrid)
    reuse = Suggestion.objects.visible_to(astrid).of(Moment.REUSE).standing(timezone.now()).select_related("entry")
    assert {row.entry.title for row in reuse} == other


@pytest.mark.parametrize("answer", Answer.values)
def test_only_its_receiver_answers(
    client: Client, astrid: Person, bjorn: Person, gosta: Person, albin: Person, offer: Suggestion, answer: str
) -> None:
    def answers(pk: int) -> list[tuple[int, bytes]]:
        found = []
        for person in (bjorn, gosta, albin):
            client.force_login(person)
            response = client.post(reverse("suggestion_answer", args=[pk]), {"answer": answer})
            found.append((response.status_code, response.content))
        return found

    client.logout()
    sent = say(client, None, offer, answer)
    assert sent.status_code == 302 and "/accounts/login/" in sent["Location"]
    others, nothing = answers(offer.pk), answers(offer.pk + 1000)
    assert {status for status, _body in others} == {404}
    assert [_plain(body) for _, body in others] == [_plain(body) for _, body in nothing], "as if it did not exist"
    offer.refresh_from_db()
    assert offer.answer == "" and offer.put_off_until is None and not Apart.objects.exists()


def _plain(body: bytes) -> str:
    """Without what is new in every answer."""
    import re

    return re.sub(r'nonce="[^"]*"|value="[^"]*"|nonce-[\w-]*|"X-CSRFToken": *"[^"]*"|X-CSRFToken[^}]*', "", body.decode())


def test_what_cannot_be_read_any_more_cannot_be_answered(client: Client, astrid: Person, bjorn: Person) -> None:
    group = circle(bjorn, astrid)
    case(bjorn, group=group)
    question(astrid, text=QUESTION)
    look_for(astrid)
    offer = Suggestion.objects.visible_to(astrid).of(Moment.REUSE).get()
    group.leave(astrid)
    assert say(client, astrid, offer, "useful").status_code == 404


def test_another_word_is_no_answer(client: Client, astrid: Person, offer: Suggestion) -> None:
    assert say(client, astrid, offer, "delete").status_code == 400
    assert say(client, astrid, offer, "").status_code == 400
    assert client.get(reverse("suggestion_answer", args=[offer.pk])).status_code == 405
    offer.refresh_from_db()
    assert offer.answer == ""


@pytest.mark.parametrize(("answer", "said"), [("useful", "Tack"), ("hide", "Dold"), ("not_now", "två veckor")])
def test_with_htmx_a_word_takes_its_place(client: Client, astrid: Person, offer: Suggestion, answer: str, said: str) -> None:
    html = say(client, astrid, offer, answer, headers={"HX-Request": "true"}).content.decode()
    assert said in html and "<html" not in html


def test_an_answer_lets_another_be_looked_for_at_once(client: Client, astrid: Person, offer: Suggestion) -> None:
    assert not suggest.is_due(astrid)
    say(client, astrid, offer, "useful")
    assert not suggest.is_due(astrid)
    say(client, astrid, offer, "hide")
    assert suggest.is_due(astrid)
