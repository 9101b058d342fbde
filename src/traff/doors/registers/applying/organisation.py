"""Topics, units, places and people."""

from collections.abc import Iterable
from secrets import token_urlsafe
from typing import cast

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.text import slugify

from traff.community.people.bulk import make_findable
from traff.community.people.models import Profile
from traff.community.people.photos import portrait
from traff.community.topics.models import Topic
from traff.doors.registers.batch import Item, Known
from traff.doors.registers.reading import Source
from traff.doors.registers.rows import PersonRow, PlaceRow, TopicRow, UnitRow
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.organisation.bulk import give_many
from traff.ground.organisation.models import Place, Seat, Unit
from traff.ground.search import findable


def topics(items: list[Item], known: Known, source: Source) -> None:
    for item in items:
        row = cast(TopicRow, item.row)
        topic = Topic.objects.named(row.id)
        topic.name, topic.name_sv = row.en, row.sv
        topic.aliases = sorted({*topic.aliases, *(alias.lower()[:80] for alias in row.aliases)})
        topic.save()
        findable.index("topic", topic)
        topic.mark(is_sensitive=topic.is_sensitive or row.is_sensitive, by=None)
        item.object_id = topic.pk


class Topics:
    """Topics by the names people gave them, each asked for once a batch and audience."""

    def __init__(self) -> None:
        self.met: dict[tuple[str, int | None], Topic] = {}

    def named(self, names: Iterable[str], *, seen_in: Audience | None = None) -> list[Topic]:
        return list(dict.fromkeys(self._named(name[:80], seen_in) for name in names))

    def _named(self, name: str, seen_in: Audience | None) -> Topic:
        key = (name, seen_in.pk if seen_in else None)
        if key not in self.met:
            self.met[key] = Topic.objects.named(name, seen_in=seen_in)
        return self.met[key]


def units(items: list[Item], known: Known, source: Source) -> None:
    waiting = {item.row.id: item for item in items}
    while waiting:
        ready = [item for item in waiting.values() if cast(UnitRow, item.row).parent not in waiting]
        for item in ready or list(waiting.values()):
            del waiting[item.row.id]
            if ready:
                _unit(item, known)
                known.ids["unit"][item.row.id] = item.object_id
            else:
                item.refusal = "hangs beneath itself, over the units above it; correct “parent”"


def _unit(item: Item, known: Known) -> None:
    row = cast(UnitRow, item.row)
    above = known.here("unit", row.parent) if row.parent else None
    if row.parent and not above:
        item.refusal = f"“parent” names the unit “{row.parent}”, which could not go in"
        return
    parent = Unit.objects.get(pk=above) if above else None
    if item.is_new:
        item.object_id = Unit.create(name=row.name, name_sv=row.name_sv, parent=parent).pk
        return
    unit = Unit.objects.get(pk=item.object_id)
    unit.name, unit.name_sv = row.name, row.name_sv
    unit.save(update_fields=["name", "name_sv"])
    if unit.parent_id != above:
        unit.move(parent)


def places(items: list[Item], known: Known, source: Source) -> None:
    for item in items:
        row = cast(PlaceRow, item.row)
        place = Place.objects.filter(pk=item.object_id).first() or Place.objects.filter(name=row.name).first() or Place()
        place.name, place.country, place.timezone = row.name, row.country, row.timezone
        place.clean()
        place.save()
        item.object_id = place.pk


def people(items: list[Item], known: Known, source: Source) -> None:
    emails = {email for item in items if (email := cast(PersonRow, item.row).email)}
    by_email = {str(person.email).lower(): person for person in Person.objects.filter(email__in=emails)}
    standing = Person.objects.in_bulk([item.object_id for item in items if item.object_id])
    handles = Handles([item.row.id for item in items])
    fresh, changed = [], []
    for item in items:
        row = cast(PersonRow, item.row)
        person = standing.get(item.object_id) or by_email.get(row.email)
        if person is None:
            person = Person(
                handle=handles.free(row.id),
                password=f"{UNUSABLE_PASSWORD_PREFIX}{token_urlsafe(30)}",
                joined_at=row.joined or timezone.now(),
            )
            fresh.append((item, person))
        else:
            changed.append((item, person))
        _describe(person, row, item, by_email)
    Person.objects.bulk_create([person for _, person in fresh])
    for item, person in changed:
        person.save()
        if not cast(PersonRow, item.row).is_active and person.left_at is None:
            person.leave()
    for item, person in [*fresh, *changed]:
        item.object_id = person.pk
    _profiles(items)
    _seats(items, known)
    photos = {item.object_id: item for item in items if cast(PersonRow, item.row).photo}
    described = Profile.objects.filter(person__in=[item.object_id for item in items])
    profiles = list(described.select_related("person__seat").prefetch_related("topics"))
    for profile in profiles:
        if profile.pk in photos:
            _photo(profile, photos[profile.pk], source)
    make_findable(profiles)


def _photo(profile: Profile, item: Item, source: Source) -> None:
    """A picture of the source's own folder, made anew like an uploaded one; a bad one is told, and left out."""
    name = cast(PersonRow, item.row).photo
    path = (source.folder / name).resolve()
    if not path.is_relative_to(source.folder.resolve()) or not path.is_file():
        source.report.remark(item.row.where, f"the photo “{name}” is not in the folder: the person goes in without")
        return
    try:
        with path.open("rb") as file:
            profile.show_face(portrait(UploadedFile(file, path.name, size=path.stat().st_size)))
        profile.save(update_fields=["photo"])
    except ValidationError as trouble:
        source.report.remark(item.row.where, f"the photo “{name}” is left out: {trouble.messages[0]}")


def _describe(person: Person, row: PersonRow, item: Item, by_email: dict[str, Person]) -> None:
    person.name, person.is_guest, person.is_active = row.name, row.is_guest, row.is_active
    person.is_protected = person.is_protected or row.is_protected
    if row.email and by_email.setdefault(row.email, person) is person:
        try:
            validate_email(row.email)
            person.email = row.email
        except ValidationError:
            item.refusal = f"“email” is no address: {row.email[:60]}"
    if not row.is_active and person._state.adding:
        person.left_at = timezone.now()


class Handles:
    """Unique handles out of ids: "Ada.Lovelace" → "ada-lovelace", "ada-lovelace-2" when that is taken."""

    def __init__(self, wanted: Iterable[str]) -> None:
        bases = {handle_of(id_) for id_ in wanted}
        self.taken = set(Person.objects.filter(handle__in=bases).values_list("handle", flat=True))

    def free(self, id_: str) -> str:
        base, number = handle_of(id_), 1
        handle = base
        while handle in self.taken or (number > 1 and Person.objects.filter(handle=handle).exists()):
            number += 1
            handle = f"{base}-{number}"
        self.taken.add(handle)
        return handle


def handle_of(id_: str) -> str:
    return slugify("".join(letter if letter.isalnum() else "-" for letter in id_)).strip("-_")[:70] or "person"


def _profiles(items: list[Item]) -> None:
    rows = {item.object_id: cast(PersonRow, item.row) for item in items}
    profiles = [
        Profile(person_id=pk, title=row.title, about=row.about, languages=list(row.languages)) for pk, row in rows.items()
    ]
    Profile.objects.bulk_create(
        profiles, update_conflicts=True, unique_fields=["person"], update_fields=["title", "about", "languages"]
    )
    known, through = Topics(), Profile.topics.through
    through.objects.filter(profile_id__in=rows).delete()
    through.objects.bulk_create(
        [through(profile_id=pk, topic=topic) for pk, row in rows.items() for topic in known.named(row.topics)]
    )


def _seats(items: list[Item], known: Known) -> None:
    all_units, all_places = Unit.objects.in_bulk(), Place.objects.in_bulk()
    seats = []
    for item in items:
        row = cast(PersonRow, item.row)
        unit, place = all_units.get(known.here("unit", row.unit) or 0), all_places.get(known.here("place", row.place) or 0)
        if unit or place or not item.is_new:
            seats.append(Seat(person_id=item.object_id, unit=unit, place=place))
    give_many(seats)
