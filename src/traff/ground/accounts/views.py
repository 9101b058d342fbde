from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.ground.accounts import unsent
from traff.ground.accounts.demo import is_demo
from traff.ground.accounts.middleware import COOKIE
from traff.ground.accounts.models import Person, SigninLink
from traff.ground.audit.models import AuditRecord
from traff.ground.core.redirects import back

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIRST = Case(When(handle="astrid", then=0), default=1)  # of the demo, whom its page names
CAST, LONG = 150, 20  # shown at a time, the rest is found by name; from so many on one may look for a name


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signin_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST acts: a mail scanner that follows the link uses nothing up."""
    if request.method != "POST":
        return render(request, "accounts/signin_link.html")
    link = SigninLink.objects.redeem(token)
    if link is None:
        return render(request, "accounts/signin_link.html", {"spent": True}, status=410)
    if request.user.is_authenticated:
        logout(request)  # only then: what an anonymous session keeps for its writer outlives the sign-in
    login(request, link.person, backend=BACKEND)
    if link.is_impersonation:
        request.session["impersonated"] = link.person.name
        request.session.set_expiry(timezone.now() + SigninLink.LIFE)
    AuditRecord.write(actor_id=None, verb="signin.used", kind="person", subject_id=link.person_id)
    return redirect("home")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """In the demo one chooses whom to be; anywhere else there is no such page."""
    if not is_demo():
        raise Http404
    people = Person.objects.shown().by_name()
    if request.method == "POST":
        person = get_object_or_404(people, handle=request.POST.get("person", ""))
        if request.user.is_authenticated:
            logout(request)
        login(request, person, backend=BACKEND)
        return redirect("home")
    words = request.GET.get("q", "").strip()[:100]
    found = people.filter(name__icontains=words) if words else people.order_by(FIRST, "sort_name", "id")
    return render(request, "accounts/demo.html", {"people": found[:CAST], "words": words, "is_long": people.count() > LONG})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages; kept on the person when signed in, else in a cookie."""
    chosen = request.POST.get("language", "")
    response = back(request, "home")
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            Person.objects.filter(pk=request.user.pk).update(language=chosen)
        response.set_cookie(COOKIE, chosen, max_age=31_536_000, samesite="Lax", secure=settings.OVER_TLS, httponly=True)
    return response


@login_not_required
def not_here(request: HttpRequest) -> HttpResponse:
    """Pages of the sign-in library that Träff does without: people and their addresses come from the register."""
    raise Http404


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that grew old while somebody wrote: they get their words back. Anything else is refused."""
    if not unsent.wait(request):
        return render(request, "403_csrf.html", {"reason": reason}, status=403)
    return redirect("unsent") if request.user.is_authenticated else redirect_to_login(reverse("unsent"))


@require_safe
@never_cache
def not_sent(request: HttpRequest) -> HttpResponse:
    """What one wrote and what did not get through: in its own form again where there is one, else here, to be sent from here."""
    ways = [(one, unsent.way_on(request, one)) for one in unsent.waiting(request)]
    list(messages.get_messages(request))  # they say what this page says
    if len(ways) == 1 and ways[0][1] not in {"", ways[0][0].path}:  # it has a place of its own by now
        messages.success(request, _("Nothing was sent, and we kept what you wrote. Read it through and send it."))
        return redirect(ways[0][1])
    return render(request, "accounts/not_sent.html", {"ways": ways}) if ways else redirect("drafts")


@require_POST
def not_sent_end(request: HttpRequest) -> HttpResponse:
    """Thrown away."""
    unsent.forget(request, request.POST.get("key", ""))
    return redirect("unsent")
