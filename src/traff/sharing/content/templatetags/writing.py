from typing import Any

from django import template

from traff.sharing.content.composing import reply_sheet
from traff.sharing.content.linked import with_cards
from traff.sharing.content.models import Post

register = template.Library()
register.filter(with_cards)


@register.inclusion_tag("content/write/reply_box.html", takes_context=True)
def reply_box(context: dict[str, Any], post: Post, me: Any) -> dict[str, Any]:
    """`{% reply_box post me %}`: where one answers, with what was begun and not sent."""
    request = context["request"]
    sheet = reply_sheet(post, request.user)
    return {
        "sheet": sheet,
        "form": sheet.form,
        "post": post,
        "me": me,
        "user": request.user,
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }
