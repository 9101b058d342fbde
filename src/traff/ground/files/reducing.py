"""Pictures made small, for lists: at most `SMALL` pixels a side, whatever was sent in."""

from io import BytesIO
from typing import IO

from PIL import Image

SMALL = 320  # pixels a side, at most
TYPE = "image/webp"


def reduced(stored: IO[bytes]) -> bytes:
    """A picture that was taken in (`models.remade`), in a few kilobytes. Never larger than it was."""
    with Image.open(stored) as picture:
        picture.draft("RGB", (SMALL, SMALL))  # a photo is unpacked no larger than needed
        small = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        small.thumbnail((SMALL, SMALL))
        out = BytesIO()
        small.save(out, format="WEBP", quality=80)
        return out.getvalue()
