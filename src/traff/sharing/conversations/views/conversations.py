from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from traff.community.people.faces import own_face
from traff.ground.accounts import unsent
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.conversations import listing
from traff.sharing.conversations.forms import MessageForm
from traff.sharing.conversations.models import Conversation
from traff.sharing.conversations.page import number, page_of, talk_with
from traff.sharing.conversations.shown import lines_of, own_url


@require_safe
def conversations(request: PersonRequest) -> HttpResponse:
    """One's own, the newest first."""
    talks, older_url = listing.page_of(request.user, request.GET.get("before", ""))
    return render(request, "conversations/conversations.html", {"talks": talks, "older_url": older_url})


@unsent.goes_on()
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: PersonRequest, pk: int) -> HttpResponse:
    """Read, and write."""
    found = talk_with(request.user, pk)
    if request.method == "POST":
        return _said(request, found)
    values = page_of(found, request.user, before=number(request.GET.get("before")))
    if request.method == "GET" and values["lines"] and not values["is_past"]:
        found.mark_read(request.user, until=values["lines"][-1].at)
    said = unsent.taken_up(request)
    form = MessageForm(initial={"body": said["body"] if said else ""})
    return render(request, "conversations/conversation.html", {**values, "form": form, "is_put_back": bool(said)})


def _said(request: PersonRequest, found: Conversation) -> HttpResponse:
    """Say it. A page that sends by itself gets what is new, any other is shown the conversation again."""
    form = MessageForm(request.POST, request.FILES)
    by_itself = bool(request.headers.get("X-Sending"))
    sent = form.is_valid() and form.send(found, request)
    if sent and by_itself:
        return _later(request, found)
    if sent:
        return redirect(own_url(found.pk))
    if by_itself:
        return render(request, "conversations/parts/troubles.html", {"form": form}, status=422)
    return render(request, "conversations/conversation.html", {**page_of(found, request.user), "form": form}, status=422)


@require_safe
def later(request: PersonRequest, pk: int) -> HttpResponse:
    """What was said since; nothing at all when nothing was."""
    return _later(request, talk_with(request.user, pk))


def _later(request: PersonRequest, found: Conversation) -> HttpResponse:
    after = number(request.POST.get("after") or request.GET.get("after"))
    lines, _none = lines_of(found, request.user, after=after)
    if not lines:
        return HttpResponse(status=204)
    if request.method != "HEAD":
        found.mark_read(request.user, until=lines[-1].at)
    values = {"lines": lines, "is_group": found.people().count() > 2, "me": own_face(request.user)}
    return render(request, "conversations/parts/lines.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks first: what was said cannot be read any more afterwards."""
    found = talk_with(request.user, pk)
    if request.method == "POST":
        found.leave(request.user)
        messages.success(request, _("You have left the conversation."))
        return redirect("conversations")
    return render(request, "conversations/leave.html", page_of(found, request.user))
