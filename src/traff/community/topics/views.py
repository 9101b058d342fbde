from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from traff.community.topics.chips import chips
from traff.community.topics.models import Topic
from traff.ground.access.rights import Right, may
from traff.ground.accounts.requests import PersonRequest

SIZE = 150
NEWEST = 12


@require_safe
def topics(request: PersonRequest) -> HttpResponse:
    """The vocabulary as far as one may meet it, by name."""
    words = request.GET.get("q", "").strip()[:80]
    start = int(given) if (given := request.GET.get("from", "")).isdecimal() and len(given) < 7 else 0
    found = Topic.objects.visible_to(request.user).shown().spelled_like(words).by_name()
    page = list(found[start : start + SIZE + 1])
    values = {
        "query_topics": words,
        "topics": chips(page[:SIZE]),
        "proposed": [] if words or start else list(Topic.objects.visible_to(request.user).shown().proposed()[:NEWEST]),
        "previous_url": f"?{urlencode({'q': words, 'from': max(0, start - SIZE)})}" if start else "",
        "next_url": f"?{urlencode({'q': words, 'from': start + SIZE})}" if len(page) > SIZE else "",
    }
    return render(request, "topics/topics.html", values)


@require_safe
def topic(request: PersonRequest, slug: str) -> HttpResponse:
    """What is written about it, who knows it; a merged one leads on to what it became."""
    found = get_object_or_404(Topic.objects.visible_to(request.user).select_related("merged_into"), slug=slug)
    if found.merged_into:
        return redirect(found.merged_into)
    return render(request, "topics/topic.html", {"topic": found, "may_mark": may(request.user, Right.ADMINISTER, found)})


@require_POST
def mark(request: PersonRequest, slug: str, is_sensitive: bool) -> HttpResponse:
    """Administrators say that a topic is sensitive, or is not after all."""
    found = get_object_or_404(Topic.objects.visible_to(request.user).shown(), slug=slug)
    found.mark(is_sensitive=is_sensitive, by=request.user)
    said = _("#%(topic)s is sensitive from now on.") if is_sensitive else _("#%(topic)s is no longer sensitive.")
    messages.success(request, said % {"topic": found})
    return redirect(found)
