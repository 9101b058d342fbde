"""What the form offers while one writes a name or a topic, and whom it says cannot read it: only what the writer may know of."""

from typing import Any

from django.db.models import Q
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traff.community.people.faces import faces_of
from traff.community.topics.models import HASHTAG, Sighting, Topic
from traff.ground.access.models import Audience
from traff.ground.accounts.requests import PersonRequest
from traff.sharing.content.forms.audience import Places
from traff.sharing.content.mentions import completed, typed_unread, unread
from traff.sharing.content.models import Post
from traff.sharing.content.models.draft import number


@require_safe
@never_cache
def people(request: PersonRequest) -> JsonResponse:
    """Colleagues: among those whom the chosen audience includes."""
    audience = audience_of(request)
    faces = faces_of(completed(request.GET.get("q", "")[:80], audience, by=request.user) if audience else [])
    told = [
        {
            "word": face.name,
            "about": " · ".join(filter(None, [face.title, face.unit, face.place])),
            "handle": face.handle,
            "url": face.url,
        }
        for face in faces.values()
    ]
    return JsonResponse({"options": told})


@require_safe
@never_cache
def unread_by(request: PersonRequest) -> JsonResponse:
    """Who of those mentioned cannot read it, by their handles."""
    audience = audience_of(request)
    named = {handle[:80].lower(): handle for handle in request.GET.getlist("who")[:50]}
    told: dict[str, Any] = {"unread": list(unread(named, audience).values()) if audience else []}
    if audience and (words := request.GET.getlist("typed")):
        told["typed"] = typed_unread([word[:80] for word in words], audience, by=request.user)
    return JsonResponse(told)


@require_safe
@never_cache
def topics(request: PersonRequest) -> JsonResponse:
    """The vocabulary, and the words that the chosen audience has met."""
    begun, audience = request.GET.get("q", "").strip().lstrip("#").replace("_", " ")[:80], audience_of(request)
    met = Q(is_open=True) | Q(pk__in=Sighting.objects.filter(audience=audience).values("topic")) if audience else Q(is_open=True)
    known = Topic.objects.visible_to(request.user).shown().filter(met)
    found = known.with_a_word_like(begun)[:8] if begun else []
    return JsonResponse(
        {"options": [{"word": str(topic), "tag": tag_of(topic), "url": topic.get_absolute_url()} for topic in found]}
    )


def tag_of(topic: Topic) -> str:
    """The topic as a hashtag that leads back to it; "" when its name cannot be written as one."""
    tags = (f"#{name.replace(' ', '_')}" for name in (str(topic), topic.slug))
    return next((tag for tag in tags if HASHTAG.fullmatch(tag)), "")


def audience_of(request: PersonRequest) -> Audience | None:
    """Who will read it: the thread's readers, or the chosen place's; None for a place one cannot write in."""
    if "post" in request.GET:
        post: Post = get_object_or_404(Post.objects.visible_to(request.user), pk=number(request.GET["post"]))
        return post.audience
    place = Places(request.user).find(request.GET.get("audience", ""))
    return place.audience if place else None
