"""Where people sit, and which audiences follow from it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from traff.ground.access.models import Audience, AudienceKind, Membership
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Place, Seat, Unit, seats_of


def units_read_by(person: Person) -> set[str]:
    audiences = Audience.objects.readable_by(person).filter(kind=AudienceKind.UNIT)
    return set(Unit.objects.filter(audience__in=audiences).values_list("name", flat=True))


def test_a_unit_knows_its_way_to_the_root(house: dict[str, Any]) -> None:
    company, mine, support = house["company"], house["mine"], house["support"]
    assert support.path == [company.pk, mine.pk, support.pk]
    with translation.override("sv"):
        assert str(support) == "Gruvstöd"
    with translation.override("en"):
        assert str(support) == "Mine support"


def test_who_sits_in_a_unit_reads_what_is_said_to_those_above(astrid: Person) -> None:
    assert units_read_by(astrid) == {"Company", "Mine", "Mine support"}


def test_moving_seat_moves_the_audiences_at_once(astrid: Person, house: dict[str, Any]) -> None:
    Seat.give(astrid, unit=house["paper"], place=house["Tampere"])
    assert units_read_by(astrid) == {"Company", "Paper"}
    Seat.give(astrid, unit=None, place=None)
    assert units_read_by(astrid) == set()


def test_moving_a_unit_takes_its_subtree_and_its_people_along(astrid: Person, bjorn: Person, house: dict[str, Any]) -> None:
    house["mine"].move(house["paper"])
    house["support"].refresh_from_db()
    assert house["support"].path == [house["company"].pk, house["paper"].pk, house["mine"].pk, house["support"].pk]
    assert units_read_by(astrid) == {"Company", "Paper", "Mine", "Mine support"}
    assert units_read_by(bjorn) == {"Company", "Paper"}


def test_a_unit_cannot_hang_beneath_itself(house: dict[str, Any]) -> None:
    for beneath in (house["mine"], house["support"]):
        with pytest.raises(ValidationError):
            house["mine"].move(beneath)


def test_seats_touch_no_other_membership(astrid: Person, house: dict[str, Any]) -> None:
    circle = Audience.objects.create(kind=AudienceKind.GROUP, is_open=False)
    circle.add(astrid)
    Seat.give(astrid, unit=house["paper"], place=None)
    assert Membership.objects.filter(audience=circle, person=astrid).exists()


def test_protected_people_have_no_seat_to_show(
    preben: Person, astrid: Person, house: dict[str, Any], django_assert_num_queries: Any
) -> None:
    Seat.give(preben, unit=house["mine"], place=house["Kiruna"])
    with django_assert_num_queries(1):
        shown = {pk: str(seat) for pk, seat in seats_of([preben.pk, astrid.pk]).items()}
    assert set(shown) == {astrid.pk}


def test_a_place_needs_a_real_time_zone() -> None:
    Place(name="Kiruna", timezone="Europe/Stockholm").clean()
    with pytest.raises(ValidationError):
        Place(name="Nowhere", timezone="Europe/Nowhere").clean()
