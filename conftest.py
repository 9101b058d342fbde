"""The cast: the same people in every story. A fixture a person, made when first asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template import Context
from django.test.signals import template_rendered
from django.utils import translation
from django.utils.safestring import SafeString

from traff.ground.accounts.models import Person
from traff.ground.core.pages import Drawn
from traff.ground.organisation.models import Place, Seat, Unit


def person(handle: str, name: str, **more: Any) -> Person:
    return Person.objects.create(handle=handle, name=name, email=f"{handle}@example.org", **more)


@pytest.fixture(autouse=True)
def no_language_left() -> Iterator[None]:
    """A request leaves its language behind in the thread; no story is to begin in that of the one before."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def values_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """`response.context`, of pages drawn by functions too: Django's test client hears of what is drawn by a signal."""
    drawn = Drawn.render

    def render(self: Drawn, context: dict[str, Any] | None = None, request: Any = None) -> SafeString:
        template_rendered.send(sender=self.template, template=self.template, context=Context(context))
        return drawn(self, context, request)

    monkeypatch.setattr(Drawn, "render", render)


@pytest.fixture
def house(db: None) -> dict[str, Any]:
    """A company with two branches and three places."""
    company = Unit.create(name="Company", name_sv="Bolaget")
    mine, paper = (
        Unit.create(name="Mine", name_sv="Gruva", parent=company),
        Unit.create(name="Paper", name_sv="Papper", parent=company),
    )
    support = Unit.create(name="Mine support", name_sv="Gruvstöd", parent=mine)
    places = {name: Place.objects.create(name=name, timezone="Europe/Stockholm") for name in ("Kiruna", "Göteborg", "Tampere")}
    return {"company": company, "mine": mine, "paper": paper, "support": support, **places}


@pytest.fixture
def astrid(house: dict[str, Any]) -> Person:
    """The newcomer, in Kiruna."""
    who = person("astrid", "Astrid Nyman", language="sv")
    Seat.give(who, unit=house["support"], place=house["Kiruna"])
    return who


@pytest.fixture
def bjorn(house: dict[str, Any]) -> Person:
    """The expert whom nobody asks, in Tampere."""
    who = person("bjorn", "Björn Ståhl", language="sv")
    Seat.give(who, unit=house["paper"], place=house["Tampere"])
    return who


@pytest.fixture
def cecilia(house: dict[str, Any]) -> Person:
    """Starts groups and looks after them."""
    who = person("cecilia", "Cecilia Öberg", language="en")
    Seat.give(who, unit=house["mine"], place=house["Göteborg"])
    return who


@pytest.fixture
def gosta(db: None) -> Person:
    """A guest: reads only what he was let into."""
    return person("gosta", "Gösta Gäst", is_guest=True)


@pytest.fixture
def inga(db: None) -> Person:
    """Has left; what she wrote stays."""
    return person("inga", "Inga Borta", is_active=False)


@pytest.fixture
def albin(db: None) -> Person:
    """The administrator, who reads nothing more than others."""
    return person("albin", "Albin Admin", is_administrator=True)


@pytest.fixture
def preben(db: None) -> Person:
    """Protected identity."""
    return person("preben", "Preben Skyddad", is_protected=True)
