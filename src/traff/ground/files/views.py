from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from traff.ground.accounts.requests import PersonRequest
from traff.ground.files import reducing
from traff.ground.files.limits import too_large
from traff.ground.files.models import SHOWN_INLINE, SMALL, TOO_LARGE, File


@require_safe
def file(request: PersonRequest, pk: int, name: str) -> HttpResponseBase:
    """A file one may read; a picture small, when the address says so. What the reader has already is not sent again."""
    found = get_object_or_404(File.objects.visible_to(request.user).select_related("blob"), pk=pk)
    is_small = SMALL in request.GET and found.is_picture
    etag = quote_etag(f"{found.blob.sha256}{SMALL if is_small else ''}")
    response = get_conditional_response(request, etag=etag) or (_small(found) if is_small else _whole(found))
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response


def _small(found: File) -> FileResponse:
    return FileResponse(found.blob.smaller().open(), content_type=reducing.TYPE)


def _whole(found: File) -> FileResponse:
    """Shown in place only where that is harmless."""
    is_shown, kind = found.blob.type in SHOWN_INLINE, found.blob.type
    return FileResponse(found.blob.stored.open(), as_attachment=not is_shown, filename=found.name, content_type=kind)


@require_POST
def upload(request: PersonRequest) -> JsonResponse:
    """Take files in, for the editor: readable by their owner alone until they are attached to something."""
    given = request.FILES.getlist("files")
    if too_large(request):
        return JsonResponse({"error": str(TOO_LARGE)}, status=413)
    if not given:
        return JsonResponse({"error": _("Choose a file first.")}, status=400)
    try:
        received = [File.receive(one, by=request.user, alt=request.POST.get("alt", "")) for one in given]
    except ValidationError as trouble:
        return JsonResponse({"error": " ".join(trouble.messages)}, status=413 if trouble.code == "too_large" else 422)
    return JsonResponse({"files": [described(one) for one in received]}, status=201)


def described(file: File) -> dict[str, Any]:
    """A file as the editor knows it."""
    return {
        "id": file.pk,
        "name": file.name,
        "url": file.get_absolute_url(),
        "size": file.blob.size,
        "is_picture": file.is_picture,
        "is_only_called_picture": file.is_only_called_picture,
        "alt": file.alt,
    }
