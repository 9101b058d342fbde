"""`{% load following %}{% follow_button person %}`: for pages above; those below get it through slots."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string

from traff.attention.following.buttons import button_of
from traff.attention.following.models import Follow, Mute

register = template.Library()


@register.simple_tag(takes_context=True)
def follow_button(context: Context, target: Any) -> str:
    request = context["request"]
    return render_to_string("following/button.html", {"button": button_of(request.user, target, Follow)}, request)


@register.simple_tag(takes_context=True)
def mute_entry(context: Context, target: Any) -> str:
    """A `<li>` for a menu."""
    request = context["request"]
    return render_to_string("following/menu_entry.html", {"button": button_of(request.user, target, Mute)}, request)
