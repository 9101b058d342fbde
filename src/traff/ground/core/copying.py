"""Many rows at once: COPY (https://www.postgresql.org/docs/current/sql-copy.html), with ids taken in blocks."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """So many fresh primary keys, from the table's own sequence; what is not used leaves a gap."""
    if not count:
        return []
    with connection.cursor() as cursor:
        asked = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
        cursor.execute(asked, [model._meta.db_table, model._meta.pk.column, count])
        return [number for (number,) in cursor.fetchall()]


def copy_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows, the values of `fields` in their order, in the running transaction.

    Database defaults and constraints hold; `save()`, field defaults and signals do not run. Raises django.db.Error.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(model._meta.get_field(field).column)) for field in fields)  # type: ignore[union-attr]
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
