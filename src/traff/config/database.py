"""The database of a command: one's own server if DATABASE_URL names it, else the embedded one for as long as needed.

Django is not imported before the environment says where the database is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import psycopg

from traff.config.postgres import Cluster
from traff.config.postgres.roles import MIGRATOR, settle_rights
from traff.config.state import state_folder

MIGRATING = 0x7472_6166_66  # any number will do, as long as every Träff takes the same one


@contextmanager
def database() -> Iterator[Cluster | None]:
    """Says where the database is: DATABASE_URL for serving, TRAFF_MIGRATION_URL for changing tables.

    Gives the embedded server, or None when the database is one's own.
    """
    if os.environ.get("DATABASE_URL"):
        os.environ.setdefault("TRAFF_MIGRATION_URL", os.environ["DATABASE_URL"])
        yield None
        return
    cluster = Cluster(state_folder())
    with cluster.in_use():
        os.environ["DATABASE_URL"] = cluster.url()
        os.environ["TRAFF_MIGRATION_URL"] = cluster.url(MIGRATOR)
        yield cluster


def is_embedded() -> bool:
    """Whether this process talks to the embedded server; what the environment claims is compared with the server's own."""
    cluster = Cluster(state_folder())
    return cluster.exists and os.environ.get("DATABASE_URL") == cluster.url()


def migrate(arguments: list[str] | None = None) -> int:
    """As the role that owns the tables, one at a time over all hosts; then the serving role gets its rights."""
    url, app = os.environ["TRAFF_MIGRATION_URL"], os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        asked = arguments if arguments is not None else ["--no-input", "--verbosity", "0"]
        done = subprocess.run(
            [sys.executable, "-m", "django", "migrate", *asked],
            env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "traff.config.settings"},
            check=False,
        )
        if done.returncode == 0 and app != url:
            settle_rights(url, unquote(urlsplit(app).username or ""))
    return done.returncode


def bring_up_to_date() -> None:
    """Migrate if anything is new. Cheap when nothing is: one query."""
    import django

    django.setup()
    from django.db import connection

    due = due_migrations()
    connection.close()
    if due and migrate():
        raise SystemExit("The database could not be migrated; nothing was started.")


def due_migrations() -> int:
    """How many are not applied yet; Django must be set up."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
