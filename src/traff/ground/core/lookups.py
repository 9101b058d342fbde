"""`field__any=ids`: among these numbers, as one array instead of a parameter each.

The statement stays the same however many ids there are, so the database keeps its plan; and the driver does not look at each.
"""

from typing import Any

import psycopg
from django.db.models import AutoField, ForeignKey, IntegerField, Lookup, OneToOneField
from psycopg.adapt import Dumper


class Ids(list[int]):
    """Whole numbers on their way to the database."""


class IdsDumper(Dumper):
    oid = psycopg.adapters.types["int4"].array_oid

    def dump(self, obj: "list[int]") -> bytes:
        return b"{%s}" % ",".join(map(str, map(int, obj))).encode()


psycopg.adapters.register_dumper(Ids, IdsDumper)


class AnyOf(Lookup):
    lookup_name = "any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::int[])", [*parameters, Ids(self.rhs)]


for field in (AutoField, IntegerField, ForeignKey, OneToOneField):
    field.register_lookup(AnyOf)
