"""Proposing a topic, for everyone; naming and merging, for administrators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traff.community.topics.forms import MergeForm, NamesForm
from traff.community.topics.models import Topic
from traff.community.topics.tending import merge, propose, rename
from traff.ground.access.rights import Right, may
from traff.ground.accounts.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: PersonRequest) -> HttpResponse:
    """A topic by its names; it can be used at once."""
    if request.user.is_guest:
        raise PermissionDenied(_("Only colleagues can propose topics."))
    form = NamesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        topic, is_new = propose(by=request.user, **form.cleaned_data)
        said = _("#%(topic)s can be used from now on.") if is_new else _("#%(topic)s is there already.")
        messages.success(request, said % {"topic": topic})
        return redirect(topic)
    return render(request, "topics/propose.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def names(request: PersonRequest, slug: str) -> HttpResponse:
    """Names and other spellings of a topic."""
    topic = tended(request, slug)
    said = {"name": topic.name, "name_sv": topic.name_sv, "aliases": ", ".join(topic.aliases)}
    form = NamesForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            rename(topic, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. What is written is found by these names within moments."))
            return redirect(topic)
        except ValidationError as refused:
            form.add_error(None, refused)
    return render(request, "topics/tend.html", {"topic": topic, "form": form, "word": _("Names and spellings")})


@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: PersonRequest, slug: str) -> HttpResponse:
    """One of two topics that mean the same."""
    topic = tended(request, slug)
    form = MergeForm(request.POST or None, topic=topic, reader=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            merge(topic, into=form.cleaned_data["into"], by=request.user)
            messages.success(request, _("Merged. Posts, followers and profiles have moved here, and the old address leads on."))
            return redirect(form.cleaned_data["into"])
        except ValidationError as refused:
            form.add_error(None, refused)
    return render(request, "topics/tend.html", {"topic": topic, "form": form, "word": _("Merge"), "is_merging": True})


def tended(request: PersonRequest, slug: str) -> Topic:
    """A topic that this administrator may tend; others do not come here."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user).shown(), slug=slug)
    if not may(request.user, Right.ADMINISTER, topic):
        raise PermissionDenied(_("Administrators tend the topics."))
    return topic
