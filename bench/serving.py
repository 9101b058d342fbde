"""The real server, `traff run` with an organisation's state folder, and what its processes cost, read from /proc."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.loading import environment, folder_of

TICK = 1000 / os.sysconf("SC_CLK_TCK")  # ms
PATIENCE = 90.0


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds spent so far: by the web, by the worker, by the database server with all its connections."""

    web: float
    worker: float
    database: float

    def __sub__(self, other: "Cost") -> "Cost":
        return Cost(self.web - other.web, self.worker - other.worker, self.database - other.database)


@dataclass(frozen=True)
class Server:
    port: int
    run: int  # the process of `traff run`
    postmaster: int

    def cost(self) -> Cost:
        children = {pid: _words(pid) for pid in _children(self.run)}
        web = sum(_tree(pid) for pid, words in children.items() if "web" in words)
        worker = sum(_tree(pid) for pid, words in children.items() if "worker" in words)
        return Cost(web, worker, _tree(self.postmaster))


@contextmanager
def served(people: int, port: int) -> Iterator[Server]:
    """Up and answering; ended afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "traff", "run"],
        env={**environment(people), "PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None and process.stdout:
            if "Träff is at" in process.stdout.readline():
                mark = folder_of(people) / "postgres" / "data" / "postmaster.pid"
                yield Server(port, process.pid, int(mark.read_text().split()[0]))
                return
        raise SystemExit("The server did not come up.")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _words(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_text().split("\0")


def _tree(pid: int) -> float:
    """Of a process, those it began, and those of them that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
        below = _children(pid)
    except OSError:  # it has just ended; whoever began it counts it
        return 0.0
    return TICK * sum(map(int, fields[11:15])) + sum(_tree(child) for child in below)
