"""One's own: what one has said of customers, also of one that has since been walled, whose name is then not said."""

from dataclasses import dataclass

from traff.ground.accounts.models import Person
from traff.sharing.customers.models import Acquaintance
from traff.sharing.customers.models.customer import Registered


@dataclass(frozen=True)
class Mine:
    row: Acquaintance
    subject: Registered | None  # None: behind a wall one stands outside of


def my_rows(person: Person) -> list[Mine]:
    """Everything one has said, latest first; nothing for who is signed in for somebody."""
    if person.is_impersonated:
        return []
    rows = list(Acquaintance.objects.unrestricted("one's own").of(person).with_subjects().latest_first())
    readable = set(Acquaintance.objects.visible_to(person).of(person).values_list("pk", flat=True))
    return [Mine(row, row.subject if row.pk in readable else None) for row in rows]
