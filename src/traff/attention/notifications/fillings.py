"""What the bell puts on the pages of lower rooms: itself at the top, and the way to what one has chosen."""

from typing import Any

from django.template.loader import render_to_string

from traff.attention.notifications.models import Notice
from traff.ground.accounts.models import Person

MOST = 99  # unread threads that are counted


def bell(context: dict[str, Any]) -> str:
    """`top.end`: the bell with its count. Who is signed in for another neither sees it nor opens anything in their name."""
    request = context["request"]
    if context.get("impersonated"):
        return ""
    count = unread_besides(request.user, request.path)
    values = {"count": min(count, MOST), "is_more": count > MOST, "is_here": request.path == "/bell/"}
    return render_to_string("notifications/bell_link.html", values)


def unread_besides(person: Person, path: str) -> int:
    """How many threads are unread; those that are read on this very page are so from now on. One query where nothing is read."""
    rows = list(Notice.objects.audible_to(person).unread().values_list("pk", "path")[: MOST + 1])
    if opened := [pk for pk, where in rows if where == path]:
        Notice.objects.filter(pk__in=opened).read()
    return len(rows) - len(opened)


def mine(context: dict[str, Any]) -> str:
    """`own_data`: the way to what one hears of."""
    return render_to_string("notifications/mine.html", {}, context["request"])


def keys(context: dict[str, Any]) -> str:
    """`keys.more`: where the keyboard goes."""
    return render_to_string("notifications/keys.html")
