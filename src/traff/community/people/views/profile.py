from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from traff.community.people import languages
from traff.community.people.faces import face_of
from traff.community.people.models import Profile, known_to
from traff.community.people.sharing import topics_in_common, topics_of
from traff.community.topics.chips import chips
from traff.ground.accounts.demo import is_demo
from traff.ground.accounts.models import Block, Person
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core import dates
from traff.ground.core.prepared import first, first_or_404, prepared
from traff.ground.core.redirects import back
from traff.ground.organisation.models import seats_of


@require_safe
def person(request: PersonRequest, handle: str) -> HttpResponse:
    """Who somebody is: what we share first, then what they say of themselves, then what they have done."""
    found = first_or_404(_known(handle, request.user))
    profile = first(_profile(found)) or Profile(person=found)
    topics = topics_of(found, request.user)
    values = {
        "person": found,
        "face": face_of(found),
        "is_me": found == request.user,
        "about": profile.about_for(request.user),
        "phone": profile.phone_for(request.user),
        "languages": languages.names_of(profile.languages),
        "topics": chips(topics),
        "topics_in_common": chips(topics_in_common(topics, request.user)) if found != request.user else [],
        "local_time": local_time(found),
        "is_blocked": first(_block(request.user, found)) is not None,
    }
    return render(request, "people/person.html", values)


@prepared
def _known(handle: str, reader: Person) -> QuerySet[Person]:
    return known_to(reader).filter(handle=handle)


@prepared
def _profile(person: Person) -> QuerySet[Profile]:
    return Profile.objects.filter(person=person).select_related("person")


@prepared
def _block(blocker: Person, blocked: Person) -> QuerySet[Block]:
    return Block.objects.filter(blocker=blocker, blocked=blocked)


def local_time(person: Person) -> str:
    """What the clock says where the person sits, in words: a page would say a time in its reader's zone. "" if unknown."""
    seat = seats_of([person.pk]).get(person.pk)
    zone = seat.place.timezone if seat and seat.place else ""
    return dates.clock(timezone.now().astimezone(ZoneInfo(zone))) if zone and person.is_active else ""


@login_not_required
@require_safe
def photo(request: HttpRequest, handle: str, version: str) -> HttpResponseBase:
    """A face, for whoever may open the person's page, and in the demo for who is about to choose; of protected people none."""
    reader = request.user
    if isinstance(reader, AnonymousUser) and not is_demo():
        return redirect_to_login(request.get_full_path())
    known = Person.objects.shown() if isinstance(reader, AnonymousUser) else known_to(reader)
    shown = known.filter(is_protected=False)
    profile = get_object_or_404(Profile.objects.filter(person__in=shown), person__handle=handle)
    if not profile.photo or version not in str(profile.photo):
        raise Http404
    response = FileResponse(profile.photo.open(), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    return response


@require_POST
def block(request: PersonRequest, handle: str) -> HttpResponse:
    """Part two people; the other is not told."""
    other = get_object_or_404(known_to(request.user).exclude(pk=request.user.pk), handle=handle)
    Block.objects.get_or_create(blocker=request.user, blocked=other)
    messages.success(request, _("%(name)s is blocked. You are no longer suggested to each other.") % {"name": other.name})
    return redirect(other)


@require_POST
def unblock(request: PersonRequest, handle: str) -> HttpResponse:
    """Take one's own block back; it starts from the block, so that it also works on somebody one no longer meets."""
    mine = get_object_or_404(Block.objects.select_related("blocked"), blocker=request.user, blocked__handle=handle)
    mine.delete()
    messages.success(request, _("%(name)s is no longer blocked.") % {"name": mine.blocked.name})
    return back(request, "me")
