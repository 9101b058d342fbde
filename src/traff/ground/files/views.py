from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from traff.ground.files.models import SHOWN_INLINE, File


@require_safe
def file(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """A file one may read; shown in place only where that is harmless."""
    found = get_object_or_404(File.objects.visible_to(request.user).select_related("blob"), pk=pk)
    shown = found.blob.type in SHOWN_INLINE
    response = FileResponse(found.blob.stored.open(), as_attachment=not shown, filename=found.name, content_type=found.blob.type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response
