"""Changes of state, each a noun with an address: found through what the person may see, one domain call, back again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.redirects import back, safe_next
from traff.sharing.content.cards import thanks_for, thanks_url
from traff.sharing.content.models import Draft, Post, Question, Reaction, Reply, Reuse
from traff.sharing.content.reuse_form import ReuseForm
from traff.sharing.content.trail import own_reuse
from traff.sharing.content.waiting import left_just_now

THANKED = {"post": Post, "reply": Reply}


@require_POST
def thanks(request: PersonRequest, kind: str, pk: int, end: bool) -> HttpResponse:
    """Thank for a post or a reply, or take it back; htmx gets the button anew."""
    found = get_object_or_404(THANKED[kind].objects.visible_to(request.user), pk=pk)
    (Reaction.take_back if end else Reaction.give)(by=request.user, to=found)
    if not request.htmx:
        return back(request, found.get_absolute_url())
    now = thanks_for([pk], request.user, of=kind)[pk]
    values = {"url": thanks_url(kind, pk, given=now.mine), "count": now.count, "is_liked": now.mine, "next": safe_next(request)}
    return render(request, "core/parts/like.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def reuse(request: PersonRequest, pk: int) -> HttpResponse:
    """ "I reuse this": GET asks what for, POST tells."""
    post = get_object_or_404(Post.objects.visible_to(request.user).with_people(), pk=pk)
    mine = own_reuse(post, request.user)
    form = ReuseForm(request.POST if request.method == "POST" else None, initial={"note": mine.note if mine else ""})
    if request.method != "POST" or not form.is_valid():
        return render(request, "content/reuse.html", {"post": post, "form": form, "is_told": mine is not None})
    Reuse.tell(by=request.user, post=post, note=form.cleaned_data["note"])
    names = ", ".join(person.name for person in post.people())
    messages.success(request, _("Thank you for telling us. %(names)s can see that the work lives on.") % {"names": names})
    if draft := left_just_now(request.user):
        way_back = format_html('<a href="{}">{}</a>', draft.get_absolute_url(), _("Keep writing"))
        messages.info(request, format_html("{} {}", _("What you were writing is kept."), way_back))
    return redirect(f"{post.get_absolute_url()}#reuses")


@require_POST
def reuse_end(request: PersonRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    Reuse.take_back(by=request.user, post=post)
    return redirect(post)


@require_POST
def acceptance(request: PersonRequest, pk: int) -> HttpResponse:
    """ "This solved it", said by who asked."""
    reply = get_object_or_404(Reply.objects.visible_to(request.user).select_related("post"), pk=pk)
    question = get_object_or_404(Question.objects.visible_to(request.user), post=reply.post)
    question.accept(reply, by=request.user)
    return redirect(f"{reply.post.get_absolute_url()}#reply-{reply.pk}")


@require_POST
def acceptance_end(request: PersonRequest, pk: int) -> HttpResponse:
    reply = get_object_or_404(Reply.objects.visible_to(request.user).select_related("post"), pk=pk)
    question = get_object_or_404(Question.objects.visible_to(request.user), post=reply.post, accepted_reply=reply)
    question.unaccept(by=request.user)
    return redirect(reply)


@require_POST
def evidence(request: PersonRequest, pk: int) -> HttpResponse:
    """ "Never this post as evidence", said by its authors; value=no, and value=yes to let it count again."""
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    is_evidence = request.POST.get("value") != "no"
    post.keep_from_evidence(by=request.user, is_evidence=is_evidence)
    withheld = _("Search still finds it, but it is not shown as an example of what anybody knows.")
    messages.success(request, _("It may be shown as an example of what you know again.") if is_evidence else withheld)
    return redirect(post)


@require_POST
def sending_end(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Undo: within ten seconds what was sent is the draft it was."""
    draft = get_object_or_404(Draft.objects.of(request.user).first_sendings().filter(**{f"became_{kind}": pk}))
    stands_at = draft.outcome_url()
    try:
        draft.take_back(by=request.user)
    except PermissionDenied as trouble:
        messages.warning(request, str(trouble))
        return redirect(stands_at)
    messages.success(request, _("Taken back. It is a draft again, and nobody has been told."))
    return redirect(draft)
