"""Small pictures for lists: by the same rule as the picture itself, bounded, made once, and gone with it."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from traff.ground.access.models import Audience
from traff.ground.accounts.models import Person
from traff.ground.files.models import File

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (3000, 1500)) -> SimpleUploadedFile:
    out = BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(out, kind)
    return SimpleUploadedFile(f"foto.{kind.lower()}", out.getvalue())


def read(client: Client, url: str) -> tuple[int, bytes]:
    answer = client.get(url)
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")])
def test_whatever_was_sent_in_comes_small(client: Client, astrid: Person, kind: str, mode: str) -> None:
    file = File.receive(picture(kind, mode), by=astrid)
    client.force_login(astrid)
    status, small = read(client, file.get_small_url())
    with Image.open(BytesIO(small)) as shown:
        assert (status, shown.format, shown.size) == (200, "WEBP", (320, 160))
    assert len(small) < 40_000


def test_it_is_made_once_and_nothing_grows(client: Client, astrid: Person) -> None:
    file = File.receive(picture(size=(60, 40)), by=astrid)
    client.force_login(astrid)
    first, second = read(client, file.get_small_url()), read(client, file.get_small_url())
    file.blob.refresh_from_db()
    stored = file.blob.small.name
    assert first == second and Image.open(BytesIO(first[1])).size == (60, 40)
    assert file.blob.smaller().name == stored


def test_who_may_not_see_the_picture_sees_no_small_one(client: Client, astrid: Person, bjorn: Person) -> None:
    file = File.receive(picture(), by=astrid)
    client.force_login(bjorn)
    assert read(client, file.get_small_url())[0] == 404
    file.attach(kind="post", subject=astrid, audience=Audience.objects.everyone(), by=astrid)
    assert read(client, file.get_small_url())[0] == 200


def test_what_one_has_already_is_not_sent_again_but_asked_about(client: Client, astrid: Person, bjorn: Person) -> None:
    file = File.receive(picture(), by=astrid)
    client.force_login(astrid)
    for url in (file.get_absolute_url(), file.get_small_url()):
        answer = client.get(url)
        b"".join(answer.streaming_content)  # type: ignore[arg-type]
        again = {"If-None-Match": answer["ETag"]}
        assert client.get(url, headers=again).status_code == 304
        client.force_login(bjorn)
        assert client.get(url, headers=again).status_code == 404
        client.force_login(astrid)


def test_what_is_no_picture_comes_as_it_is(client: Client, astrid: Person) -> None:
    file = File.receive(SimpleUploadedFile("plan.txt", b"steg ett"), by=astrid)
    client.force_login(astrid)
    assert read(client, file.get_small_url()) == (200, b"steg ett")


def test_it_goes_with_the_picture(client: Client, astrid: Person, django_capture_on_commit_callbacks: Any, settings: Any) -> None:
    file = File.receive(picture(), by=astrid)
    client.force_login(astrid)
    read(client, file.get_small_url())
    File.objects.unrestricted("test").update(at=timezone.now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        File.forget_unattached(older_than=timedelta(days=7))
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
