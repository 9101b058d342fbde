from typing import Any

import pytest

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.sharing.customers.models import Acquaintance, Customer
from traff.sharing.customers.registering import take_over


@pytest.fixture
def mill(db: None) -> Customer:
    """A paper mill that everyone may know of."""
    customer = Customer(name="Lillåbruket", aliases=["Lillå"], sector="Massa och papper", place="Sundsvall", external_id="K-17")
    take_over([customer])
    return customer


@pytest.fixture
def everyone(db: None) -> Audience:
    return Audience.objects.everyone()


def lived(by: Person, of: Any, **more: Any) -> Acquaintance:
    said = {"kind": "serviced", "since": 2022, "until": None, "text": "", "reach": "named", "asks_first": False}
    return Acquaintance.tell(by=by, of=of, **{**said, "audience": Audience.objects.everyone(), **more})
