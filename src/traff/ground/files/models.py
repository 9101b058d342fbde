"""Files by the rule: a blob of bytes stored once, and a File for each place it is shown."""

import hashlib
import mimetypes
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from traff.ground.access.models import Audience, Shared, SharedQuerySet
from traff.ground.accounts.models import Person
from traff.ground.files.reducing import reduced

LARGEST = 50 * 2**20  # bytes
MOST_PIXELS = 40_000_000  # against decompression bombs
PICTURES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}  # MPO: phones' JPEG
TOO_LARGE = _("The file is larger than 50 MB. Make it smaller, or put it where large files live and link to it.")
SMALL = "small"  # how an address asks for it
SHOWN_INLINE = {*PICTURES.values(), "application/pdf"}


class Blob(models.Model):
    """Bytes, stored once however often they are shown."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()  # bytes
    type = models.CharField(max_length=100)  # as found in the bytes, never as the sender said
    stored = models.FileField(upload_to="blobs/")
    small = models.FileField(upload_to="blobs/small/", blank=True)  # of a picture, made when a list first asks for it

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.size} bytes)"

    @classmethod
    def keep(cls, data: bytes, mime: str) -> "Blob":
        digest = hashlib.sha256(data).hexdigest()
        blob, made = cls.objects.get_or_create(sha256=digest, defaults={"size": len(data), "type": mime})
        if made or not blob.stored:
            blob.stored.save(f"{digest[:2]}/{digest}", ContentFile(data))
        return blob

    @transaction.atomic
    def smaller(self) -> Any:
        """The picture made small; once, however many ask at the same moment."""
        if not self.small:
            locked = Blob.objects.select_for_update().get(pk=self.pk)
            if not locked.small:
                with locked.stored.open() as stored:
                    locked.small.save(f"{self.sha256[:2]}/{self.sha256}.webp", ContentFile(reduced(stored)))
            self.small = locked.small
        return self.small


class FileQuerySet(SharedQuerySet):
    def attached_to(self, kind: str, ids: Iterable[int]) -> "FileQuerySet":
        return self.filter(subject_kind=kind, subject_id__any=list(ids)).select_related("blob").order_by("at", "id")

    def first_pictures(self) -> "FileQuerySet":
        """Of each thing one picture, the first that was hung on it."""
        return self.filter(blob__type__in=PICTURES.values()).order_by("subject_id", "at", "id").distinct("subject_id")


class File(Shared):
    """A blob with a name and readers. Until it is attached its readers are its owner; attaching elsewhere makes another File."""

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    alt = models.CharField(_("what the picture shows"), max_length=500, blank=True)
    subject_kind = models.CharField(max_length=20, blank=True)  # what it is attached to, "" until then
    subject_id = models.IntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = FileQuerySet.as_manager()

    class Meta(Shared.Meta):
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="file_by_subject")]  # what is attached to a post

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def receive(cls, upload: "UploadedFile[Any]", *, by: Person, alt: str = "") -> "File":
        """Take an upload in, readable by its owner alone. Pictures are made anew, without what the camera knew.

        Raises ValidationError saying what to do when it is too large or a broken picture.
        """
        if (upload.size or 0) > LARGEST:
            raise ValidationError(TOO_LARGE, code="too_large")
        data = upload.read()
        data, mime = remade(data)
        name = get_valid_filename(upload.name or "file")[-200:]
        private = Audience.objects.private_to(by)
        file = cls(blob=Blob.keep(data, mime), owner=by, name=name, alt=alt.strip()[:500], audience=private)
        file.save()
        return file

    def attach(self, *, kind: str, subject: Any, audience: Audience, by: Person) -> "File":
        """Give it the readers of what it hangs on. An already attached file stays where it is: a new one is made."""
        if self.owner_id != by.pk:
            raise PermissionDenied(_("Only the person who sent the file in can attach it."))
        if (self.subject_kind, self.subject_id) == (kind, subject.pk):
            return self
        target = self if not self.subject_kind else File(blob=self.blob, owner=by, name=self.name, alt=self.alt)
        target.subject_kind, target.subject_id, target.audience = kind, subject.pk, audience
        target.save()
        return target

    @transaction.atomic
    def detach(self) -> None:
        """Back to its owner alone, at once: what it hung on is gone or needs it no longer."""
        self.subject_kind, self.subject_id, self.audience = "", None, Audience.objects.private_to(self.owner)
        self.save()

    @classmethod
    def detach_all(cls, *, kind: str, ids: Iterable[int]) -> None:
        """Everything that hangs on these, in the deed's own transaction."""
        hanging = cls.objects.unrestricted("what they hung on is gone").attached_to(kind, ids)
        for file in hanging.select_related("owner"):
            file.detach()

    @classmethod
    @transaction.atomic
    def forget_unattached(cls, *, older_than: timedelta) -> None:
        """What was taken in and hung on nothing for so long; the bytes go when nothing shows them any more."""
        waiting = cls.objects.unrestricted("taken in and forgotten").filter(subject_kind="", at__lt=timezone.now() - older_than)
        blobs = set(waiting.values_list("blob_id", flat=True))
        waiting.delete()
        shown = cls.objects.unrestricted("bytes still shown").filter(blob__in=blobs).values_list("blob_id", flat=True)
        unseen = Blob.objects.filter(pk__in=blobs - set(shown))
        for blob in unseen:
            transaction.on_commit(partial(blob.stored.delete, save=False))
            if blob.small:
                transaction.on_commit(partial(blob.small.delete, save=False))
        unseen._raw_delete(unseen.db)  # nothing hangs on them, and the database would say so; asking would read files unscoped

    @property
    def is_picture(self) -> bool:
        return self.blob.type in PICTURES.values()

    @property
    def is_only_called_picture(self) -> bool:
        """By its name a picture, and none that a page can show: a drawing in SVG, or something else inside."""
        return not self.is_picture and (mimetypes.guess_type(self.name)[0] or "").startswith("image/")

    def is_by(self, person: Person) -> bool:
        return self.owner_id == person.pk

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.pk, self.name])

    def get_small_url(self) -> str:
        """Of a picture: the same, small."""
        return f"{self.get_absolute_url()}?{SMALL}"


def remade(data: bytes) -> tuple[bytes, str]:
    """Pictures encoded anew (upright, no EXIF), anything else as it came; with the type found in the bytes.

    Raises ValidationError for a picture that cannot be read or is too large to unpack.
    """
    if data.startswith(b"%PDF-"):
        return data, "application/pdf"
    try:
        with Image.open(BytesIO(data)) as picture:
            kind = picture.format or ""
            if kind not in PICTURES:
                return data, "application/octet-stream"
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The picture has too many pixels. Make it smaller than 40 megapixels."))
            upright = ImageOps.exif_transpose(picture)
            kind = "JPEG" if kind == "MPO" else kind
            clean = upright.convert("RGB" if kind == "JPEG" else "RGBA" if upright.mode == "P" else upright.mode)
            clean.info = {}
            out = BytesIO()
            clean.save(out, format=kind, quality=88, optimize=True) if kind != "PNG" else clean.save(out, format=kind)
            return out.getvalue(), PICTURES[kind]
    except UnidentifiedImageError:
        return data, "application/octet-stream"
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("The picture cannot be read. Save it anew as JPEG or PNG.")) from error
