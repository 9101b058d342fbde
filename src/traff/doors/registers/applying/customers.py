"""Customers and projects, what people have lived with them, and approaches."""

from datetime import date, datetime
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
from traff.sharing.customers.registering import take_over, take_over_walls


def customers(items: list[Item], known: Known, source: Source) -> None:
    """First all of them, then who belongs to whom: parents may stand anywhere in the file."""
    standing, made = _standing(Customer, items), []
    for item in items:
        row = cast(CustomerRow, item.row)
        customer = standing.get(item.object_id) or Customer(external_id=row.id)
        customer.sector, customer.place = row.sector, row.place
        _named(customer, row)
        made.append(customer)
    take_over(made)
    for item, customer in zip(items, made, strict=True):
        item.object_id = known.ids["customer"][item.row.id] = customer.pk
    walls = []
    for item, customer in zip(items, made, strict=True):
        row = cast(CustomerRow, item.row)
        parent = known.here("customer", row.parent) if row.parent else None
        customer.parent_id = parent if parent and parent != customer.pk else None
        customer.save(update_fields=["parent"])
        walls += [(customer, _inside(row, known))] if row.is_walled else []
    take_over_walls(walls)


def projects(items: list[Item], known: Known, source: Source) -> None:
    standing = _standing(Project, items)
    made = []
    for item in items:
        row = cast(ProjectRow, item.row)
        project = standing.get(item.object_id) or Project(external_id=row.id)
        project.customer_id = (known.here("customer", row.customer) or None) if row.customer else None
        project.began_on, project.ended_on = _day(row.began), _day(row.ended)
        _named(project, row)
        made.append(project)
    take_over(made)
    for item, project in zip(items, made, strict=True):
        item.object_id = project.pk


def acquaintances(items: list[Item], known: Known, source: Source) -> None:
    standing = _standing(Acquaintance, items)
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
    standing = _standing(Approach, items)
    begun = []
    for item in items:
        row = cast(ApproachRow, item.row)
        person, customer = known.here("person", row.person), known.here("customer", row.customer)
        audience = _audience(row.group, known)
        if not person or not customer or audience is None:
            item.refusal = "its person, customer or group could not go in"
            continue
        approach = standing.get(item.object_id) or Approach(begun_at=row.at or timezone.now())
        approach.person_id, approach.customer_id, approach.audience, approach.text = person, customer, audience, row.text
        approach.save()
        if item.is_new:
            begun.append(Past(person, "approach", approach.pk, audience, approach.begun_at))
        item.object_id = approach.pk
    record_many("approach.begun", begun)


def _standing(model: Any, items: list[Item]) -> dict[int, Any]:
    found: dict[int, Any] = (
        model.objects.unrestricted("an import changes them")
        .select_related("audience")
        .in_bulk([item.object_id for item in items if not item.is_new])
    )
    return found


def _named(subject: Customer | Project, row: CustomerRow | ProjectRow) -> None:
    subject.name, subject.register_url = row.name, row.url
    subject.aliases = [alias for alias in row.aliases if alias != row.name]


def _inside(row: CustomerRow, known: Known) -> list[Person]:
    return list(Person.objects.filter(pk__in=[pk for name in row.inside if (pk := known.here("person", name))]))


def _day(at: datetime | None) -> date | None:
    return timezone.localtime(at).date() if at else None


def _audience(group: str, known: Known) -> Audience | None:
    if not group:
        return Audience.objects.everyone()
    found = Group.objects.unrestricted("an import says who reads it").filter(pk=known.here("group", group) or 0)
    return next((one.audience for one in found.select_related("audience")), None)
