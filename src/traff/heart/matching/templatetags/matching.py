from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag(takes_context=True)
def first_steps(context: Context, meeting: Any) -> str:
    """`{% first_steps meeting as steps %}`: towards a stranger, beside reading: follow, thank, and what other rooms put
    into the slot `suggestion.actions` (context: `meeting`, `person`). Nothing on the card of one's own question.
    """
    if meeting.person is None:
        return ""
    plain: dict[Any, Any] = context.flatten()
    values = {**plain, "meeting": meeting, "person": meeting.person}
    return render_to_string("matching/first_steps.html", values, context.get("request"))
