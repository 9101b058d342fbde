"""Files by the rule: who sees them, how they are shown, and what a camera told that nobody needs to know."""

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
from traff.ground.files import limits, models
from traff.ground.files.models import File

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(kind: str = "JPEG", **more: Any) -> bytes:
    out = BytesIO()
    picture = Image.new("RGB", (60, 40), "teal")
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x9286] = "Kamera AB", 6, "hemma hos mig"
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(out, kind, exif=exif, **more)
    return out.getvalue()


def fetched(client: Client, file: File) -> Any:
    answer = client.get(file.get_absolute_url())
    if answer.streaming:
        answer.read = b"".join(answer.streaming_content)  # which closes it, too
    return answer


def sent(client: Client, *files: SimpleUploadedFile, **more: Any) -> Any:
    return client.post("/files/", {"files": list(files), **more})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_the_camera_knew_is_gone(client: Client, astrid: Person, kind: str) -> None:
    client.force_login(astrid)
    told = sent(client, SimpleUploadedFile("foto.jpg", photo(kind)), alt="En packning").json()["files"][0]
    assert told["is_picture"] and told["alt"] == "En packning"
    stored = fetched(client, File.objects.visible_to(astrid).get()).read
    with Image.open(BytesIO(stored)) as picture:
        assert dict(picture.getexif()) == {} and "exif" not in picture.info
        assert picture.size == (40, 60)  # turned upright
    assert b"Kamera" not in stored and b"hemma" not in stored


def test_transparency_of_few_colours_stays(astrid: Person) -> None:
    out = BytesIO()
    clear = Image.new("P", (4, 4), 0)
    clear.save(out, "PNG", transparency=0)
    file = File.receive(SimpleUploadedFile("ikon.png", out.getvalue()), by=astrid)
    with file.blob.stored.open() as stored, Image.open(stored) as picture:
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0


def test_until_it_is_attached_its_owner_alone_sees_it(client: Client, astrid: Person, bjorn: Person) -> None:
    file = File.receive(SimpleUploadedFile("plan.txt", b"x"), by=astrid)
    client.force_login(bjorn)
    assert fetched(client, file).status_code == 404
    client.logout()
    assert fetched(client, file).status_code == 302


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("x.html", b"<script>alert(1)</script>"),
        ("x.jpg", b"<html><script>alert(1)</script>"),
        ("x.js", b"alert(1)"),
        ("x.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
    ],
)
def test_what_could_act_is_never_shown_in_place(client: Client, astrid: Person, name: str, data: bytes) -> None:
    file = File.receive(SimpleUploadedFile(name, data, content_type="image/png"), by=astrid)
    client.force_login(astrid)
    answer = fetched(client, file)
    assert answer["Content-Disposition"].startswith("attachment") and answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Content-Security-Policy"].startswith("sandbox")


def test_pictures_are_shown_in_place(client: Client, astrid: Person) -> None:
    file = File.receive(SimpleUploadedFile("foto.jpg", photo()), by=astrid)
    client.force_login(astrid)
    answer = fetched(client, file)
    assert answer["Content-Disposition"].startswith("inline") and answer["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_broken_picture_is_told_and_nothing_kept(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    answer = sent(client, SimpleUploadedFile("foto.jpg", photo()[:200]))
    assert answer.status_code == 422 and "JPEG" in answer.json()["error"]
    assert not File.objects.visible_to(astrid).exists()


def test_a_large_file_is_told(client: Client, astrid: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST", 1000)
    client.force_login(astrid)
    answer = sent(client, SimpleUploadedFile("stor.bin", b"x" * 200_000))
    assert answer.status_code == 413 and "50 MB" in answer.json()["error"]


def test_a_large_file_does_not_take_the_words_with_it(client: Client, astrid: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST", 1000)
    client.force_login(astrid)
    form = {"uploads": SimpleUploadedFile("stor.bin", b"x" * 200_000), "kind": "update", "body": "Mina ord"}
    answer = client.post("/write/", form)
    assert answer.status_code == 422 and "Mina ord" in answer.content.decode() and "stor.bin" in answer.content.decode()


def test_no_file_is_told(client: Client, astrid: Person) -> None:
    client.force_login(astrid)
    assert client.post("/files/").status_code == 400


def test_names_lead_nowhere(astrid: Person) -> None:
    file = File.receive(SimpleUploadedFile("../../etc/pass wd?.txt", b"x"), by=astrid)
    assert "/" not in file.name and file.blob.stored.name.startswith("blobs/")


def test_attached_elsewhere_is_another_file(astrid: Person, bjorn: Person) -> None:
    everyone = Audience.objects.everyone()
    file = File.receive(SimpleUploadedFile("a.txt", b"a"), by=astrid)
    first = file.attach(kind="post", subject=astrid, audience=everyone, by=astrid)
    second = first.attach(kind="post", subject=bjorn, audience=Audience.objects.private_to(astrid), by=astrid)
    assert first.pk != second.pk and first.blob_id == second.blob_id
    assert first.seen_by(bjorn) and not second.seen_by(bjorn)


def test_too_many_pixels_are_refused(astrid: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_PIXELS", 100)
    with pytest.raises(models.ValidationError):
        File.receive(SimpleUploadedFile("stor.jpg", photo()), by=astrid)


def test_what_was_forgotten_goes_and_what_is_shown_stays(
    astrid: Person, bjorn: Person, django_capture_on_commit_callbacks: Any
) -> None:
    old = timezone.now() - timedelta(days=100)
    alone = File.receive(SimpleUploadedFile("ensam.txt", b"ensam"), by=astrid)
    shared = File.receive(SimpleUploadedFile("delad.txt", b"delad"), by=astrid)
    File.receive(SimpleUploadedFile("delad.txt", b"delad"), by=bjorn)
    File.objects.unrestricted("they lay long").filter(owner=astrid).update(at=old)
    with django_capture_on_commit_callbacks(execute=True):
        File.forget_unattached(older_than=timedelta(days=90))
    assert not File.objects.visible_to(astrid).exists()
    assert not alone.blob.stored.storage.exists(alone.blob.stored.name)
    assert shared.blob.stored.storage.exists(shared.blob.stored.name)
