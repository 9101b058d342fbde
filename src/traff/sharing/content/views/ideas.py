"""Ideas: their list, and what one does with one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.ground.access.rights import Right, may
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.redirects import back
from traff.sharing.content.cards import cards
from traff.sharing.content.idea_forms import MoveForm, TwinForm
from traff.sharing.content.models import Idea, Post, Stage, Vote
from traff.sharing.content.paging import page_of
from traff.sharing.content.votes import votes_of


@require_safe
def ideas(request: PersonRequest) -> HttpResponse:
    """All ideas; a tab a stage. A twin is found at its original."""
    stage = request.GET.get("stage", "")
    originals = Idea.objects.visible_to(request.user).values("pk")
    found = Post.objects.visible_to(request.user).ideas().exclude(idea__duplicate_of__in=originals)
    page = page_of(found.filter(idea__stage=stage) if stage in Stage.values else found, request.GET.get("before", ""))
    tabs = [{"word": pgettext("ideas", "All"), "url": "?", "is_here": stage not in Stage.values}]
    tabs += [{"word": one.label, "url": f"?stage={one.value}", "is_here": one.value == stage} for one in Stage]
    narrowed = f"stage={stage}&" if stage in Stage.values else ""
    values = {"cards": cards(page.posts, request.user), "older": page.older, "tabs": tabs, "narrowed": narrowed}
    return render(request, "content/ideas.html", values)


@require_POST
def vote(request: PersonRequest, pk: int, end: bool) -> HttpResponse:
    """Vote for an idea, or take it back; htmx gets the button anew. Told to nobody."""
    idea = _idea(request, pk)
    (Vote.take_back if end else Vote.give)(by=request.user, idea=idea)
    if not request.htmx:
        return back(request, idea.post.get_absolute_url())
    return render(request, "content/parts/vote.html", {"votes": votes_of([idea.post], request.user)[pk]})


@require_POST
def taking(request: PersonRequest, pk: int) -> HttpResponse:
    """ "I’ll take this on"."""
    idea = _idea(request, pk)
    idea.take_on(by=request.user)
    messages.success(request, _("It is yours to try. Its author and those who voted hear of it; say here how it goes."))
    return redirect(idea.post)


@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: PersonRequest, pk: int) -> HttpResponse:
    """How far it has come: GET asks, POST tells."""
    idea = _mine(request, pk)
    form = MoveForm(request.POST if request.method == "POST" else None, idea=idea)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            idea.move(said["stage"], by=request.user, note=said["note"], result=said["result"])
        except ValidationError as trouble:
            form.add_error(None, trouble)
        else:
            messages.success(request, _("Told. Those who wrote it and voted for it hear how it goes."))
            return redirect(idea.post)
    status = 422 if request.method == "POST" else 200
    return render(request, "content/idea_stage.html", {"post": idea.post, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def twin(request: PersonRequest, pk: int) -> HttpResponse:
    """The same idea stands already: GET asks which, POST leads there."""
    idea = _mine(request, pk)
    form = TwinForm(request.POST if request.method == "POST" else None, idea=idea, person=request.user)
    if request.method == "POST" and form.is_valid():
        idea.mark_duplicate(form.cleaned_data["of"].idea, by=request.user)
        messages.success(request, _("Readers are led to the other one now, and votes are counted there."))
        return redirect(idea.post)
    return render(request, "content/idea_twin.html", {"post": idea.post, "form": form, "idea": idea})


@require_POST
def twin_end(request: PersonRequest, pk: int) -> HttpResponse:
    idea = _mine(request, pk)
    idea.unmark_duplicate(by=request.user)
    return redirect(idea.post)


def _idea(request: PersonRequest, pk: int) -> Idea:
    found: Idea = get_object_or_404(Idea.objects.visible_to(request.user).select_related("post__audience"), pk=pk)
    return found


def _mine(request: PersonRequest, pk: int) -> Idea:
    """One that is the person's to move; for others there is no such page."""
    idea = _idea(request, pk)
    if not may(request.user, Right.MOVE, idea):
        raise Http404
    return idea
