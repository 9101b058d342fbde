from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from traff.community.topics.chips import chips
from traff.community.topics.models import Topic
from traff.ground.accounts.requests import PersonRequest

SIZE = 150


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
    return render(request, "topics/topic.html", {"topic": found})
