"""What of one's own file openings give: those one has published. What one saved, wished for and asked stands in no file."""

from collections.abc import Iterator
from typing import Any

from traff.ground.accounts.models import Person
from traff.sharing.openings.models import Opening
from traff.sharing.openings.switch import is_on


def openings(person: Person) -> Iterator[dict[str, Any]]:
    if not is_on():
        return
    mine = Opening.objects.unrestricted("one's own").filter(owner=person)
    for row in mine.select_related("place").order_by("pk").iterator():
        said = {name: getattr(row, name) for name in Opening.FIELDS if name != "place"}
        dates = {"published_at": row.published_at, "closed_at": row.closed_at, "withdrawn_at": row.withdrawn_at}
        yield {"address": row.get_absolute_url(), **said, "place": str(row.place or ""), **dates}
