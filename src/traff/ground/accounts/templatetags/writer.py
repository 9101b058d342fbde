"""`{% writer %}`, beside `{% csrf_token %}` in every form where a person writes words."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from traff.ground.accounts.unsent import writer_of

register = template.Library()


@register.simple_tag(takes_context=True)
def writer(context: Context) -> SafeString:
    """Who writes, and which unsent words stand in the form: see `accounts/unsent.py`."""
    request = context["request"]
    if not hasattr(request, "writer"):
        request.writer = writer_of(request.user)
    said = format_html('<input type="hidden" name="writer" value="{}">', request.writer)
    key = getattr(request, "unsent", "") or request.POST.get("unsent", "")  # a page drawn again still holds them
    return said + format_html('<input type="hidden" name="unsent" value="{}">', key) if key else said
