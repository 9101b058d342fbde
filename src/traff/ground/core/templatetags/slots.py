from typing import Any

from django import template
from django.template import Context
from django.template.library import SimpleNode
from django.utils.safestring import SafeString

from traff.ground.core import drawing, markup, slots
from traff.ground.core.values import Values, value_of

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **extra: Any) -> SafeString:
    """`{% slot "home.main" %}`: whatever upper packages put here; keyword arguments join the context."""
    plain: dict[Any, Any] = context.flatten()
    return slots.render(name, {**plain, **extra})


def _slot_in_page(node: SimpleNode) -> drawing.Draw:
    name, named = value_of(node.args[0]), drawing.arguments_of(node.kwargs)

    def drawn(values: Values) -> str:
        filled = slots.render(name(values), {**values, **{key: value(values) for key, value in named}})
        if node.target_var is None:
            return filled
        values[node.target_var] = filled
        return ""

    return drawn


drawing.tag_made_by(slot, _slot_in_page)


@register.filter
def written(html: str) -> SafeString:
    """`{{ post.body|written }}`: what people wrote, cleaned at the door; stands inside `<div class="prose" hx-disable>`."""
    return markup.shown(html)
