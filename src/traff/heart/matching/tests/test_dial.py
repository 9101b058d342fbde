"""The dial moves today's cards at once, and a card put aside makes room; what was shown stays counted as shown."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from traff.ground.accounts.models import Moment, Person
from traff.ground.activity.models import Event
from traff.heart.matching import suggest
from traff.heart.matching.exploring import Arm
from traff.heart.matching.exposure import Exposure
from traff.heart.matching.models import Suggestion, Tie
from traff.heart.matching.strangers import found_for
from traff.heart.matching.suggest import standing_for, suggest_for
from traff.heart.matching.tests.told import ICE, ICE_TOO, PUMPS, article, colleague, everyday, heard

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/?tab=all"}
FAR, NEAR = "Ice by faraway", "Ice by nearby"


@pytest.fixture(autouse=True)
def a_house_with_somebody_near_and_somebody_far(
    house: dict[str, Any], astrid: Person, cecilia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cecilia knows both Astrid and who is near; home has one card."""
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)
    near = colleague("nearby", unit=house["mine"], place=house["Göteborg"])
    article(near, NEAR, ICE_TOO)
    article(colleague("faraway", unit=house["paper"], place=house["Tampere"]), FAR, ICE_TOO)
    for one, other in ((astrid, cecilia), (cecilia, astrid), (cecilia, near), (near, cecilia)):
        Tie.objects.create(person=one, other=other, last_at=timezone.now())
    monkeypatch.setattr(suggest, "found_for", lambda person: found_for(person, most=1))


def titles(person: Person) -> list[str]:
    return [meeting.post["title"] for meeting in standing_for(person)]


def turn(client: Client, person: Person, to: int, **more: Any) -> str:
    client.force_login(person)
    return client.post("/me/distance/", {"distance": to}, **more).content.decode()


def test_turning_it_changes_the_cards_in_their_place(client: Client, astrid: Person) -> None:
    suggest_for(astrid)
    before = Event.objects.unrestricted("test").count()
    far = turn(client, astrid, 5, headers=HTMX)
    assert FAR in far and NEAR not in far and "<html" not in far
    near = turn(client, astrid, 1, headers=HTMX)
    assert NEAR in near and FAR not in near and "Letade på nytt" in near
    assert 'aria-pressed="true" title="Närmast"' in near
    assert 'name="next" value="/?tab=all"' in near, "its forms lead back to the page they stand in"
    assert Event.objects.unrestricted("test").count() == before, "private: nobody hears"


def test_where_the_same_fit_best_it_says_so(client: Client, astrid: Person) -> None:
    turn(client, astrid, 5, headers=HTMX)
    again = turn(client, astrid, 4, headers=HTMX)
    assert FAR in again and "samma träffar passar bäst" in again


def test_without_javascript_the_page_comes_back_with_the_new_cards(client: Client, astrid: Person) -> None:
    suggest_for(astrid)
    turn(client, astrid, 5)
    assert FAR in client.get("/").content.decode()
    turn(client, astrid, 1)
    html = client.get("/").content.decode()
    assert NEAR in html and "Letade på nytt" in html


def test_what_was_shown_stays_logged_once_with_how_likely_it_was(client: Client, settings: Any, astrid: Person) -> None:
    for step in (5, 1, 5, 1):
        turn(client, astrid, step, headers=HTMX)
    rows = Exposure.objects.visible_to(astrid).order_by("pk")
    assert [row.entry.title for row in rows.select_related("entry")] == [FAR, NEAR], "each once a day"
    assert {row.propensity for row in rows} == {1.0}


def test_turning_it_shakes_out_no_slot_that_is_held_out(
    client: Client, settings: Any, house: dict[str, Any], astrid: Person
) -> None:
    """The lot is cast once a day: with even chances it falls alike however often the dial is turned, until one answers."""
    article(colleague("evert", unit=house["paper"], place=house["Göteborg"]), "Painters on Thursday", PUMPS)
    settings.TRAFF_HOLDOUT = 0.5
    arms = []
    for _ in range(4):
        for step in (5, 1):
            turn(client, astrid, step, headers=HTMX)
            arms.append(Suggestion.objects.visible_to(astrid).of(Moment.STRANGER).get().arm)
    assert len(set(arms)) == 1
    rows = Exposure.objects.visible_to(astrid)
    assert {row.propensity for row in rows} == {0.5}
    assert rows.count() == (1 if arms[0] == Arm.HELD_OUT else 2)


def test_what_made_room_still_counts_in_the_weekly_budget(client: Client, house: dict[str, Any], astrid: Person) -> None:
    turn(client, astrid, 5, headers=HTMX)
    turn(client, astrid, 1, headers=HTMX)
    assert Suggestion.objects.visible_to(astrid).count() == 1
    heard(article(colleague("evert", unit=house["paper"], place=house["Göteborg"]), "Ice by evert", ICE_TOO))
    assert [row.entry.title for row in Suggestion.objects.visible_to(astrid).select_related("entry")] == [NEAR]


def test_what_was_answered_and_what_was_put_off_stays_so(client: Client, astrid: Person) -> None:
    turn(client, astrid, 5, headers=HTMX)
    Suggestion.objects.visible_to(astrid).get().take("not_now")
    near = turn(client, astrid, 4, headers=HTMX)
    assert NEAR in near and FAR not in near
    Suggestion.objects.visible_to(astrid).get(put_off_until=None).take("useful")
    turn(client, astrid, 5, headers=HTMX)
    assert titles(astrid) == [] and Suggestion.objects.visible_to(astrid).count() == 2


def put_aside(client: Client, person: Person, title: str, said: str) -> str:
    client.force_login(person)
    row = Suggestion.objects.visible_to(person).get(entry__title=title)
    return client.post(f"/suggestions/{row.pk}/answer/", {"answer": said}, headers=HTMX).content.decode()


def test_a_place_that_is_freed_is_filled_from_what_was_found(
    client: Client, astrid: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggest, "found_for", lambda person: found_for(person, most=2))
    monkeypatch.setattr(suggest, "SHOWN", 1)
    (first,) = [meeting.post["title"] for meeting in suggest_for(astrid)]
    other = {NEAR, FAR}.difference([first]).pop()
    html = put_aside(client, astrid, first, "not_now")
    assert "Inte nu" in html and other in html
    assert Exposure.objects.visible_to(astrid).count() == 2
    assert other not in put_aside(client, astrid, other, "useful")


def test_what_stands_for_the_same_words_does_not_move_up_for_not_my_topic(
    client: Client, astrid: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggest, "found_for", lambda person: found_for(person, most=2))
    monkeypatch.setattr(suggest, "SHOWN", 1)
    (first,) = [meeting.post["title"] for meeting in suggest_for(astrid)]
    html = put_aside(client, astrid, first, "wrong_topic")
    assert NEAR not in html and FAR not in html
