"""The bulk form of `Seat.give`, for imports of many people."""

from collections.abc import Sequence

from traff.ground.access.models import Audience, AudienceKind, Membership
from traff.ground.access.reading import forget
from traff.ground.organisation.models import Seat, Unit


def give_many(seats: Sequence[Seat]) -> None:
    """Seat people, one seat each, whether they sat somewhere before or not; the audiences of the units follow."""
    if not seats:
        return
    Seat.objects.bulk_create(seats, update_conflicts=True, unique_fields=["person"], update_fields=["unit", "place"])
    audience_of = dict(Unit.objects.values_list("pk", "audience_id"))
    wanted = {(audience_of[pk], seat.person_id) for seat in seats if seat.unit for pk in seat.unit.path}
    units = Audience.objects.filter(kind=AudienceKind.UNIT)
    standing = Membership.objects.filter(person_id__in=[seat.person_id for seat in seats], audience__in=units)
    known = {(audience, person): pk for pk, audience, person in standing.values_list("pk", "audience_id", "person_id")}
    Membership.objects.filter(pk__in=[pk for key, pk in known.items() if key not in wanted]).delete()
    Membership.objects.bulk_create([Membership(audience_id=a, person_id=p) for a, p in sorted(wanted - known.keys())])
    forget()
