"""Faces: uprighted, cropped to a square, encoded anew, without what the camera knew."""

import secrets
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from traff.ground.files.models import PICTURES, remade

SIDE = 320  # pixels: four times the largest avatar on a common screen
LARGEST = 20 * 2**20  # bytes
TOO_LARGE = _("The photo is larger than 20 MB. Make it smaller and try again.")


def portrait(upload: "UploadedFile[Any]") -> "ContentFile[bytes]":
    """A square JPEG of an uploaded picture, the upper middle of it, where faces are.

    Raises ValidationError saying what to do when it is no picture, a broken or a too large one.
    """
    if (upload.size or 0) > LARGEST:
        raise ValidationError(TOO_LARGE)
    data, kind = remade(upload.read())
    if kind not in PICTURES.values():
        raise ValidationError(_("This is not a photo that can be shown. Use JPEG, PNG or WebP."))
    with Image.open(BytesIO(data)) as picture:
        square = ImageOps.fit(_on_paper(picture), (SIDE, SIDE), centering=(0.5, 0.35))
    out = BytesIO()
    square.save(out, "JPEG", quality=86, optimize=True)
    return ContentFile(out.getvalue(), name=f"{secrets.token_hex(8)}.jpg")


def _on_paper(picture: Image.Image) -> Image.Image:
    """Without transparency: on white."""
    layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")
