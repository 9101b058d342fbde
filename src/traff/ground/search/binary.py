"""PostgreSQL's binary COPY, packed and read by numpy: millions of narrow rows a second either way.

Format: https://www.postgresql.org/docs/current/sql-copy.html ("Binary Format"). All columns here are NOT NULL and of fixed
width, so that a row is a record; arrays of one dimension are the exception and go in only.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

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


def copy_out(query: str, parameters: dict[str, Any], columns: str) -> list[NDArray[Any]]:
    """The columns of a query as arrays. Every value must be non-null and of the width that `columns` says."""
    with connection.wrap_database_errors, connection.cursor() as cursor:
        with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)", parameters) as copy:
            raw = b"".join(copy)
    rows = np.frombuffer(
        raw, record(columns), offset=len(HEADER), count=(len(raw) - len(HEADER) - len(TRAILER)) // record(columns).itemsize
    )
    return [rows[f"v{number}"].astype(bool if kind == "b" else kind) for number, kind in enumerate(columns.split())]
