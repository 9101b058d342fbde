"""Values of template expressions, looked up as Django does: key, attribute, index; called if they can be; filtered."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.template import Context
from django.template.base import FilterExpression, Variable, VariableDoesNotExist
from django.utils.safestring import SafeData, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # as Django's own expressions do

Values = dict[str, Any]
WORDS = {"True": True, "False": False, "None": None}
_NONE = object()
_ANY: Any = SimpleNamespace(engine=SimpleNamespace(string_if_invalid=""))  # a lookup asks its template for nothing else


def value_of(expression: FilterExpression, *, missing: Any = "") -> Callable[[Values], Any]:
    """The expression as a function; `missing` is what an unknown name counts as."""
    first = _variable(expression.var, missing) if expression.is_var else _constant(expression.var)
    steps = [_filter(func, args) for func, args in expression.filters]
    if not steps:
        return first

    def value(values: Values) -> Any:
        found = first(values)
        for step in steps:
            found = step(found, values)
        return found

    return value


def _constant(value: Any) -> Callable[[Values], Any]:
    return lambda _values: value


def _variable(variable: Variable, missing: Any) -> Callable[[Values], Any]:
    if variable.lookups is None:
        return _constant(variable.literal) if not variable.translate else variable.resolve
    name, *bits = variable.lookups
    if name in WORDS and not bits:
        return _constant(WORDS[name])

    def value(values: Values) -> Any:
        found = values.get(name, _NONE)
        if found is not _NONE:
            for bit in bits:
                if (found := _under(found, bit)) is _NONE:
                    break
            else:
                if not callable(found):
                    return found
        elif not bits:
            return missing
        return _by_django(variable, values, missing)

    return value


def _under(thing: Any, bit: str) -> Any:
    """The ordinary cases; _NONE for all others."""
    kind = type(thing)
    how = _HOW[kind] if kind in _HOW else _HOW.setdefault(kind, _how(kind))
    if how == "key":
        return thing.get(bit, _NONE)
    if how == "number" and bit.isdigit():
        return thing[int(bit)] if int(bit) < len(thing) else _NONE
    return _NONE if how == "other" else getattr(thing, bit, _NONE)


_HOW: dict[type, str] = {}


def _how(kind: type) -> str:
    """Where Django would look first in a thing of this class."""
    if issubclass(kind, dict):
        return "key"
    if issubclass(kind, list | tuple):
        return "number"
    return "other" if hasattr(kind, "__getitem__") else "name"


def _by_django(variable: Variable, values: Values, missing: Any) -> Any:
    context = Context(values)
    context.template = _ANY
    try:
        return variable.resolve(context)
    except VariableDoesNotExist:
        return missing


def _filter(func: Any, args: Any) -> Callable[[Any, Values], Any]:
    given = [_constant(mark_safe(arg)) if not is_var else _variable(arg, "") for is_var, arg in args]  # noqa: S308 (as Django does)
    named = {"autoescape": True} if getattr(func, "needs_autoescape", False) else {}
    is_local, keeps_safe = getattr(func, "expects_localtime", False), getattr(func, "is_safe", False)

    def step(found: Any, values: Values) -> Any:
        if is_local:
            found = template_localtime(found)
        new = func(found, *[value(values) for value in given], **named)
        return mark_safe(new) if keeps_safe and isinstance(found, SafeData) else new  # noqa: S308 (the filter's own promise)

    return step
