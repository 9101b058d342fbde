"""Openings and vacancies: brought in without telling anybody; what no longer stands in its register closes."""

from typing import cast

from django.utils import timezone

from traff.community.groups.models import Group
from traff.doors.registers.batch import Item, Known
from traff.doors.registers.reading import Source
from traff.doors.registers.rows import OpeningRow
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Place
from traff.sharing.openings.bulk import bring_in
from traff.sharing.openings.models import Opening


def openings(items: list[Item], known: Known, source: Source) -> None:
    everything = Opening.objects.unrestricted("an import changes them").select_related("owner", "audience")
    standing = everything.in_bulk([item.object_id for item in items if not item.is_new])
    for item in items:
        row = cast(OpeningRow, item.row)
        opening = standing.get(item.object_id) or _new(row, known)
        opening.link = row.link
        bring_in(opening, said=_said(row, known), topics=row.topics)
        item.object_id = opening.pk


def _new(row: OpeningRow, known: Known) -> Opening:
    group = (
        Group.objects.unrestricted("an import offers in it").select_related("audience").filter(pk=known.here("group", row.group))
    )
    into = group.first() if row.group else None
    people = Person.objects.active()
    by_email = people.filter(email__iexact=row.owner_email).first() if row.owner_email else None
    owner = people.filter(pk=known.here("person", row.owner) or 0).first() if row.owner else by_email
    audience = into.audience if into else Audience.objects.everyone()
    return Opening(owner=owner, group=into, audience=audience, published_at=row.published or timezone.now())


def _said(row: OpeningRow, known: Known) -> dict[str, object]:
    named = Place.objects.filter(name__iexact=row.place).first() if row.place else None
    place = Place.objects.filter(pk=known.here("place", row.place) or 0).first() if row.place else None
    return {
        "title": row.title,
        "building": row.building,
        "help_needed": row.help_needed,
        "learns": row.learns,
        "extent": row.extent,
        "hours": row.hours,
        "starts_on": row.starts,
        "ends_on": row.ends,
        "place": place or named,
        "is_remote": row.is_remote,
        "languages": list(row.languages),
        "contact": row.contact,
        "closes_on": row.closes,
    }
