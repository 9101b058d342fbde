"""Customers and projects, what people have lived with them, and approaches."""

from typing import Any, cast

from django.utils import timezone

from traff.community.groups.models import Group
from traff.doors.registers.batch import Item, Known
from traff.doors.registers.reading import Source
from traff.doors.registers.rows import AcquaintanceRow, ApproachRow, CustomerRow, ProjectRow
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.activity.bulk import Past, record_many
from traff.sharing.customers.models import Acquaintance, Approach, Customer, Project
from traff.sharing.customers.registering import belong, take_over, take_over_walls


def customers(items: list[Item], known: Known, source: Source) -> None:
    """First all of them, then who belongs to whom: parents may stand anywhere in the file."""
    made = _standing(Customer, items)
    rows = [cast(CustomerRow, item.row) for item in items]
    for customer, row in zip(made, rows, strict=True):
        customer.sector, customer.place, customer.register_url = row.sector, row.place, row.url
        customer.take_names(row.name, row.aliases)
    take_over(made)
    for item, customer in zip(items, made, strict=True):
        item.object_id = known.ids["customer"][item.row.id] = customer.pk
    parents = [(known.here("customer", row.parent) or None) if row.parent else None for row in rows]
    belong((one, parent if parent != one.pk else None) for one, parent in zip(made, parents, strict=True))
    take_over_walls((one, _inside(row, known)) for one, row in zip(made, rows, strict=True) if row.is_walled)


def projects(items: list[Item], known: Known, source: Source) -> None:
    made = _standing(Project, items)
    for item, project in zip(items, made, strict=True):
        row = cast(ProjectRow, item.row)
        project.customer_id = (known.here("customer", row.customer) or None) if row.customer else None
        project.began_on, project.ended_on, project.register_url = row.began, row.ended, row.url
        project.take_names(row.name, row.aliases)
    take_over(made)
    for item, project in zip(items, made, strict=True):
        item.object_id = project.pk


def _standing(model: Any, items: list[Item]) -> list[Any]:
    """What each row stands for here; a new one where nothing does."""
    found = _known(model, items)
    return [found.get(item.object_id) or model(external_id=item.row.id) for item in items]


def acquaintances(items: list[Item], known: Known, source: Source) -> None:
    standing = _known(Acquaintance, items)
    for item in items:
        row = cast(AcquaintanceRow, item.row)
        person, audience = known.here("person", row.person), _audience(row.group, known)
        customer = known.here("customer", row.customer) if row.customer else None
        project = known.here("project", row.project) if row.project else None
        if not person or not (customer or project) or audience is None:
            item.refusal = "its person, customer, project or group could not go in"
            continue
        told = standing.get(item.object_id) or Acquaintance(person_id=person)
        told.customer_id, told.project_id, told.audience = customer, project, audience
        told.kind, told.since, told.until = row.lived, row.since, row.until or None
        told.text, told.reach, told.asks_first = row.text, row.reach, row.asks_first
        told.save()
        item.object_id = told.pk


def approaches(items: list[Item], known: Known, source: Source) -> None:
    standing = _known(Approach, items)
    begun = []
    for item in items:
        row = cast(ApproachRow, item.row)
        person, customer = known.here("person", row.person), known.here("customer", row.customer)
        audience = _audience(row.group, known)
        if not person or not customer or audience is None:
            item.refusal = "its person, customer or group could not go in"
            continue
        approach = standing.get(item.object_id) or Approach(begun_at=row.at or timezone.now())
        approach.person_id, approach.customer_id, approach.audience = person, customer, audience
        approach.text, approach.meets_on = row.text, row.meets_on
        approach.save()
        if item.is_new:
            begun.append(Past(person, "approach", approach.pk, audience, approach.begun_at))
        item.object_id = approach.pk
    record_many("approach.begun", begun)


def _known(model: Any, items: list[Item]) -> dict[int, Any]:
    found: dict[int, Any] = (
        model.objects.unrestricted("an import changes them")
        .select_related("audience")
        .in_bulk([item.object_id for item in items if not item.is_new])
    )
    return found


def _inside(row: CustomerRow, known: Known) -> list[Person]:
    return list(Person.objects.filter(pk__in=[pk for name in row.inside if (pk := known.here("person", name))]))


def _audience(group: str, known: Known) -> Audience | None:
    if not group:
        return Audience.objects.everyone()
    found = Group.objects.unrestricted("an import says who reads it").filter(pk=known.here("group", group) or 0)
    return next((one.audience for one in found.select_related("audience")), None)
