from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traff.community.groups.finding import group_tended_by
from traff.community.groups.forms import DescriptionForm
from traff.community.groups.models import LastSteward
from traff.ground.accounts.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Name, purpose, sensitive or not; and the door, for those who look after the group."""
    group = group_tended_by(request.user, slug)
    form = DescriptionForm(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        group.describe(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(group)
    return render(request, "groups/edit.html", {"group": group, "form": form})


@require_POST
def close(request: PersonRequest, slug: str) -> HttpResponse:
    """Open → closed, when it was said twice. There is no way back, for nobody."""
    group = group_tended_by(request.user, slug)
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Tick that you are sure: a closed group cannot be opened again."))
        return redirect("group_edit", group.slug)
    group.close(by=request.user)
    messages.success(request, _("%(group)s is closed. Members alone read it from now on.") % {"group": group})
    return redirect(group)


@require_POST
def appoint(request: PersonRequest, slug: str) -> HttpResponse:
    """One more who looks after the group."""
    group = group_tended_by(request.user, slug)
    person = get_object_or_404(group.members(), handle=request.POST.get("person", ""))
    group.appoint(person, by=request.user)
    messages.success(request, _("%(name)s looks after the group too.") % {"name": person})
    return redirect("group_members", group.slug)


@require_POST
def part_with(request: PersonRequest, slug: str) -> HttpResponse:
    """A member is shown out; the person alone hears."""
    group = group_tended_by(request.user, slug)
    person = get_object_or_404(group.members(), handle=request.POST.get("person", ""))
    group.part_with(person, by=request.user)
    messages.success(request, _("%(name)s is no longer a member.") % {"name": person})
    return redirect("group_members", group.slug)


@require_POST
def step_down(request: PersonRequest, slug: str) -> HttpResponse:
    """A member like the others again."""
    group = group_tended_by(request.user, slug)
    try:
        group.step_down(request.user)
    except LastSteward as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You no longer look after %(group)s.") % {"group": group})
    return redirect("group_members", group.slug)
