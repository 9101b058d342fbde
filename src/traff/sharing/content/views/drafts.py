"""What is kept while one writes: nobody else's business, and nobody else's to find."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.ground.accounts.requests import PersonRequest
from traff.sharing.content import composing
from traff.sharing.content.keeping import keeps_writing
from traff.sharing.content.models import Draft
from traff.sharing.content.waiting import waiting_lines


@keeps_writing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: PersonRequest, key: uuid.UUID) -> HttpResponse:
    """POST keeps what stands in the form just now; GET leads to where one goes on writing."""
    if request.method != "POST":
        return redirect(composing.draft_of(request.user, key))
    kept, _data, _troubles = composing.kept_from(request, draft=key)
    if kept.is_sent:
        return JsonResponse({"sent": kept.outcome_url()})
    at = timezone.localtime(kept.touched_at)
    return JsonResponse({"at": f"{at:%H:%M}", "url": kept.get_absolute_url()})


@require_POST
def end(request: PersonRequest, key: uuid.UUID) -> HttpResponse:
    """Throw it away."""
    composing.draft_of(request.user, key).delete()
    messages.success(request, _("The draft is thrown away."))
    return redirect("drafts")


@require_safe
@never_cache
def drafts(request: PersonRequest) -> HttpResponse:
    return render(request, "content/drafts.html", {"drafts": waiting_lines(request.user)})


@require_safe
@never_cache
def latest(request: PersonRequest) -> HttpResponse:
    """Back to what one wrote last, after signing in again."""
    return redirect(Draft.objects.of(request.user).waiting().first() or "drafts")
