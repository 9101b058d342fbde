"""Parts drawn fast: a Django template is read once and turned into nested functions, a node each, that only join texts.

A page draws hundreds of parts, and Django's interpreter was most of its cost (docs/decisions/005-parts-as-functions.md). The
templates stay what they are; a tag that is not known here, and any lookup out of the ordinary, goes to Django's own code,
and a test draws the whole design page both ways and compares.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import Any, cast

from django.template import Context, Node, Template
from django.template.base import FilterExpression, NodeList, TextNode, VariableNode, render_value_in_context
from django.template.defaulttags import CommentNode, CsrfTokenNode, ForNode, IfNode, WithNode
from django.template.library import SimpleNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.templatetags.i18n import TranslateNode
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from traff.ground.core import conditions
from traff.ground.core.values import Values, value_of

Draw = Callable[[Values], str]
LANGUAGE = "_language"  # the key of a page's language in its values
PLAIN = Context()  # how a value is shown where nothing was said about it
SPECIAL = re.compile("[&<>\"']").search  # most values hold none
_makers: dict[type[Node], Callable[[Any, Template], Draw]] = {}
_tags: dict[Any, Callable[[SimpleNode], Draw]] = {}


class HoldsBlocks(Exception):
    """A tag that is not known here holds blocks, which it would draw without those of a page's children."""


@cache
def drawn_from(name: str) -> Draw:
    """The part of this template as a function of its values."""
    from traff.ground.core.pages import read  # it stands on this module

    template: Template = cast("Any", get_template(name)).template
    return read(template) or by_django(template.nodelist, template)


def made_by(node: type[Node], maker: Callable[[Any, Template], Draw]) -> None:
    """Teach a kind of node, for tags of our own."""
    _makers[node] = maker


def tag_made_by(tag: Any, maker: Callable[[SimpleNode], Draw]) -> None:
    """Likewise, for a simple tag that takes the context: by its function."""
    _tags[tag] = maker


def _all(nodes: Sequence[Node], template: Template) -> Draw:
    """Several nodes; neighbouring texts become one."""
    texts, draws = [""], list[Draw]()  # a text, what is drawn, a text, …
    for node in nodes:
        if isinstance(node, TextNode):
            texts[-1] += node.s
        else:
            draws.append(_makers.get(type(node), by_django)(node, template))
            texts.append("")
    if not draws:
        return lambda _values: texts[0]
    if len(draws) == 1:
        before, draw, after = texts[0], draws[0], texts[1]
        return lambda values: f"{before}{draw(values)}{after}"
    whole = "%s".join(text.replace("%", "%%") for text in texts)
    return lambda values: whole % tuple([draw(values) for draw in draws])


def inside(nodes: Sequence[Node], template: Template) -> Draw:
    """What stands between a tag and its end."""
    return _all(nodes, template)


def by_django(node: Node | NodeList, template: Template) -> Draw:
    """What its own `render` gives; what it sets in the context stands in the values afterwards."""
    if isinstance(node, Node) and node.get_nodes_by_type(BlockNode):
        raise HoldsBlocks

    def draw(values: Values) -> str:
        context: Any = Context(values)
        context.template, context.request = template, values.get("request")
        with context.render_context.push_state(template):
            return str(node.render(context))

    return draw


def shown(value: Any) -> str:
    """A value as text of the page; what is not known to be safe is escaped."""
    kind = type(value)
    if kind is SafeString:
        return cast("str", value)
    if kind is str:
        return escape(value) if SPECIAL(value) else cast("str", value)
    return str(render_value_in_context(value, PLAIN))


def _variable(node: VariableNode, template: Template) -> Draw:
    value = value_of(node.filter_expression)
    return lambda values: shown(value(values))


def _if(node: IfNode, template: Template) -> Draw:
    ways = [
        (None if condition is None else conditions.holds(condition), _all(nodes, template))
        for condition, nodes in node.conditions_nodelists
    ]

    def draw(values: Values) -> str:
        for holds, way in ways:
            if holds is None or holds(values):
                return way(values)
        return ""

    return draw


def _for(node: Any, template: Template) -> Draw:
    if node.is_reversed:
        return by_django(node, template)
    sequence, body = value_of(node.sequence, missing=None), _all(node.nodelist_loop, template)
    empty, names = _all(node.nodelist_empty, template), node.loopvars

    def draw(values: Values) -> str:
        found = sequence(values)
        things = [] if found is None else list(found)
        if not things:
            return empty(values)
        loop: dict[str, Any] = {"parentloop": values.get("forloop", {})}
        within, drawn, last = {**values, "forloop": loop}, [], len(things) - 1
        for number, thing in enumerate(things):
            loop.update(counter0=number, counter=number + 1, revcounter=last - number + 1, revcounter0=last - number)
            loop.update(first=number == 0, last=number == last)
            within.update({names[0]: thing} if len(names) == 1 else zip(names, thing, strict=True))
            drawn.append(body(within))
        return "".join(drawn)

    return draw


def _with(node: WithNode, template: Template) -> Draw:
    extra = {name: value_of(expression) for name, expression in node.extra_context.items()}
    body = _all(node.nodelist, template)
    return lambda values: body({**values, **{name: value(values) for name, value in extra.items()}})


def _translate(node: TranslateNode, template: Template) -> Draw:
    """A literal in the language of the page."""
    expression, within = node.filter_expression, node.message_context
    word = getattr(expression.var, "literal", None)
    if node.asvar or node.noop or expression.filters or word is None or (within and (within.filters or within.is_var)):
        return by_django(node, template)
    message, known = word.replace("%", "%%"), dict[str, str]()

    def draw(values: Values) -> str:
        language = values.get(LANGUAGE) or get_language() or ""
        if language not in known:
            said = pgettext(within.var, message) if within else gettext(message)
            known[language] = said.replace("%%", "%")
        return known[language]

    return draw


def spoken(values: Values) -> Values:
    """What every part is given of the page it stands in: its language, found once a page."""
    return {LANGUAGE: values[LANGUAGE]} if LANGUAGE in values else {}


def _simple(node: SimpleNode, template: Template) -> Draw:
    """A tag that is a function of its arguments."""
    if node.takes_context:
        return _tags[node.func](node) if node.func in _tags else by_django(node, template)
    arguments, named, target = [value_of(e) for e in node.args], arguments_of(node.kwargs), node.target_var

    def draw(values: Values) -> str:
        output = node.func(*[value(values) for value in arguments], **{name: value(values) for name, value in named})
        if target is not None:
            values[target] = output
            return ""
        return str(conditional_escape(output))

    return draw


def arguments_of(expressions: dict[str, FilterExpression]) -> list[tuple[str, Callable[[Values], Any]]]:
    """Named arguments of a tag."""
    return [(name, value_of(expression)) for name, expression in expressions.items()]


def _csrf(node: CsrfTokenNode, template: Template) -> Draw:
    def draw(values: Values) -> str:
        token = str(values.get("csrf_token") or "")
        known = token and token != "NOTPROVIDED"  # noqa: S105 (Django's word for none)
        return f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">' if known else ""

    return draw


made_by(VariableNode, _variable)
made_by(IfNode, _if)
made_by(ForNode, _for)
made_by(WithNode, _with)
made_by(TranslateNode, _translate)
made_by(SimpleNode, _simple)
made_by(CsrfTokenNode, _csrf)
made_by(CommentNode, lambda _node, _template: lambda _values: "")
