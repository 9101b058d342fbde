"""A large organisation as several of 10,000 people side by side: every row copied with its ids moved, by INSERT … SELECT.

A copy's people write in its own groups, so that skew and sizes are those of the original; the words are the same. What is
searched is not copied: at this size the pages are measured, not search. Constraints and indexes hold as for any row.
"""

import sys
import time
from typing import Any

import psycopg

STEP = 10_000_000  # between the ids of one copy and the next
APPS = ("access", "accounts", "organisation", "people", "groups", "topics", "content", "following", "activity")
ONCE = {"DemoMarker", "SigninLink", "Draft"}  # none of them stands in what was made up


def statements(copies: int) -> list[tuple[str, str]]:
    """(table, INSERT) of every copied table, what is referred to first."""
    from django.apps import apps
    from django.db.models import Model

    models: list[type[Model]] = []
    for app in APPS:
        models += [
            model for model in apps.get_app_config(app).get_models(include_auto_created=True) if model.__name__ not in ONCE
        ]
    return [(model._meta.db_table, _statement(model, set(models), copies)) for model in models]


def _statement(model: Any, copied: set[Any], copies: int) -> str:
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field, copied) for field in fields)
    table = model._meta.db_table
    return (
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} o, generate_series(1, {copies - 1}) AS k(n) "
        f"WHERE {KEPT.get(model.__name__, 'true')}"
    )


EVERYONE = "(SELECT id FROM access_audience WHERE kind = 'everyone')"
KEPT = {"Audience": f"o.id <> {EVERYONE}", "Topic": "false", "Sighting": f"o.audience_id <> {EVERYONE}"}  # there is one of each


def _value(field: Any, copied: set[Any]) -> str:
    column = f'o."{field.column}"'
    target = field.related_model if field.is_relation else field.model if field.primary_key else None
    name = getattr(target, "__name__", "")
    if name == "Audience":
        return f"CASE WHEN {column} = {EVERYONE} THEN {column} ELSE {column} + n * {STEP} END"
    if field.name == "path" and field.model.__name__ == "Unit":
        return f"ARRAY(SELECT u + n * {STEP} FROM unnest({column}) u)"
    if field.name == "subject_id" and field.model.__name__ == "Event":
        return f"{column} + n * {STEP}"
    if target in copied and name != "Topic" and field.get_internal_type() != "UUIDField":
        return f"{column} + n * {STEP}"
    if field.unique and field.get_internal_type() in {"SlugField", "CharField", "EmailField"}:
        return f"{column} || '-' || n"
    return column


def multiply(copies: int, owner: str) -> None:
    """As the server's owner, who may leave out the checks of references: the copies refer to each other as their originals do."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for table, statement in statements(copies):
            started = time.monotonic()
            rows = connection.execute(statement.encode()).rowcount
            print(f"{table}: {rows:,} rows, {time.monotonic() - started:.0f} s", flush=True)
        connection.execute("VACUUM (ANALYZE)")


if __name__ == "__main__":
    from traff.config.database import database
    from traff.config.postgres.roles import OWNER

    with database() as cluster:
        import django

        django.setup()
        if cluster is None:
            raise SystemExit("An organisation for measuring stands in an embedded server of its own.")
        multiply(int(sys.argv[1]), cluster.url(OWNER))
