"""Three roles: the owner rules the server, the migrator owns the tables, the app reads and writes rows.

The app can change no table, and can add to the audit but never alter it.
"""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

OWNER, MIGRATOR, APP = "traff_owner", "traff_migrator", "traff_app"
DATABASE = "traff"
DEFAULT: LiteralString = "ALTER DEFAULT PRIVILEGES FOR ROLE traff_migrator IN SCHEMA public"
EVERY_DATABASE: tuple[LiteralString, ...] = (
    "ALTER SCHEMA public OWNER TO traff_migrator",
    "GRANT USAGE ON SCHEMA public TO traff_app",
    f"{DEFAULT} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO traff_app",
    f"{DEFAULT} GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO traff_app",
)


def make_roles(owner_url: str, template_url: str, passwords: dict[str, str]) -> None:
    """Roles, their rights in the template (so that test and scratch databases have them too), and the database."""
    with psycopg.connect(template_url, autocommit=True) as connection:
        for role, rights in ((MIGRATOR, "CREATEDB"), (APP, "NOCREATEDB")):
            _make_role(connection, role, passwords[role], rights)
        connection.execute("GRANT traff_app TO traff_migrator")  # so that tests can step down to it
        for statement in EVERY_DATABASE:
            connection.execute(statement)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(MIGRATOR)))


def _make_role(connection: psycopg.Connection[tuple[object, ...]], role: str, password: str, rights: LiteralString) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb: LiteralString = "ALTER" if known else "CREATE"
    statement = sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER " + rights + " PASSWORD {}")
    connection.execute(statement.format(sql.Identifier(role), sql.Literal(password)))


def settle_rights(migrator_url: str, app: str = APP) -> None:
    """After every migration: the app may use every table, and may only add to the audit."""
    role = sql.Identifier(app)
    with psycopg.connect(migrator_url) as connection:
        maintain: LiteralString = ", MAINTAIN" if connection.info.server_version >= 170000 else ""
        connection.execute(
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE" + maintain + " ON ALL TABLES IN SCHEMA public TO {}").format(role)
        )
        connection.execute(sql.SQL("GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
        audit = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND starts_with(tablename, 'audit_')"
        ).fetchall()
        for (table,) in audit:  # whatever the default was, it ends as SELECT and INSERT
            connection.execute(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), role))
