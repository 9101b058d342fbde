"""The parts of the look as template tags; `docs/parts.md` lists them with their context.

`{% part "avatar" person=person %}` draws one part; `{% wrap "menu" label=… %}…{% endwrap %}` draws a part around what
stands between. A part sees only what it is given (and the request, the CSRF token), never the page's own variables.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any
from zlib import crc32

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.library import SimpleNode
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from traff.ground.core import dates, drawing, figures, icons, navigation, relative
from traff.ground.core.values import Values, value_of

register = template.Library()
GIVEN = ("request", "csrf_token", drawing.LANGUAGE)  # what every part sees of its page
HUES = 12
THEMES = {"light", "dark", "system"}


def draw(context: Context | Values, name: str, values: Values) -> SafeString:
    """Render one part with its values alone."""
    given = {key: context[key] for key in GIVEN if key in context}
    return SafeString(drawing.drawn_from(f"core/parts/{name}.html")({**given, **values}).strip())


@register.simple_tag(takes_context=True)
def part(context: Context, name: str, **values: Any) -> SafeString:
    return draw(context, name, values)


def _part_in_part(node: SimpleNode) -> drawing.Draw:
    name, named = value_of(node.args[0]), drawing.arguments_of(node.kwargs)
    return lambda values: draw(values, name(values), {key: value(values) for key, value in named})


drawing.tag_made_by(part, _part_in_part)


class WrapNode(template.Node):
    def __init__(self, name: FilterExpression, values: dict[str, FilterExpression], body: NodeList) -> None:
        self.name, self.values, self.nodelist = name, values, body

    def render(self, context: Context) -> SafeString:
        values = {key: value.resolve(context) for key, value in self.values.items()}
        return draw(context, self.name.resolve(context), {**values, "body": self.nodelist.render(context)})


def _wrap_in_part(node: WrapNode, whole: template.Template) -> drawing.Draw:
    name, named, body = value_of(node.name), drawing.arguments_of(node.values), drawing.inside(node.nodelist, whole)

    def drawn(values: Values) -> str:
        given = {key: value(values) for key, value in named}
        return draw(values, name(values), {**given, "body": SafeString(body(values))})

    return drawn


drawing.made_by(WrapNode, _wrap_in_part)


@register.tag
def wrap(parser: Parser, token: Token) -> WrapNode:
    """`{% wrap "dialog" id="join" title=… %}body{% endwrap %}`."""
    bits = token.split_contents()[1:]
    if not bits:
        raise template.TemplateSyntaxError('wrap needs the name of a part, as in {% wrap "menu" %}')
    values = token_kwargs(bits[1:], parser)
    body = parser.parse(("endwrap",))
    parser.delete_first_token()
    return WrapNode(parser.compile_filter(bits[0]), values, body)


@register.simple_tag(takes_context=True)
def here(context: Context | Values) -> str:
    """The address of the page itself, for `next`: many forms of a page name it, and it is put together once.

    What htmx puts into a page names that page, and not the address it came from, which may be one that only takes deeds.
    """
    request = context.get("request")
    if request is None:
        return ""
    if not hasattr(request, "_here"):
        htmx = getattr(request, "htmx", None)
        around = htmx.current_url_abs_path if htmx and not htmx.boosted else None
        request._here = around or request.get_full_path()
    return str(request._here)


drawing.tag_made_by(here, lambda _node: lambda values: escape(here(values)))


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


@register.filter
def kind_icon(kind: str) -> SafeString:
    return icons.icon(icons.KINDS.get(kind, icons.UNKNOWN).icon)


@register.filter
def kind_word(kind: str) -> str:
    return str(icons.KINDS.get(kind, icons.UNKNOWN).word)


@register.simple_tag
def when(at: datetime | None) -> SafeString | str:
    """`<time>` with the time as people say it; the whole date in the tooltip."""
    return _when(at, get_language(), timezone.now().replace(second=0, microsecond=0)) if at else ""


@register.filter(expects_localtime=True)
def said(on: date | None, shape: str) -> str:
    """A day in one of the shapes of `dates.py`, `{{ opening.closes_on|said:"short_year" }}`; "clock" says the time of day."""
    if shape == "clock":
        return dates.clock(on) if isinstance(on, datetime) else ""
    return dates.said(on, shape) if on else ""


@lru_cache(maxsize=4096)
def _when(at: datetime, language: str | None, now: datetime) -> SafeString:
    """Within a minute it is the same for all who read it in one language."""
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), relative.exact(at), relative.relative(at, now))


@register.simple_tag(takes_context=True)
def ways(context: Context) -> list[navigation.Way]:
    return navigation.ways(context.get("request"))


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The theme this browser chose: light, dark or system."""
    request: HttpRequest | None = context.get("request")
    chosen = request.COOKIES.get("traff_theme", "") if request else ""
    return chosen if chosen in THEMES else "system"


@register.filter
def initials(name: object) -> str:
    """First letters of the first and the last word: "Anna-Karin af Sand" → "AS"."""
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper() or "?"


@register.filter
def first_word(name: object) -> str:
    """What one calls somebody: "Anna-Karin Sand" → "Anna-Karin"."""
    return str(name or "").split(" ", 1)[0]


@register.filter
def hue(word: object) -> int:
    """One of the twelve hues, always the same for the same unit, group or topic."""
    return crc32(str(word or "").encode()) % HUES + 1


@register.filter
def sparkline_points(values: Sequence[float]) -> str:
    return figures.sparkline(values)


@register.filter
def share_of(value: float, largest: float) -> str:
    return figures.share(value, largest)


@register.filter
def largest_value(bars: Iterable[Any]) -> float:
    """The largest `.value` (or ["value"]) among bars."""
    return max((bar["value"] if isinstance(bar, dict) else bar.value for bar in bars), default=0)
