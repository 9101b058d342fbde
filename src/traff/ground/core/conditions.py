"""What stands in `{% if %}`, as a function. What cannot be compared is false, as in Django."""

import operator
from collections.abc import Callable
from typing import Any

from traff.ground.core.values import Values, value_of

COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
    "in": lambda a, b: a in b, "not in": lambda a, b: a not in b, "is": operator.is_, "is not": operator.is_not,
}  # fmt: skip


def holds(condition: Any) -> Callable[[Values], Any]:
    """Of a condition as Django's parser gives it: operators over values."""
    if condition.id == "literal":
        return value_of(condition.value, missing=None)
    first = holds(condition.first)
    if condition.id == "not":
        return lambda values: not first(values)
    second = holds(condition.second)
    if condition.id == "and":
        return lambda values: first(values) and second(values)
    if condition.id == "or":
        return lambda values: first(values) or second(values)
    compare = COMPARED[condition.id]

    def compared(values: Values) -> Any:
        try:
            return compare(first(values), second(values))
        except Exception:  # noqa: BLE001 (Django's rule, whatever the values are)
            return False

    return compared
