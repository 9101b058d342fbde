"""What the form offers while one types a name or a topic: only what the writer may know of."""

from django.db.models import Q
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from traff.community.topics.models import Topic
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.content.forms.audience import Places
from traff.sharing.content.forms.people import completed


@require_safe
def people(request: PersonRequest) -> JsonResponse:
    """Fellow authors: among those whom the chosen audience includes."""
    place = Places(request.user).find(request.GET.get("audience", ""))
    found = completed(request.GET.get("q", "")[:80], place.audience, but=request.user) if place else []
    return JsonResponse({"options": [f"{person.name} ({person.handle})" for person in found]})


@require_safe
def topics(request: PersonRequest) -> JsonResponse:
    begun = request.GET.get("q", "").strip().lstrip("#")[:80]
    starts = Q(name__istartswith=begun) | Q(name_sv__istartswith=begun) | Q(aliases__contains=[begun.lower()])
    found = Topic.objects.visible_to(request.user).shown().filter(starts).by_name()[:8] if len(begun) > 1 else []
    return JsonResponse({"options": [str(topic) for topic in found]})
