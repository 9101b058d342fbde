from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.community.people.faces import face_of, own_face
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.redirects import back
from traff.sharing.conversations import calendar
from traff.sharing.conversations.choosing import reachable
from traff.sharing.conversations.clock import in_own_time
from traff.sharing.conversations.forms import MeetingForm
from traff.sharing.conversations.models import Meeting, Worth
from traff.sharing.conversations.models.part import is_impersonated
from traff.sharing.conversations.page import number
from traff.sharing.conversations.shown import own_url


@in_own_time
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: PersonRequest, handle: str) -> HttpResponse:
    """Ask somebody for fifteen minutes, or propose other times than they did."""
    if is_impersonated(request.user):
        raise Http404
    to = get_object_or_404(reachable(request.user), handle=handle)
    waiting = Meeting.objects.visible_to(request.user).of(request.user).of(to).select_related("message")
    instead = waiting.filter(pk=number(request.GET.get("instead")), starts_at=None).first()
    initial = {name: request.GET.get(name, "")[:300] for name in ("about", "reason", "path", "place", "link")}
    if instead is not None:
        initial |= {"about": str(instead), "place": instead.place, "link": instead.link}
    form = MeetingForm(request.POST or None, initial=initial, by=request.user, to=to)
    if request.method == "POST" and form.is_valid() and (meeting := form.propose(instead)):
        messages.success(
            request,
            _("Sent. If %(name)s chooses a time, you will hear. No answer means only that none of them suited.")
            % {"name": to.get_short_name()},
        )
        return redirect(own_url(meeting.message.conversation_id))
    values = {"form": form, "to": to, "face": face_of(to), "me": own_face(request.user), "instead": instead}
    return render(request, "conversations/meeting.html", values, status=422 if request.method == "POST" else 200)


def _meeting(request: PersonRequest, pk: int) -> Meeting:
    found = Meeting.objects.visible_to(request.user).select_related("asked", "message__author", "message__conversation__audience")
    meeting: Meeting = get_object_or_404(found, pk=pk)
    return meeting


@require_POST
def choice(request: PersonRequest, pk: int) -> HttpResponse:
    """One of the times."""

    def chosen(meeting: Meeting) -> None:
        try:
            at = datetime.fromisoformat(request.POST.get("time", ""))
            meeting.choose(at, by=request.user)
        except (ValueError, TypeError) as nothing:
            raise ValidationError(_("Choose one of the times.")) from nothing

    return _answered(request, pk, chosen)


@require_POST
def passing(request: PersonRequest, pk: int) -> HttpResponse:
    """None fits, and no answer is needed."""
    return _answered(request, pk, lambda meeting: meeting.let_pass(by=request.user))


@require_POST
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """Called off."""
    return _answered(request, pk, lambda meeting: meeting.call_off(by=request.user))


def _answered(request: PersonRequest, pk: int, deed: Callable[[Meeting], None]) -> HttpResponse:
    """Done, or why not; either way one is in the conversation again."""
    meeting = _meeting(request, pk)
    try:
        deed(meeting)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    except PermissionDenied as refused:
        messages.error(request, str(refused))
    return redirect(own_url(meeting.message.conversation_id))


@require_safe
def entry(request: PersonRequest, pk: int) -> HttpResponse:
    """For one's calendar, once a time is chosen."""
    meeting = _meeting(request, pk)
    if meeting.starts_at is None:
        raise Http404
    other = meeting.other_than(request.user)
    address = f"{settings.SITE_URL}{meeting.message.conversation.get_absolute_url()}"
    title = _("Fifteen minutes with %(name)s") % {"name": other}
    body = calendar.entry_of(meeting, title=title, text=f"{meeting}\n{address}", url=address)
    answer = HttpResponse(body, content_type=calendar.TYPE)
    answer["Content-Disposition"] = f'attachment; filename="traff-{meeting.pk}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def worth(request: PersonRequest, pk: int) -> HttpResponse:
    """Asked once; the answer is seen by who gave it, and by nobody else."""
    try:
        Worth.tell(_meeting(request, pk), request.POST.get("answer", ""), by=request.user)
    except PermissionDenied as refused:
        raise Http404 from refused
    messages.success(request, _("Thank you. Your answer stays with you."))
    return back(request, "home")
