"""`./traff doctor`: says in words what is right and what is wrong, and proves what it can."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from traff.config.chromium import find_chromium
from traff.config.database import database, is_embedded
from traff.config.postgres import Cluster, NoPostgres, ServerTrouble
from traff.config.state import CHECKOUT, is_checkout, state_folder

GIGABYTE = 2**30
NAMES_IN_ORDER = ["Adam", "Zäta", "Åke", "Ärla", "Östen"]


@dataclass
class Findings:
    """Each said as it is found, so that a check that hangs is seen to hang."""

    troubles: int = field(default=0)

    def right(self, text: str) -> None:
        print(f"  ok     {text}")

    def note(self, text: str) -> None:
        print(f"  note   {text}")

    def wrong(self, text: str) -> None:
        self.troubles += 1
        print(f"  WRONG  {text}")


def examine() -> int:
    """0 when nothing is wrong, else 1."""
    findings = Findings()
    checks: list[Callable[[Findings], None]] = [_python, _environment, _state, _disk, _port, _chromium, _database]
    for check in checks:
        check(findings)
    if findings.troubles:
        print(f"\n{findings.troubles} {'thing is' if findings.troubles == 1 else 'things are'} wrong.")
        return 1
    print("\nAll is well.")
    return 0


def _python(findings: Findings) -> None:
    findings.right(f"Python {sys.version.split()[0]}")  # an older one does not come this far: the launcher says so


def _environment(findings: Findings) -> None:
    if not is_checkout():
        findings.right(f"an installed package, in {Path(__file__).parents[1]}")
    elif Path(sys.prefix) == CHECKOUT / ".venv":
        findings.right(f"the environment of this checkout, {sys.prefix}")
    else:
        findings.note(f"this checkout runs in another environment than its own .venv: {sys.prefix}")
    stale = [
        source
        for source in Path(__file__).parents[1].rglob("locale/*/LC_MESSAGES/*.po")
        if not source.with_suffix(".mo").exists()
    ]
    if stale:
        findings.wrong(f"translations are not compiled: {', '.join(map(str, stale))}")


def _state(findings: Findings) -> None:
    folder = state_folder()
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        findings.wrong(f"the state folder {folder} cannot be read and written by this account")
        return
    findings.right(f"the state folder {folder}")
    for name in ("secrets.json", "secret_key"):
        path = folder / name
        if path.exists() and path.stat().st_mode & 0o077:
            findings.wrong(f"{path} can be read by others: chmod 600 '{path}'")
    server = folder / "postgres"
    if server.exists() and server.stat().st_mode & 0o077:
        findings.wrong(f"{server} is open to others: chmod 700 '{server}'")


def _disk(findings: Findings) -> None:
    free = shutil.disk_usage(state_folder()).free / GIGABYTE
    (findings.right if free >= 1 else findings.wrong)(
        f"{free:.1f} GB free for the state{'' if free >= 1 else ': at least 1 GB is needed'}"
    )


def _port(findings: Findings) -> None:
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(2)
        taken = probe.connect_ex((host if host not in {"0.0.0.0", "::"} else "localhost", port)) == 0  # noqa: S104
    if taken:
        findings.note(f"port {port} is in use, by Träff if it runs now; else choose another with PORT")
    else:
        findings.right(f"port {port} on {host} is free")


def _chromium(findings: Findings) -> None:
    found = find_chromium()
    if found:
        findings.right(f"Chromium for the browser tests, {found}")
    else:
        findings.note("no Chromium; only ./traff test needs one, and installs it where it may")


def _database(findings: Findings) -> None:
    try:
        with database():
            if is_embedded():
                cluster = Cluster(state_folder())
                findings.right(f"the embedded PostgreSQL {cluster.programs.major}, from {cluster.programs.folder}")
                if cluster.account.name == "nobody":
                    findings.note("the server runs as nobody; an account of its own is better: useradd --system traff")
            with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=10) as connection:
                _examine_server(findings, connection)
            _site(findings)
    except (NoPostgres, ServerTrouble, LookupError, psycopg.Error) as trouble:
        findings.wrong(f"the database does not answer: {trouble}")


def _examine_server(findings: Findings, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    version = connection.info.server_version
    text = f"the database answers: PostgreSQL {version // 10000}.{version % 10000}"
    (findings.right if version >= 170000 else findings.wrong)(text + ("" if version >= 170000 else "; 17 or later is needed"))
    lowered = connection.execute("SELECT lower('ÅÄÖÉ')").fetchone()
    if lowered == ("åäöé",):
        findings.right("lower('ÅÄÖÉ') is åäöé")
    else:
        findings.wrong(f"lower('ÅÄÖÉ') gives {lowered}: make the database with a UTF-8 locale (builtin C.UTF-8 will do)")
    _examine_order(findings, connection)
    _examine_extensions(findings, connection)
    _examine_role(findings, connection)


def _examine_order(findings: Findings, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    rows = connection.execute(
        "SELECT name FROM unnest(%s::text[]) AS name ORDER BY translate(lower(name), 'åäöæøéèü', '{|}|}eey') COLLATE \"C\"",
        [sorted(NAMES_IN_ORDER)],
    ).fetchall()
    order = [str(name) for (name,) in rows]
    if order == NAMES_IN_ORDER:
        findings.right(f"names sort as in Swedish: {', '.join(order)}")
    else:
        findings.wrong(f"names do not sort as in Swedish: {', '.join(order)}")


def _examine_extensions(findings: Findings, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    for name in ("pg_trgm", "unaccent", "btree_gin"):
        if connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = %s", [name]).fetchone():
            findings.right(f"the extension {name} can be had")
        else:
            findings.wrong(f"the extension {name} is missing on the server: install PostgreSQL's contrib package")


def _examine_role(findings: Findings, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    row = connection.execute("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    name, is_super = row or ("?", False)
    if is_super:
        findings.wrong(f"Träff connects as {name}, a superuser: give it a role of its own")
    else:
        findings.right(f"connects as {name}, which is no superuser")


def _site(findings: Findings) -> None:
    """The program itself: does it load, do its settings agree with each other, are its tables as it wants them?"""
    import django
    from django.core.checks import ERROR, run_checks

    try:
        django.setup()
        faults = [message for message in run_checks(include_deployment_checks=False) if message.level >= ERROR]
    except Exception as trouble:  # noqa: BLE001 (whatever it is, it is what is wrong)
        findings.wrong(f"the program does not load: {type(trouble).__name__}: {trouble}")
        return
    for fault in faults:
        findings.wrong(f"{fault.msg} ({fault.id})")
    if not faults:
        findings.right("the program loads, and its settings agree")
    _tables(findings)


def _tables(findings: Findings) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from traff.config.database import due_migrations
    from traff.ground.accounts.demo import refuse_misplaced_demo

    due = due_migrations()
    if due:
        findings.note(f"{due} migrations are due; the next start applies them")
        return
    findings.right("the tables are up to date")
    try:
        refuse_misplaced_demo(foreign_database=not is_embedded())
    except ImproperlyConfigured as trouble:
        findings.wrong(str(trouble))
