"""The bulk verbs of a register's import: customers and projects as it tells them, one by one in few queries each.

The register is their master: what it says is taken over; what it no longer names is marked, and comes back unmarked.
"""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.sharing.customers.models import Customer, Project
from traff.sharing.customers.models.customer import Registered
from traff.sharing.customers.walling import wall


@transaction.atomic
def take_over(subjects: Iterable[Registered]) -> None:
    """Keep these as they stand now. A project stands inside its customer's wall."""
    everyone = Audience.objects.everyone()
    for subject in subjects:
        if subject.pk is None and not subject.audience_id:
            subject.audience = everyone
        if isinstance(subject, Project) and subject.customer_id and (walled := _wall_of(subject.customer_id)):
            subject.audience = walled
        subject.is_linked = False  # its names may be others now: texts are looked through again
        subject.save()
        subject.make_findable()


def take_over_walls(walls: Iterable[tuple[Customer, Collection[Person]]]) -> None:
    """What the register says is walled, and who stands inside."""
    for customer, people in walls:
        wall(customer, by=None, people=people)


def mark_gone(model: type[Customer] | type[Project], *, standing: Collection[int], known: Collection[int]) -> int:
    """Of those known from one register, mark the ones no longer in it, and unmark the others. How many are newly gone."""
    rows = model.objects.unrestricted("marked by their register").filter(pk__in=list(known))
    rows.filter(pk__in=list(standing)).exclude(gone_at=None).update(gone_at=None)
    return int(rows.exclude(pk__in=list(standing)).filter(gone_at=None).update(gone_at=timezone.now()))


def _wall_of(customer: int) -> Audience | None:
    found = (
        Customer.objects.unrestricted("whether it is walled")
        .filter(pk=customer, is_open=False)
        .select_related("audience")
        .first()
    )
    return found.audience if found else None
