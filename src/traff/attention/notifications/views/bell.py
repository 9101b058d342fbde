from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.attention.notifications.forms import HearingForm
from traff.attention.notifications.models import Notice, StopLink
from traff.attention.notifications.shown import page_for
from traff.ground.accounts.requests import PersonRequest


@never_cache
@require_safe
def bell(request: PersonRequest) -> HttpResponse:
    """What concerns one, newest first."""
    _by_oneself(request)
    return render(request, "notifications/bell.html", {"page": page_for(request.user, request.GET.get("before", ""))})


@require_POST
def read(request: PersonRequest, pk: int) -> HttpResponse:
    """One thread is read."""
    _by_oneself(request)
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    Notice.objects.filter(pk=notice.pk).read()
    return redirect("bell")


@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """All of it is."""
    _by_oneself(request)
    Notice.objects.of(request.user).read()
    return redirect("bell")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: PersonRequest) -> HttpResponse:
    """What I hear of, where, and when I am left in peace."""
    _by_oneself(request)
    form = HearingForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("hearing")
    return render(request, "notifications/hearing.html", {"form": form})


@require_POST
def revoke(request: PersonRequest) -> HttpResponse:
    """The links in mails already sent do nothing any more."""
    _by_oneself(request)
    StopLink.revoke_all(request.user)
    messages.success(request, _("The links in earlier mails do nothing any more."))
    return redirect("hearing")


def _by_oneself(request: PersonRequest) -> None:
    """Who is signed in for another meets nothing of this."""
    if request.session.get("impersonated"):
        raise Http404
