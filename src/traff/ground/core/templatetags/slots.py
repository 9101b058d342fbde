from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from traff.ground.core import markup, slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **extra: Any) -> SafeString:
    """`{% slot "home.main" %}`: whatever upper packages put here; keyword arguments join the context."""
    plain: dict[Any, Any] = context.flatten()
    return slots.render(name, {**plain, **extra})


@register.filter
def written(html: str) -> SafeString:
    """`{{ post.body|written }}`: what people wrote, cleaned at the door; stands inside `<div class="prose" hx-disable>`."""
    return markup.shown(html)
