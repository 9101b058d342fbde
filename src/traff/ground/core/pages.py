"""Whole templates of ours drawn as parts are (`drawing.py`): pages with what they extend, slots, mails.

A backend of Django's template machinery: `render(request, "x.html", …)` gives the same page, made by functions instead of by the
interpreter. What stands in a child's blocks goes to its place when the page is read first, not each time. Templates of other
packages, plain texts, and pages whose parent is chosen while drawing, or with a block in a tag that is Django's, are left to it.
"""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from django.http import HttpRequest
from django.template import Node, Template
from django.template.backends.django import DjangoTemplates
from django.template.backends.django import Template as ByDjango
from django.template.base import FilterExpression, TextNode
from django.template.context_processors import csrf
from django.template.defaulttags import LoadNode, URLNode
from django.template.library import InclusionNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.templatetags.i18n import GetCurrentLanguageNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, escape
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from traff.ground.core import drawing
from traff.ground.core.values import Values, value_of

OURS = str(Path(__file__).parents[2])
Blocks = Mapping[str, tuple[BlockNode, Template]]
_blocks: ContextVar[Blocks] = ContextVar("blocks")  # of the page that is being read


class Pages(DjangoTemplates):
    def get_template(self, template_name: str) -> Any:
        found = super().get_template(template_name)
        is_ours = str(found.origin.name).startswith(OURS) and template_name.endswith(".html")
        return Drawn(found.template, self) if is_ours else found


class Drawn(ByDjango):
    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        draw = read(self.template)
        if draw is None:
            return cast("SafeString", super().render(context, request))
        given = _of_the_request(request, self.backend.engine.context_processors) if request else {}
        return SafeString(draw({drawing.LANGUAGE: get_language(), **given, **(context or {})}))


def _of_the_request(request: HttpRequest, processors: Iterable[str]) -> Values:
    values: Values = dict(csrf(request))
    for name in processors:
        values.update(_processor(name)(request))
    return values


_processor = lru_cache(import_string)


def read(template: Template) -> drawing.Draw | None:
    """The whole template as a function; None for one that is Django's to draw."""
    kept: Any = template
    if not hasattr(kept, "_drawn"):
        kept._drawn = _composed(template)
    return cast("drawing.Draw | None", kept._drawn)


def _composed(template: Template) -> drawing.Draw | None:
    """From the outermost parent inwards, with the innermost's blocks."""
    blocks: dict[str, tuple[BlockNode, Template]] = {}
    before = ""  # a comment above `extends` leaves its line
    while parent := next((node for node in template.nodelist if isinstance(node, ExtendsNode)), None):
        for name, node in parent.blocks.items():
            blocks.setdefault(name, (node, template))
        before += "".join(node.s for node in template.nodelist if isinstance(node, TextNode))
        chosen = cast("FilterExpression", parent.parent_name)
        if chosen.is_var or chosen.filters:
            return None
        template = cast("Any", get_template(chosen.var)).template
    token = _blocks.set(blocks)
    try:
        return drawing.inside([TextNode(before), *template.nodelist], template)
    except drawing.HoldsBlocks:
        return None
    finally:
        _blocks.reset(token)


def _block(node: BlockNode, template: Template) -> drawing.Draw:
    chosen, stands_in = _blocks.get({}).get(node.name, (node, template))
    return drawing.inside(chosen.nodelist, stands_in)


def _include(node: IncludeNode, template: Template) -> drawing.Draw:
    name, named = value_of(node.template), drawing.arguments_of(node.extra_context)

    def draw(values: Values) -> str:
        given = {key: value(values) for key, value in named}
        return drawing.drawn_from(name(values))(
            {**drawing.spoken(values), **given} if node.isolated_context else {**values, **given}
        )

    return draw


def _inclusion(node: InclusionNode, template: Template) -> drawing.Draw:
    """A template with what a function gives for it."""
    args, named = [value_of(arg) for arg in node.args], drawing.arguments_of(node.kwargs)

    def draw(values: Values) -> str:
        given = [values] if node.takes_context else []
        made = node.func(*given, *[arg(values) for arg in args], **{key: value(values) for key, value in named})
        token = {"csrf_token": values["csrf_token"]} if "csrf_token" in values else {}
        return drawing.drawn_from(node.filename)({**drawing.spoken(values), **made, **token})

    return draw


@lru_cache(maxsize=10_000)
def _address(name: str, args: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> str:
    return str(conditional_escape(reverse(name, args=args, kwargs=dict(named))))


def _url(node: URLNode, template: Template) -> drawing.Draw:
    view, args, named = value_of(node.view_name), [value_of(arg) for arg in node.args], drawing.arguments_of(node.kwargs)

    def draw(values: Values) -> str:
        asked = tuple(arg(values) for arg in args), tuple((key, value(values)) for key, value in named)
        try:
            address = _address(view(values), *asked)
        except NoReverseMatch:
            if not node.asvar:
                raise
            address = ""
        if not node.asvar:
            return address
        values[node.asvar] = SafeString(address)
        return ""

    return draw


def _static(node: StaticNode, template: Template) -> drawing.Draw:
    if node.varname or node.path.is_var:
        return drawing.by_django(node, template)
    address = escape(StaticNode.handle_simple(node.path.var))
    return lambda _values: address


def _language(node: Any, template: Template) -> drawing.Draw:
    def draw(values: Values) -> str:
        values[node.variable] = get_language()
        return ""

    return draw


def _nothing(node: Node, template: Template) -> drawing.Draw:
    return lambda _values: ""


drawing.made_by(BlockNode, _block)
drawing.made_by(IncludeNode, _include)
drawing.made_by(InclusionNode, _inclusion)
drawing.made_by(URLNode, _url)
drawing.made_by(StaticNode, _static)
drawing.made_by(GetCurrentLanguageNode, _language)
drawing.made_by(LoadNode, _nothing)
