"""Customers and projects among the hits of a search, for those who may know of them."""

from collections.abc import Callable, Sequence
from typing import Any

from traff.ground.accounts.models import Person
from traff.ground.search.hits import Hit
from traff.sharing.customers.models import Customer
from traff.sharing.customers.models.customer import Registered
from traff.sharing.customers.sectors import sector_said


def presenter(model: type[Registered]) -> Callable[[Sequence[Any], Any], dict[int, dict[str, Any]]]:
    def present(hits: Sequence[Hit], reader: Person) -> dict[int, dict[str, Any]]:
        found = model.objects.visible_to(reader).in_bulk([hit.entry.subject_id for hit in hits])
        return {
            pk: {
                "kind": model.kind,
                "url": found[pk].get_absolute_url(),
                "title": hit.title,
                "facts": facts_of(found[pk]),
                "is_walled": found[pk].is_walled,
            }
            for hit in hits
            if (pk := hit.entry.subject_id) in found
        }

    return present


def facts_of(subject: Registered) -> list[str]:
    """Sector and place; of a project its years."""
    if isinstance(subject, Customer):
        return [fact for fact in (sector_said(subject.sector), subject.place) if fact]
    years = [str(day.year) for day in (subject.began_on, subject.ended_on) if day]  # type: ignore[attr-defined]
    return ["–".join(dict.fromkeys(years))] if years else []
