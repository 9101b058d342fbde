"""What is shown is logged, seen by its receiver alone, and gives new voices a hearing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from traff.ground.accounts.models import Person
from traff.heart.matching.exploring import Arm
from traff.heart.matching.exposure import Exposure, exposure_of
from traff.heart.matching.models import Suggestion
from traff.heart.matching.suggest import standing_for, suggest_for
from traff.heart.matching.tests.told import ICE, ICE_TOO, PUMPS, article, circle, colleague, everyday
from traff.sharing.content.models import Post


@pytest.fixture(autouse=True)
def a_house_where_people_write(house: dict[str, Any], astrid: Person, cecilia: Person) -> None:
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)


@pytest.fixture
def listener(bjorn: Person) -> Post:
    return article(bjorn, "Listening to the lake", ICE_TOO)


def test_it_is_logged_once_a_day_and_seen_by_its_receiver(client: Client, astrid: Person, bjorn: Person, listener: Post) -> None:
    suggest_for(astrid)
    standing_for(astrid)
    (row,) = Exposure.objects.visible_to(astrid)
    assert (row.rank, row.propensity, row.arm, row.person_id) == (1, 1.0, Arm.RANKED, bjorn.pk)
    assert list(Exposure.objects.visible_to(bjorn)) == []
    client.force_login(astrid)
    assert "Listening to the lake" in client.get("/me/").content.decode()
    listener.withdraw(by=bjorn)
    assert not Exposure.objects.unrestricted("test").exists(), "what is withdrawn takes its traces along"


def test_it_goes_after_a_stated_time(astrid: Person, listener: Post) -> None:
    suggest_for(astrid)
    Exposure.forget_old()
    assert Exposure.objects.visible_to(astrid).exists()
    Exposure.objects.unrestricted("test").update(at=timezone.now() - timedelta(days=366))
    Exposure.forget_old()
    assert not Exposure.objects.unrestricted("test").exists()


def test_new_voices_get_a_hearing_and_who_was_often_shown_makes_room(astrid: Person, bjorn: Person, listener: Post) -> None:
    for number in range(3):
        article(bjorn, f"Settled {number}", PUMPS)
    assert exposure_of([bjorn.pk])[bjorn.pk] == pytest.approx((3 / 2) ** 0.3), "never shown"
    suggest_for(astrid)
    assert exposure_of([bjorn.pk])[bjorn.pk] == pytest.approx((3 / (3 + 1)) ** 0.3), "1 / log2(1 + 1)"
    seen = Exposure.objects.visible_to(astrid).get()
    seen.pk, seen.receiver, seen.rank = None, bjorn, 3
    seen.save(force_insert=True)
    assert exposure_of([bjorn.pk])[bjorn.pk] == pytest.approx((3 / (3 + 1.5)) ** 0.3)


def test_what_a_closed_circle_was_shown_counts_for_nobody(astrid: Person, bjorn: Person) -> None:
    closed = circle(bjorn, astrid)
    article(bjorn, "Listening to the lake", ICE_TOO, group=closed)
    before = exposure_of([bjorn.pk])
    assert suggest_for(astrid)
    assert exposure_of([bjorn.pk]) == before


def test_ignored_on_three_days_it_is_shown_every_other_day(
    astrid: Person, listener: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, shown = timezone.now(), []
    for day in range(9):
        monkeypatch.setattr(timezone, "now", lambda day=day: start + timedelta(days=day))
        shown.append(len(standing_for(astrid) if day else suggest_for(astrid)))
    assert shown[:3] == [1, 1, 1]
    assert sorted(shown[3:]) == [0, 0, 0, 1, 1, 1] and shown[3] != shown[4]


def test_a_held_out_slot_shows_the_newest_and_says_so(
    settings: Any, client: Client, house: dict[str, Any], astrid: Person, listener: Post
) -> None:
    stranger = colleague("evert", unit=house["mine"], place=house["Göteborg"])
    article(stranger, "Painters on Thursday", PUMPS)
    article(stranger, "Newest of all, closed", PUMPS, group=circle(stranger, astrid))
    settings.TRAFF_HOLDOUT = 1.0
    suggest_for(astrid)
    (row,) = Suggestion.objects.visible_to(astrid).select_related("entry")
    assert row.arm == Arm.HELD_OUT and row.entry.title == "Painters on Thursday" and row.reasons == []
    client.force_login(astrid)
    html = client.get("/traffar/").content.decode()
    assert "Painters on Thursday" in html and "det senaste från annat håll" in html


def test_the_card_of_a_stranger_has_the_first_steps(client: Client, astrid: Person, bjorn: Person, listener: Post) -> None:
    suggest_for(astrid)
    client.force_login(astrid)
    html = client.get("/").content.decode()
    assert f"/write/?spark={listener.pk}" in html
    assert f"/posts/{listener.pk}/thanks/" in html
    assert "Följ" in html and 'name="distance"' in html
