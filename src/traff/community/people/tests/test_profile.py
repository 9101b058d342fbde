"""Who somebody is, to whom."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from traff.community.people.faces import face_of
from traff.community.people.models import Level, Profile
from traff.community.people.photos import SIDE, portrait
from traff.community.topics.models import Topic
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Block, DemoMarker, Person
from traff.ground.organisation.models import Place, Seat


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600)) -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    out = BytesIO()
    Image.new("RGB", size, "olive").save(out, kind, exif=exif)
    return SimpleUploadedFile("me.jpg", out.getvalue(), content_type="image/jpeg")


@pytest.fixture
def telling(bjorn: Person) -> Profile:
    profile = Profile.of(bjorn)
    profile.title, profile.about, profile.about_level = "Paper engineer", "Thirty years of rust", Level.UNIT
    profile.phone, profile.phone_level, profile.languages = "070-123", Level.EVERYONE, ["sv", "fi"]
    profile.tell(topics=[Topic.objects.named("korrosion"), Topic.objects.named("väggur")])
    return profile


def page(at: Any, reader: Person, handle: str = "bjorn") -> str:
    answer = at(reader).get(f"/people/{handle}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_we_share_stands_first(at: Any, astrid: Person, telling: Profile) -> None:
    secret = Topic.objects.named("fackligt")
    Topic.objects.filter(pk=secret.pk).update(is_sensitive=True)
    for profile in (telling, Profile.of(astrid)):
        profile.tell(topics=[Topic.objects.named("korrosion"), secret, *profile.topics.all()])
    text = page(at, astrid)
    common = text[text.index("What we share") : text.index("Knows about")]
    assert "korrosion" in common
    assert "väggur" not in common
    assert "fackligt" not in common
    assert "Paper engineer" in text
    assert "Tampere" in text


def test_each_field_has_its_level(at: Any, astrid: Person, bjorn: Person, cecilia: Person, telling: Profile, house: Any) -> None:
    Seat.give(cecilia, unit=house["paper"], place=None)
    assert "Thirty years" not in page(at, astrid)
    assert "Thirty years" in page(at, cecilia)
    assert "Thirty years" in page(at, bjorn)
    assert "070-123" in page(at, astrid)


def test_protected_people_show_neither_place_nor_photo(at: Any, astrid: Person, preben: Person, house: Any) -> None:
    Seat.give(preben, unit=house["mine"], place=house["Kiruna"])
    profile = Profile.of(preben)
    profile.phone = "070-999"
    profile.show_face(portrait(picture()))
    profile.tell(topics=[])
    text = page(at, astrid, "preben")
    assert "Kiruna" not in text
    assert "070-999" not in text
    assert "/photo/" not in text
    assert at(astrid).get(profile.photo_url("preben")).status_code == 404


def test_who_left_is_marked_and_their_page_stays(at: Any, astrid: Person, inga: Person) -> None:
    assert "has left" in page(at, astrid, "inga")


def test_a_guest_opens_only_those_of_shared_circles(at: Any, gosta: Person, bjorn: Person, telling: Profile) -> None:
    unknown, hidden = at(gosta).get("/people/nobody-at-all/"), at(gosta).get("/people/bjorn/")
    assert (unknown.status_code, hidden.status_code) == (404, 404)
    assert unknown.content == hidden.content
    circle = Audience.objects.create(kind="group", is_open=False)
    for member in (bjorn, gosta):
        circle.add(member)
    assert "Björn" in page(at, gosta)


def test_anonymous_and_former_colleagues_see_nobody(client: Any, at: Any, inga: Person, bjorn: Person) -> None:
    for visitor in (client, at(inga)):
        for path in ("/people/bjorn/", "/people/bjorn/photo/x.jpg", "/me/", "/me/profile/"):
            assert visitor.get(path).status_code == 302
        assert visitor.post("/people/bjorn/block/").status_code == 302


def test_one_tells_of_oneself(at: Any, astrid: Person, bjorn: Person, gosta: Person, settings: Any) -> None:
    said = {
        "title": "Service engineer", "about": "New here", "about_level": "everyone", "phone": "", "phone_level": "me",
        "languages": ["sv", "se"], "topic_names": "Pumpar, #skridskor, pumpar", "picture": picture(),
    }  # fmt: skip
    answer = at(astrid).post("/me/profile/", said)
    assert answer.headers["Location"] == "/people/astrid/"
    profile = Profile.objects.get(person=astrid)
    assert (profile.title, profile.languages) == ("Service engineer", ["sv", "se"])
    assert {topic.slug for topic in profile.topics.all()} == {"pumpar", "skridskor"}
    face = at(astrid).get(face_of(astrid).photo_url)
    with Image.open(BytesIO(b"".join(face.streaming_content))) as shown:
        assert shown.size == (SIDE, SIDE)
        assert not shown.getexif()
    assert Client().get(face_of(astrid).photo_url).status_code == 302  # a visitor sees no face
    settings.ON_LOOPBACK = True
    DemoMarker.objects.create(organisation="nordanvind")
    chosen_of = Client().get(face_of(astrid).photo_url)  # but the cast of the demo, of whom one chooses
    assert chosen_of.status_code == 200 and b"".join(chosen_of.streaming_content)
    assert face_of(astrid).photo_url not in at(gosta).get("/demo/").content.decode()  # a guest who knows her not meets initials
    assert face_of(astrid).photo_url in at(bjorn).get("/demo/").content.decode()
    kept = profile.photo.name
    at(astrid).post("/me/profile/", {**said, "picture": "", "without_photo": "on"})
    profile.refresh_from_db()
    assert not profile.photo
    assert not profile.photo.storage.exists(kept)


def test_what_is_no_photo_is_refused_in_words(at: Any, astrid: Person) -> None:
    drawing = SimpleUploadedFile("me.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    with pytest.raises(ValidationError, match="JPEG"):
        portrait(drawing)
    answer = at(astrid).post("/me/profile/", {"about_level": "everyone", "phone_level": "me", "picture": drawing})
    assert answer.status_code == 200
    assert not Profile.objects.get(person=astrid).photo


def test_blocking_is_silent_and_taken_back_where_one_sees_it(at: Any, astrid: Person, bjorn: Person) -> None:
    at(astrid).post("/people/bjorn/block/")
    assert Block.between(bjorn) == [astrid.pk]
    assert "Björn Ståhl" in at(astrid).get("/me/").content.decode()
    assert "Astrid" not in at(bjorn).get("/me/").content.decode()
    assert at(bjorn).post("/people/astrid/block/end/").status_code == 404  # it is not his to take back
    at(astrid).post("/people/bjorn/block/end/")
    assert not Block.objects.exists()
    assert at(astrid).post("/people/astrid/block/").status_code == 404


def test_the_page_costs_the_same_with_two_topics_and_ten(at: Any, astrid: Person, telling: Profile) -> None:
    reader = at(astrid)
    reader.get("/people/bjorn/")
    with CaptureQueriesContext(connection) as two:
        reader.get("/people/bjorn/")
    telling.tell(topics=[Topic.objects.named(f"topic {n}") for n in range(10)])
    with CaptureQueriesContext(connection) as ten:
        reader.get("/people/bjorn/")
    assert len(ten) == len(two)


def test_the_clock_on_a_profile_is_that_of_the_persons_own_place(at: Any, astrid: Person, bjorn: Person) -> None:
    """Not the reader's: the line is there to tell whether one may ring now."""
    Seat.give(bjorn, unit=bjorn.seat.unit, place=Place.objects.create(name="Tammerfors", timezone="Europe/Helsinki"))
    there = timezone.now().astimezone(ZoneInfo("Europe/Helsinki"))
    said = re.search(r"(\d\d):\d\d (?:in|i) Tammerfors", page(at, astrid))
    assert said is not None
    assert int(said[1]) in {there.hour, (there - timedelta(minutes=1)).hour}
