from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from traff.ground.core import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **extra: Any) -> SafeString:
    """`{% slot "home.main" %}`: whatever upper packages put here; keyword arguments join the context."""
    return slots.render(name, {**context.flatten(), **extra})
