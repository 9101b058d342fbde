"""Where one writes: the composer, the edit of a post, its withdrawal."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from traff.community.people.faces import own_face
from traff.ground.access.rights import Right, may
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.content import composing
from traff.sharing.content.composing import Form, Sheet
from traff.sharing.content.forms.writing import ASKED, PostForm
from traff.sharing.content.keeping import keeps_writing
from traff.sharing.content.models import Draft, Kind, Post
from traff.sharing.content.waiting import others_than

OFFERED = (Kind.UPDATE, Kind.QUESTION, Kind.CASE, Kind.IDEA, Kind.ARTICLE)


@keeps_writing
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PersonRequest) -> HttpResponse:
    """A post of any kind. Whatever a form brings is kept before anything is asked of it."""
    if request.method != "POST":
        return composer(request, composing.begin(request.user, request.GET))
    draft, data, troubles = composing.kept_from(request)
    if answer := step_of(request, draft, troubles):
        return answer
    source = composing.source_of(draft, request.user)
    form = PostForm(data, person=request.user, kind=draft.kind, made_from=source)
    if sent(draft, form, troubles, partial(composing.publish, draft)):
        return redirect(draft.outcome_url())
    spark = composing.spark_of(draft, request.user)
    return composer(request, Sheet(request.user, form, draft.key, draft.kind, source, spark, is_begun=True), status=422)


@keeps_writing
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change one's own words; the old ones stay as a revision."""
    post = get_object_or_404(Post.objects.visible_to(request.user).of(request.user), pk=pk)
    if request.method != "POST":
        return composer(request, composing.edit_sheet(post, request.user), post=post)
    draft, data, troubles = composing.kept_from(request, editing=post.pk, kind=post.kind)
    if answer := step_of(request, draft, troubles):
        return answer
    form = PostForm(data, person=request.user, kind=post.kind, subject=post)
    if sent(draft, form, troubles, partial(composing.change, post, by=request.user)):
        return redirect(post)
    return composer(request, Sheet(request.user, form, draft.key, post.kind, is_begun=True), post=post, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's words back: asks first. Also for who left the group, and for its stewards."""
    standing = Post.objects.unrestricted("one's own words, wherever they stand").filter(withdrawn_at=None)
    post = get_object_or_404(standing, pk=pk)
    if not may(request.user, Right.WITHDRAW, post):
        raise Http404
    if request.method == "POST":
        post.withdraw(by=request.user)
        messages.success(request, _("Withdrawn: nobody can read it any more."))
        return redirect("home")
    return render(request, "content/write_withdrawal.html", {"post": post, "back": post.get_absolute_url()})


def step_of(request: PersonRequest, draft: Draft, troubles: list[str]) -> HttpResponse | None:
    """What the pressed button asked for other than sending: another kind, a look around, to keep it as a draft.

    Whatever upper rooms' buttons ask for is theirs; here it is kept, and never sent.
    """
    step = request.POST.get("step", "")
    if draft.is_sent:
        return redirect(draft.outcome_url())
    if not step:
        return None
    if step.startswith("kind:") and step[5:] in Kind.values:
        composing.turned_into(draft, step[5:])
    elif step == "keep":
        messages.success(request, _("Kept among your drafts."))
    for trouble in troubles:
        messages.error(request, trouble)
    if step == "preview":
        return redirect("draft_preview", draft.key)
    return redirect("drafts" if step == "keep" else draft)


def sent(draft: Draft, form: Form, troubles: list[str], deed: Any) -> bool:
    """Send it when nothing is wrong; else the form says what."""
    if not form.is_valid() or troubles:
        for trouble in troubles:
            form.add_error(None, trouble)
        return False
    return composing.send(draft, form, deed)


def composer(request: PersonRequest, sheet: Sheet, *, post: Post | None = None, status: int = 200) -> HttpResponse:
    values = {
        "sheet": sheet,
        "form": sheet.form,
        "post": post,
        "me": own_face(request.user),
        "prompt": _("Edit") if post else ASKED[Kind(sheet.kind)],
        "kinds": [{"kind": kind.value, "is_here": kind == sheet.kind} for kind in OFFERED],
        "place": sheet.form.place_at_hand(),
        "drafts": others_than(sheet.key, request.user),
    }
    return render(request, "content/write.html", values, status=status)
