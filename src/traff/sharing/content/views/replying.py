"""Answering in a thread, changing and withdrawing one's answer."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traff.community.people.faces import own_face
from traff.ground.access.rights import Right, may
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.content import composing
from traff.sharing.content.composing import Sheet
from traff.sharing.content.forms.writing import ReplyForm
from traff.sharing.content.keeping import keeps_writing
from traff.sharing.content.models import Post, Reply
from traff.sharing.content.views.writing import sent, step_of


@require_safe
def reply(request: PersonRequest, pk: int) -> HttpResponse:
    """Where a reply stands."""
    return redirect(get_object_or_404(Reply.objects.visible_to(request.user), pk=pk))


@keeps_writing
@require_http_methods(["GET", "HEAD", "POST"])
def replies(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer. The words are kept first, so that they outlive a thread withdrawn meanwhile."""
    kept = composing.kept_from(request, reply_to=pk) if request.method == "POST" else None
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("group"), pk=pk)
    if kept is None:
        return redirect(f"{post.get_absolute_url()}#reply")
    draft, data, troubles = kept
    if answer := step_of(request, draft, troubles):
        return answer
    form = ReplyForm(data, person=request.user, thread=post)
    if sent(draft, form, troubles, partial(composing.answer, post, by=request.user)):
        return redirect(draft.outcome_url())
    return page(request, Sheet(request.user, form, draft.key, "reply", is_begun=True, thread=post.pk), post, status=422)


@keeps_writing
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    mine = get_object_or_404(
        Reply.objects.visible_to(request.user).filter(author=request.user).select_related("post__group"), pk=pk
    )
    if request.method != "POST":
        return page(request, composing.reply_edit_sheet(mine, request.user), mine.post, reply=mine)
    draft, data, troubles = composing.kept_from(request, editing_reply=mine.pk)
    if answer := step_of(request, draft, troubles):
        return answer
    form = ReplyForm(data, person=request.user, thread=mine.post, subject=mine)
    if sent(draft, form, troubles, partial(composing.change_reply, mine, by=request.user)):
        return redirect(mine)
    return page(
        request,
        Sheet(request.user, form, draft.key, "reply", is_begun=True, thread=mine.post_id),
        mine.post,
        reply=mine,
        status=422,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's answer back: asks first."""
    standing = Reply.objects.unrestricted("one's own words, wherever they stand").filter(withdrawn_at=None)
    found = get_object_or_404(standing.select_related("post"), pk=pk)
    if not may(request.user, Right.WITHDRAW, found):
        raise Http404
    thread = found.post.seen_by(request.user)
    if request.method == "POST":
        found.withdraw(by=request.user)
        messages.success(request, _("Withdrawn: nobody can read it any more."))
        return redirect(thread or "home")
    back = found.get_absolute_url() if thread else "/"
    return render(request, "content/write_withdrawal.html", {"reply": found, "back": back})


def page(request: PersonRequest, sheet: Sheet, post: Post, *, reply: Reply | None = None, status: int = 200) -> HttpResponse:
    values = {"sheet": sheet, "form": sheet.form, "post": post, "reply": reply, "me": own_face(request.user)}
    return render(request, "content/write_reply.html", values, status=status)
