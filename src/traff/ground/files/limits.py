"""A file that is too large is dropped while it comes in; the rest of the form comes through."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from traff.ground.files.models import LARGEST


class Limited(FileUploadHandler):
    """Stands first among the upload handlers; `too_large(request)` tells the names of what was dropped."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.taken += len(raw_data)
        if self.taken > LARGEST:
            if self.request is not None:
                self.request.META.setdefault("traff.too_large", []).append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        return None  # the handlers after this one keep it


def too_large(request: HttpRequest) -> list[str]:
    """Names of the files that were dropped; takes the form in first."""
    request.FILES  # noqa: B018 (reading it is what takes the files in)
    return list(request.META.get("traff.too_large", []))
