"""A database of its own for measuring, beside the one that is served; kept by the content of what was loaded into it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import dj_database_url
import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

PREFIX = "traff_scratch_"


def _url() -> str:
    return os.environ.get("TRAFF_MIGRATION_URL") or os.environ["DATABASE_URL"]


def enter(name: str) -> None:
    """From here on this process works in the scratch database."""
    connections["default"].close()
    settings = connections["default"].settings_dict
    parsed = dj_database_url.parse(_url())
    settings.update({key: parsed[key] for key in ("HOST", "PORT", "USER", "PASSWORD") if key in parsed}, NAME=name)


@contextmanager
def server() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(_url(), autocommit=True) as connection:
        yield connection


def make(key: str, load: Callable[[], None]) -> tuple[str, bool]:
    """Enter the scratch database of this key, loading it unless that was done. Gives its name, and whether it was loaded now."""
    name = PREFIX + key
    with server() as connection:
        asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        standing = connection.execute(asked, [name]).fetchone()
        if standing and standing[0] == "loaded":
            enter(name)
            return name, False
        if standing:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    enter(name)
    call_command("migrate", verbosity=0, interactive=False)
    load()
    with server() as connection:
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS 'loaded'").format(sql.Identifier(name)))
    return name, True


def forget() -> list[str]:
    """Drop every scratch database; gives their names."""
    with server() as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]).fetchall()
        for (name,) in rows:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(str(name))))
    return [str(name) for (name,) in rows]
