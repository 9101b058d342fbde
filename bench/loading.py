"""The made-up organisations, each in a state folder of its own beside the person's: its own database server, nothing shared."""

import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from traff.config.state import state_folder

MANY = 10_000  # people


def folder_of(people: int) -> Path:
    return state_folder() / "bench" / str(people)


def environment(people: int) -> dict[str, str]:
    """Of a process that works in this organisation: its state folder, and no other database."""
    known = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "TRAFF_MIGRATION_URL"}}
    return {**known, "TRAFF_DATA": str(folder_of(people)), "DJANGO_SETTINGS_MODULE": "traff.config.settings"}


def load(people: int) -> None:
    """Make it unless it stands; in a process of its own, since settings are read once.

    One of more than MANY is several of MANY side by side: loading a million posts by the verbs takes hours.
    """
    done = folder_of(people) / "bench-loaded"
    if done.exists():
        return
    if people > MANY:
        load(MANY)
        shutil.rmtree(folder_of(people), ignore_errors=True)
        subprocess.run(
            ["cp", "-a", folder_of(MANY), folder_of(people)], check=True
        )  # with its owners: the server runs as another
        for left in ("bench-loaded", "postgres/sockets", "postgres/data/postmaster.pid"):
            (folder_of(people) / left).unlink(missing_ok=True)
        subprocess.run([sys.executable, "-m", "bench.multiplying", str(people // MANY)], env=environment(people), check=True)
    else:
        subprocess.run([sys.executable, "-m", "bench.loading", str(people)], env=environment(people), check=True)
    done.touch()


def _fill(people: int) -> None:
    from traff.config.commands import make_state_folder
    from traff.config.database import bring_up_to_date, database

    make_state_folder(folder_of(people))
    with database():
        bring_up_to_date()
        from django.db import connection

        from bench.organisation import Organisation
        from traff.doors.registers.loading import Loader
        from traff.doors.registers.reading import Source
        from traff.doors.registers.report import Report

        started = time.monotonic()
        report = Report(io.StringIO(), sys.stderr)
        Loader(Source(folder_of(people), report), "bench").load(Organisation(people).rows())
        seconds, rows = time.monotonic() - started, sum(counts["new"] for counts in report.counts.values())
        print(f"{people} people: {rows} rows in {seconds:.0f} s, {rows / seconds:.0f} a second", flush=True)
        if rejected := report.rejections[:3]:
            raise SystemExit(f"The organisation could not be made as it should: {rejected}")
        connection.close()
        with connection.cursor() as cursor:  # what autovacuum does by and by
            cursor.execute("VACUUM (ANALYZE)")


if __name__ == "__main__":
    _fill(int(sys.argv[1]))
