from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traff.community.people import languages
from traff.community.people.faces import face_of, faces_of
from traff.community.people.forms import ProfileForm
from traff.community.people.models import Profile
from traff.community.people.record import record_of
from traff.community.topics.chips import chips
from traff.ground.accounts import own_data
from traff.ground.accounts.models import Block, Moment, Objection, Person
from traff.ground.accounts.requests import PersonRequest
from traff.ground.audit.models import AuditRecord
from traff.ground.organisation.models import Seat


@never_cache
@require_safe
def me(request: PersonRequest) -> HttpResponse:
    """What Träff knows of me, from where and for what, and what I can change about it."""
    blocked = Person.objects.filter(pk__in=Block.objects.filter(blocker=request.user).values("blocked_id")).by_name()
    objected = set(Objection.objects.filter(person=request.user).values_list("moment", flat=True))
    profile = Profile.of(request.user)
    values = {
        "person": request.user,
        "face": face_of(request.user),
        "seat": Seat.objects.filter(person=request.user).select_related("unit", "place").first(),
        "profile": profile,
        "languages": languages.names_of(profile.languages),
        "topics": chips(profile.topics.by_name()),
        "moments": [{"value": m.value, "word": m.label, "is_objected": m.value in objected} for m in Moment],
        "blocked": list(faces_of(blocked).values()),
        "record": record_of(request.user),
    }
    return render(request, "people/me.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest) -> HttpResponse:
    """One's own profile."""
    profile = Profile.of(request.user)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=profile)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect(request.user)
    return render(request, "people/edit.html", {"form": form, "person": request.user, "face": face_of(request.user)})


@require_POST
def objections(request: PersonRequest) -> HttpResponse:
    """In which moments I do not want to be suggested; what is not ticked is an objection."""
    allowed = set(request.POST.getlist("moment"))
    Objection.objects.filter(person=request.user, moment__in=allowed).delete()
    wanted = [Objection(person=request.user, moment=moment) for moment in Moment.values if moment not in allowed]
    Objection.objects.bulk_create(wanted, ignore_conflicts=True)
    messages.success(request, _("Saved. It counts from now on, everywhere."))
    return redirect("me")


@never_cache
@require_POST
def take(request: PersonRequest) -> FileResponse:
    """A copy of all that is one's own, as one file; for the person alone, and told among what was done in their name."""
    if request.user.is_impersonated:
        raise Http404
    AuditRecord.write(actor_id=request.user.pk, verb="own_data.taken", kind="person", subject_id=request.user.pk)
    name = f"traff-{request.user.handle}.zip"
    return FileResponse(own_data.file_of(request.user), as_attachment=True, filename=name, content_type="application/zip")
