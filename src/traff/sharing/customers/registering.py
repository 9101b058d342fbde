"""The bulk verbs of a register's import: customers and projects as it tells them, in a few queries for any number.

The register is their master: what it says is taken over; what it no longer names is marked, and comes back unmarked.
"""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.core.copying import copy_rows, take_ids
from traff.sharing.customers.findable import make_findable
from traff.sharing.customers.models import Customer, Project
from traff.sharing.customers.models.customer import Registered
from traff.sharing.customers.walling import wall

SHARED = ["name", "aliases", "register_url", "audience", "is_open", "is_linked"]
SAID: dict[type[Registered], list[str]] = {
    Customer: [*SHARED, "sector", "place"],
    Project: [*SHARED, "customer", "began_on", "ended_on"],
}
AT_ONCE = 500  # rows a statement


@transaction.atomic
def take_over(subjects: Sequence[Registered]) -> None:
    """Keep these, of one kind, as they stand now. A project stands inside its customer's wall; what was walled stays walled."""
    if not subjects:
        return
    model = type(subjects[0])
    everyone, walls = Audience.objects.everyone(), _walls_of(subjects)
    for subject in subjects:
        if not subject.audience_id:
            subject.audience = everyone
        subject.audience = walls.get(getattr(subject, "customer_id", None), subject.audience)
        subject.is_open = subject.audience.is_open
    rows = model.objects.unrestricted("as their register says")
    rows.bulk_update([one for one in subjects if one.pk], SAID[model], batch_size=AT_ONCE)
    _copy(model, [one for one in subjects if not one.pk])
    make_findable(subjects)


def belong(parents: Iterable[tuple[Customer, int | None]]) -> None:
    """Who belongs to whom: each with the id of its parent."""
    moved = []
    for customer, parent in parents:
        if customer.parent_id != parent:
            customer.parent_id = parent
            moved.append(customer)
    Customer.objects.unrestricted("as their register says").bulk_update(moved, ["parent"], batch_size=AT_ONCE)


def take_over_walls(walls: Iterable[tuple[Customer, Collection[Person]]]) -> None:
    """What the register says is walled, and who stands inside."""
    for customer, people in walls:
        wall(customer, by=None, people=people)


def mark_gone(model: type[Customer] | type[Project], *, standing: Collection[int], known: Collection[int]) -> int:
    """Of those known from one register, mark the ones no longer in it, and unmark the others. How many are newly gone."""
    rows = model.objects.unrestricted("marked by their register")
    rows.filter(pk__any=standing).exclude(gone_at=None).update(gone_at=None)
    gone = set(known) - set(standing)
    return int(rows.filter(pk__any=gone, gone_at=None).update(gone_at=timezone.now()))


def _copy(model: type[Registered], new: Sequence[Registered]) -> None:
    for one, pk in zip(new, take_ids(model, len(new)), strict=True):
        one.pk = pk
    names = [field.attname for field in model._meta.concrete_fields]
    copy_rows(model, names, ([getattr(one, name) for name in names] for one in new))


def _walls_of(subjects: Iterable[Registered]) -> dict[int | None, Audience]:
    """Customer's id → its wall, of the customers of projects."""
    ids = {customer for subject in subjects if (customer := getattr(subject, "customer_id", None))}
    walled = Customer.objects.unrestricted("whether it is walled").filter(pk__any=ids, is_open=False)
    return {customer.pk: customer.audience for customer in walled.select_related("audience")} if ids else {}
