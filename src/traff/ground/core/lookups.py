"""`field__any=ids`: among these numbers, as one array instead of a parameter each.

The statement stays the same however many ids there are, so the database keeps its plan; and Python does not visit each.
"""

from typing import Any

from django.db.models import AutoField, ForeignKey, IntegerField, Lookup, OneToOneField


class AnyOf(Lookup):
    lookup_name = "any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::int[])", [*parameters, list(self.rhs)]


for field in (AutoField, IntegerField, ForeignKey, OneToOneField):
    field.register_lookup(AnyOf)
