"""A question that waits for an answer, shown quietly: answered on its own page, passed on, or not for me."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traff.ground.accounts.models import Person
from traff.ground.accounts.requests import PersonRequest
from traff.heart.matching.quiet import QuietRequest, Said
from traff.heart.matching.reuse import experts
from traff.heart.matching.unanswered import colleagues_for, pass_on, still_open
from traff.sharing.content.forms.people import called


@require_POST
def not_me(request: PersonRequest, pk: int) -> HttpResponse:
    """Not for me; told to nobody."""
    asked = get_object_or_404(QuietRequest.objects.visible_to(request.user).waiting(), pk=pk)
    asked.say(Said.NOT_ME)
    if request.htmx:
        return render(request, "core/parts/thanks.html", {"text": _("Noted. Nobody is told.")})
    return redirect("home")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passing(request: PersonRequest, pk: int) -> HttpResponse:
    """Pass it on to a colleague: one of those who have written about it, or somebody one thinks of."""
    asked = get_object_or_404(QuietRequest.objects.visible_to(request.user).waiting().select_related("entry", "by"), pk=pk)
    post = get_object_or_404(still_open(request.user, [asked.entry.subject_id]), pk=asked.entry.subject_id)
    values: dict[str, Any] = {"asked": asked, "post": post}
    if request.method == "POST":
        try:
            to = named(request, asked)
            pass_on(asked, to=to)
            messages.success(request, _("Passed on to %(name)s, who hears that it comes from you.") % {"name": to.name})
            return redirect("home")
        except ValidationError as refused:
            values |= {"trouble": " ".join(refused.messages), "typed": request.POST.get("name", "")[:200]}
    values["experts"] = experts(colleagues_for(asked))
    return render(request, "matching/pass_on.html", values)


def named(request: PersonRequest, asked: QuietRequest) -> Person:
    """The colleague chosen, among those who read the question; raises ValidationError."""
    name = request.POST.get("to", "") or request.POST.get("name", "").strip().lstrip("@")
    if not name:
        raise ValidationError(_("Choose a colleague, or write a name."))
    return called([name[:200]], asked.entry.audience)[0]
