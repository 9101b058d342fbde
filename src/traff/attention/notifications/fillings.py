"""What the bell puts on the pages of lower rooms: itself at the top, and the way to what one has chosen."""

from typing import Any

from django.template.loader import render_to_string

from traff.attention.notifications.models import Notice
from traff.ground.core.fresh import MOST, fresh


def bell(context: dict[str, Any]) -> str:
    """`top.end`: the bell with its count. Who is signed in for another neither sees it nor opens anything in their name."""
    request = context["request"]
    if context.get("impersonated"):
        return ""
    rows = fresh(request).get("/bell/", [])
    opened = [pk for pk, path in rows if path == request.path]  # read on this very page, from now on
    if opened:
        Notice.objects.filter(pk__in=opened).read()
    count = len(rows) - len(opened)
    values = {"count": min(count, MOST), "is_more": count > MOST, "is_here": request.path == "/bell/"}
    return render_to_string("notifications/bell_link.html", values)


def mine(context: dict[str, Any]) -> str:
    """`own_data`: the way to what one hears of."""
    return render_to_string("notifications/mine.html", {}, context["request"])


def keys(context: dict[str, Any]) -> str:
    """`keys.more`: where the keyboard goes."""
    return render_to_string("notifications/keys.html")
