from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traff.community.people.forms import KnowingForm
from traff.community.people.models import Profile
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.redirects import back


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def knowing(request: PersonRequest) -> HttpResponse:
    """The two things that let colleagues find a newcomer: topics, and what others could reuse."""
    form = KnowingForm(request.POST or None, instance=Profile.of(request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Thank you. Now colleagues can find you by it."))
        return redirect("home")
    return render(request, "people/knowing_form.html", {"form": form})


@require_POST
def first_steps(request: PersonRequest) -> HttpResponse:
    """Shown again, at home."""
    if request.user.is_guest:
        raise Http404
    request.user.begin_first_steps()
    return redirect("home")


@require_POST
def first_steps_end(request: PersonRequest) -> HttpResponse:
    """Left for good."""
    if request.user.is_guest:
        raise Http404
    request.user.end_first_steps()
    messages.success(request, _("They are gone from your home page. If you want them back they wait under Me."))
    return back(request, "home")
