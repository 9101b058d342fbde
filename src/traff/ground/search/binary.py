"""PostgreSQL's binary form, packed and read by numpy: a million narrow rows a second either way.

In by COPY (https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"), out as one array a column. All columns
here are NOT NULL and of fixed width, so that a row is a record; arrays of one dimension are the exception and go in only.
"""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import psycopg
from django.db import connection
from numpy.typing import NDArray
from psycopg.pq.abc import PGresult

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
WIDTHS = {"i4": 4, "i2": 2, "b": 1, "f8": 8, "i8": 8}
OIDS = {"i4": 23, "i2": 21}


def record(columns: str) -> np.dtype[Any]:
    """The record of a row with these columns, e.g. "i4 i4 i2 b": the count, then each value after its width."""
    fields: list[tuple[str, str]] = [("n", ">i2")]
    for number, kind in enumerate(columns.split()):
        fields += [(f"w{number}", ">i4"), (f"v{number}", "u1" if kind == "b" else f">{kind}")]
    return np.dtype(fields)


def packed(columns: str, values: Sequence[Any]) -> bytes:
    """Rows of fixed width from one array a column."""
    rows = np.empty(len(values[0]), record(columns))
    rows["n"] = len(values)
    for number, (kind, column) in enumerate(zip(columns.split(), values, strict=True)):
        rows[f"w{number}"], rows[f"v{number}"] = WIDTHS[kind], column
    return rows.tobytes()


def packed_array(kind: str, values: NDArray[Any]) -> bytes:
    """One value of type int4[] or int2[], after its width."""
    width = WIDTHS[kind]
    items = np.empty(len(values), np.dtype([("w", ">i4"), ("v", f">{kind}")]))
    items["w"], items["v"] = width, values
    head = (
        np.array([20 + items.nbytes, 1, 0, OIDS[kind], len(values), 1], ">i4")
        if len(values)
        else np.array([12, 0, 0, OIDS[kind]], ">i4")
    )
    return head.tobytes() + items.tobytes()


def copy_in(table: str, columns: str, rows: bytes) -> None:
    """Write packed rows into columns of a table, in the running transaction."""
    statement = f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(HEADER)
        copy.write(rows)
        copy.write(TRAILER)


def copy_out(query: str, parameters: dict[str, Any], kinds: str) -> list[NDArray[Any]]:
    """The columns of a query as arrays, in its order. No value may be null; `kinds` says their widths.

    Each column comes as one array value: row by row, the driver alone would take longer than the question.
    """
    names = [f"c{number}" for number in range(len(kinds.split()))]
    gathered = ", ".join(f"array_agg({name})" for name in names)
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(f"SELECT {gathered} FROM ({query}) AS asked ({', '.join(names)})", parameters, binary=True, prepare=False)  # noqa: S608
        result = cast(PGresult, cursor.pgresult)
        return [_array(result.get_value(0, number), kind) for number, kind in enumerate(kinds.split())]


def _array(value: bytes | None, kind: str) -> NDArray[Any]:
    """A one-dimensional array value without nulls, in its binary form; NULL (of no rows) is empty."""
    if value is None:
        return np.zeros(0, kind)
    items = np.frombuffer(value, np.dtype([("w", ">i4"), ("v", f">{kind}")]), offset=20)
    return items["v"].astype(kind)
