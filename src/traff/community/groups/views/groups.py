from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traff.community.groups.finding import group_for
from traff.community.groups.forms import StartForm
from traff.community.groups.lists import groups_page, members_page
from traff.community.groups.page import page_of
from traff.ground.accounts.requests import PersonRequest


@require_safe
def groups(request: PersonRequest) -> HttpResponse:
    """Where I am asked in, mine, and the others there are, those with news first."""
    return render(
        request, "groups/groups.html", groups_page(request.user, request.GET.get("q", ""), request.GET.get("before", ""))
    )


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PersonRequest) -> HttpResponse:
    """A new group, and on to it at once."""
    if request.user.is_guest:
        raise Http404
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(form.start(by=request.user))
    return render(request, "groups/start.html", {"form": form})


@require_safe
def group(request: PersonRequest, slug: str) -> HttpResponse:
    """The group; to those who may not read it, its door."""
    found = group_for(request.user, slug)
    page = page_of(found, request.user)
    return render(request, "groups/group.html" if page["is_read"] else "groups/door.html", page)


@require_safe
def members(request: PersonRequest, slug: str) -> HttpResponse:
    """Who is in it, for those who may see that."""
    found = group_for(request.user, slug)
    if not found.shows_members_to(request.user):
        raise Http404
    listed = members_page(found, request.GET.get("after", ""))
    next_url = listed.next and f"?{urlencode({'after': listed.next})}"
    values = {**page_of(found, request.user, here="members"), "listed": listed, "next_url": next_url}
    return render(request, "groups/members.html", values)
