"""What is kept while one writes: nobody else's business, and nobody else's to find."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.ground.accounts import unsent
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core import dates
from traff.sharing.content import composing
from traff.sharing.content.keeping import keeps_writing
from traff.sharing.content.models import Draft, KeptElsewhere
from traff.sharing.content.previewing import previewed
from traff.sharing.content.waiting import waiting_lines, words_of


@keeps_writing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: PersonRequest, key: uuid.UUID) -> HttpResponse:
    """POST keeps what stands in the form just now; GET leads to where one goes on writing."""
    if request.method != "POST":
        return redirect(composing.draft_of(request.user, key))
    try:
        kept, _data, _troubles = composing.kept_from(request, base=request.POST.get("base", "")[:40], draft=key)
    except KeptElsewhere as other:
        return JsonResponse({**told(other.draft), "excerpt": Truncator(words_of(other.draft)).chars(200)}, status=409)
    return JsonResponse({"sent": kept.outcome_url()} if kept.is_sent else told(kept))


def told(draft: Draft) -> dict[str, str]:
    """What the page that keeps a draft is told of it."""
    at = timezone.localtime(draft.touched_at)
    return {"at": dates.clock(at), "url": draft.get_absolute_url(), "version": draft.version}


@require_safe
@never_cache
def preview(request: PersonRequest, key: uuid.UUID) -> HttpResponse:
    """As its readers will see it; to the editor the words alone."""
    shown = previewed(composing.draft_of(request.user, key), request.user)
    is_part = bool(request.headers.get("X-Keeping"))
    return render(request, "content/parts/preview.html" if is_part else "content/preview.html", shown)


@require_POST
def end(request: PersonRequest, key: uuid.UUID) -> HttpResponse:
    """Throw it away."""
    composing.draft_of(request.user, key).delete()
    messages.success(request, _("The draft is thrown away."))
    return redirect("drafts")


@require_safe
@never_cache
def drafts(request: PersonRequest) -> HttpResponse:
    values = {"drafts": waiting_lines(request.user), "not_sent": len(unsent.waiting(request))}
    return render(request, "content/drafts.html", values)
