from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traff.community.groups.finding import group_for
from traff.community.groups.models import LastSteward
from traff.community.people.directory import completions
from traff.community.people.models import listed_for
from traff.ground.access.rights import Right, may
from traff.ground.accounts.requests import PersonRequest


@require_POST
def join(request: PersonRequest, slug: str) -> HttpResponse:
    """One click in; through a closed door with an invitation."""
    group = group_for(request.user, slug)
    try:
        group.join(request.user)
    except PermissionDenied as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You are in. What is written in %(group)s is on your home page.") % {"group": group})
    return redirect(group)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: PersonRequest, slug: str) -> HttpResponse:
    """Out at once, unless nobody would be left to look after it. Where one cannot come back by oneself the page asks first."""
    group = group_for(request.user, slug)
    if not group.membership_of(request.user):
        raise Http404
    if request.method != "POST":
        return render(request, "groups/leave.html", {"group": group})
    try:
        group.leave(request.user)
    except LastSteward as refused:
        messages.error(request, str(refused))
        return redirect("group_members", group.slug)
    messages.success(request, _("You have left %(group)s.") % {"group": group})
    return redirect(group if group_is_seen(request, slug) else "groups")


def group_is_seen(request: PersonRequest, slug: str) -> bool:
    try:
        return bool(group_for(request.user, slug))
    except Http404:
        return False


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PersonRequest, slug: str) -> HttpResponse:
    """Whom do you mean? Then ask them in."""
    group = group_for(request.user, slug)
    if request.user.is_guest or not may(request.user, Right.INVITE, group):
        raise Http404
    if request.method == "POST":
        person = get_object_or_404(listed_for(request.user), handle=request.POST.get("person", ""))
        group.invite(person, by=request.user)
        messages.success(request, _("%(name)s is invited.") % {"name": person})
        return redirect("group_invite", group.slug)
    words = request.GET.get("q", "").strip()[:100]
    found = completions(request.user, words) if words else []
    inside = set(group.members().filter(pk__in=[face.id for face in found]).values_list("pk", flat=True))
    return render(request, "groups/invite.html", {"group": group, "words": words, "found": found, "inside": inside})


@require_POST
def decline(request: PersonRequest, slug: str) -> HttpResponse:
    """No, thank you; nobody is told."""
    group_for(request.user, slug).decline(request.user)
    return redirect("groups")
