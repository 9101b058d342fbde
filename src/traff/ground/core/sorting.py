"""Swedish order without ICU: an immutable key that any PostgreSQL can index."""

from django.db.models import CharField, F, Func, Value
from django.db.models.expressions import Combinable

LETTERS, PLACES = "åäöæøéèü", "{|}|}eey"  # å ä ö after z; the neighbours' letters beside ours


def swedish(expression: Combinable | str) -> Func:
    """`translate(expression, 'åäö…', '{|}…')`: to be compared in collation "C"; the expression must be in lower case."""
    inner = F(expression) if isinstance(expression, str) else expression
    return Func(inner, Value(LETTERS), Value(PLACES), function="translate", output_field=CharField())
