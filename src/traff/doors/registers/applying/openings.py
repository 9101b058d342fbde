"""Openings and vacancies: brought in without telling anybody; what no longer stands in its register closes."""

from typing import cast

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from traff.community.groups.models import Group
from traff.doors.registers.batch import Item, Known
from traff.doors.registers.reading import Source
from traff.doors.registers.rows import OpeningRow
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.organisation.models import Place
from traff.sharing.openings.bulk import Brought, bring_in
from traff.sharing.openings.models import Opening


def openings(items: list[Item], known: Known, source: Source) -> None:
    everything = Opening.objects.unrestricted("an import changes them").select_related("owner", "audience")
    standing = everything.in_bulk([item.object_id for item in items if not item.is_new])
    rows = [cast(OpeningRow, item.row) for item in items]
    beside = Beside(rows, known)
    brought = [
        Brought(standing.get(item.object_id) or beside.new(row), beside.said(row), row.topics)
        for item, row in zip(items, rows, strict=True)
    ]
    for one, row in zip(brought, rows, strict=True):
        one.opening.link = row.link
    bring_in(brought)
    for item, one in zip(items, brought, strict=True):
        item.object_id = one.opening.pk


class Beside:
    """What rows name, looked up for all of them together: groups, owners, places."""

    def __init__(self, rows: list[OpeningRow], known: Known) -> None:
        self.known = known
        groups = Group.objects.unrestricted("an import offers in it").select_related("audience")
        self.groups = groups.in_bulk(self._here("group", {row.group for row in rows}))
        owners, emails = self._here("person", {row.owner for row in rows}), {row.owner_email for row in rows} - {""}
        people = Person.objects.active().annotate(by_mail=Lower("email")).filter(Q(pk__in=owners) | Q(by_mail__in=emails))
        self.people = {person.pk: person for person in people.order_by("-pk")}
        self.by_email = {person.by_mail: person for person in self.people.values()}
        named = Place.objects.annotate(lower=Lower("name")).filter(lower__in={row.place.lower() for row in rows if row.place})
        self.by_name = {place.lower: place for place in named.order_by("-pk")}
        self.places = Place.objects.in_bulk(self._here("place", {row.place for row in rows}))
        self.everyone = Audience.objects.everyone()

    def new(self, row: OpeningRow) -> Opening:
        into = self.groups.get(self.known.here("group", row.group) or 0) if row.group else None
        owner = self.people.get(self.known.here("person", row.owner) or 0) if row.owner else self.by_email.get(row.owner_email)
        audience = into.audience if into else self.everyone
        return Opening(owner=owner, group=into, audience=audience, published_at=row.published or timezone.now())

    def said(self, row: OpeningRow) -> dict[str, object]:
        place = self.places.get(self.known.here("place", row.place) or 0) or self.by_name.get(row.place.lower())
        return {
            "title": row.title,
            "building": row.building,
            "help_needed": row.help_needed,
            "learns": row.learns,
            "extent": row.extent,
            "hours": row.hours,
            "starts_on": row.starts,
            "ends_on": row.ends,
            "place": place,
            "is_remote": row.is_remote,
            "languages": list(row.languages),
            "contact": row.contact,
            "closes_on": row.closes,
        }

    def _here(self, kind: str, names: set[str]) -> list[int]:
        return [pk for name in names if name and (pk := self.known.here(kind, name))]
