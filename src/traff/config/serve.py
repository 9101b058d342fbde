"""`./traff run`: the web's processes and the worker as children in one process group, watched until they are asked to stop.

The parent opens the port (so that a taken one is told before anything starts, and a restarted child finds it open) and
holds a pipe to each child: when the parent is gone, however it went, the pipe closes and the child ends.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from types import FrameType

from traff.config.database import bring_up_to_date, database, is_embedded
from traff.config.postgres import Cluster

RESTARTS, WITHIN = 5, 60.0  # a child that dies oftener than this many times in this many seconds is given up
PATIENCE = 10.0
WEBS = max(1, min(4, os.cpu_count() or 1))  # a process uses one core for its Python; they take turns at one port
STARTING = 60.0


class NoPort(Exception):
    """We cannot listen where we want to; the message says why and what to do."""


def serve() -> int:
    try:
        listener = _listen()
    except NoPort as trouble:
        print(trouble, file=sys.stderr)
        return 1
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _interrupt)  # as Ctrl-C: the database is always stopped in order
    with listener, database() as cluster:
        bring_up_to_date()
        _prepare()
        return Watch(listener, cluster).keep()


def _listen() -> socket.socket:
    host, said = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not said.isdecimal() or not 0 < int(said) < 65536:
        raise NoPort(f"PORT is “{said}”, which is no port: it must be a number from 1 to 65535, such as 8000.")
    port = int(said)
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise NoPort(_why_not(error, host, port)) from error
    return listener


def _why_not(error: OSError, host: str, port: int) -> str:
    other = f"Choose another: PORT={port + 1 if port >= 1024 else 8000} ./traff run"
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is already taken by another program (perhaps another Träff). {other}"
    if error.errno == errno.EACCES:
        return f"Port {port} may not be opened by this account. {other}"
    return f"Träff cannot listen on {host}, port {port}: {error.strerror}. HOST and PORT say where."


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _prepare() -> None:
    """What a first start needs and a later one only looks at."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command, get_commands
    from django.db import connection

    from traff.ground.accounts.demo import refuse_misplaced_demo

    call_command("collectstatic", interactive=False, verbosity=0)
    if is_embedded() and "loaddemo" in get_commands() and not get_user_model()._default_manager.exists():
        print("Loading the demonstration organisation (once) …", flush=True)
        call_command("loaddemo")
    refuse_misplaced_demo(foreign_database=not is_embedded())
    connection.close()


@dataclass
class Child:
    name: str
    listener: socket.socket | None = None
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "TRAFF_MIGRATION_URL"}
        shared = [self.listener.fileno()] if self.listener else []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "traff.config.serve", self.name, *map(str, shared)],
            stdin=subprocess.PIPE,
            pass_fds=shared,
            env=environment,
        )

    @property
    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def may_start_again(self) -> bool:
        now = time.monotonic()
        self.deaths = [death for death in self.deaths if now - death < WITHIN] + [now]
        return len(self.deaths) <= RESTARTS


class Watch:
    """Keeps all children alive until it is told to stop, or until one cannot be kept alive."""

    def __init__(self, listener: socket.socket, cluster: Cluster | None = None) -> None:
        self.cluster = cluster
        self.children = [*(Child("web", listener) for _ in range(WEBS)), Child("worker")]
        self.is_announced = False
        self.started = time.monotonic()

    def keep(self) -> int:
        try:
            for child in self.children:
                child.start()
            while True:
                self._announce()
                if self.cluster and self.cluster.pid() is None:
                    print("The database ended; starting it again.", file=sys.stderr, flush=True)
                    self.cluster.revive()
                for child in self.children:
                    if child.is_dead and not self._revive(child):
                        return 1
                time.sleep(0.2)
        except KeyboardInterrupt:
            print("\nStopping …", file=sys.stderr, flush=True)
            return 0
        finally:
            self._stop()

    def _revive(self, child: Child) -> bool:
        status = child.process.returncode if child.process else None
        if not child.may_start_again():
            print(f"The {child.name} ended {RESTARTS + 1} times in a minute (status {status}); giving up.", file=sys.stderr)
            return False
        print(f"The {child.name} ended (status {status}); starting it again.", file=sys.stderr, flush=True)
        time.sleep(min(len(child.deaths) - 1, 3))
        child.start()
        return True

    def _announce(self) -> None:
        if self.is_announced:
            return
        waited = time.monotonic() - self.started
        answer = _health()
        if answer is None and waited < STARTING:
            return
        self.is_announced = True
        if answer is None:
            print("Träff has started, but does not answer as well in a minute; ./traff doctor may know why.", file=sys.stderr)
        print(_welcome(), flush=True)

    def _stop(self) -> None:
        alive = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in alive:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except (subprocess.TimeoutExpired, KeyboardInterrupt):
                process.kill()
                process.wait()


def _address() -> str:
    from django.conf import settings

    return str(settings.SITE_URL)


def _health() -> dict[str, object] | None:
    host = os.environ.get("HOST", "127.0.0.1")
    local = "127.0.0.1" if host == "0.0.0.0" else "[::1]" if host == "::" else f"[{host}]" if ":" in host else host  # noqa: S104
    request = urllib.request.Request(f"http://{local}:{os.environ.get('PORT', '8000')}/healthz", headers={"Host": "localhost"})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5) as answer:
            known: dict[str, object] = json.load(answer)
            return known
    except (OSError, ValueError):
        return None


def _welcome() -> str:
    from traff.ground.accounts.demo import is_demo

    how = "open it and choose whom to be" if is_demo() else "./traff signin PERSON prints a link that signs in once"
    return f"\n  Träff is at {_address()}\n  To sign in: {how}.\n  Ctrl-C stops it.\n"


# The children ----------------------------------------------------------------------------------------------------


def _end_with_parent() -> None:
    """The pipe on standard input says nothing until the parent is gone."""

    def wait() -> None:
        os.read(0, 1)  # unbuffered: a buffer would be locked when the interpreter ends
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def web(descriptor: int) -> None:
    import uvicorn

    configuration = uvicorn.Config(
        "traff.config.asgi:application",
        log_level="warning",
        access_log=False,  # addresses hold what people look for
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(configuration).run(sockets=[socket.socket(fileno=descriptor)])


def worker() -> None:
    import asyncio

    import django

    django.setup()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    import traff.config.upkeep  # noqa: F401 (brings its task)

    async def work() -> None:
        async with app.open_async():
            await app.run_worker_async(name="traff", concurrency=2, delete_jobs="successful", shutdown_graceful_timeout=8)

    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("The worker needs the database's own queue.")
    with app.replace_connector(connector.get_worker_connector()):
        asyncio.run(work())


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traff.config.settings")
    _end_with_parent()
    match arguments:
        case ["web", descriptor]:
            web(int(descriptor))
        case ["worker"]:
            worker()


if __name__ == "__main__":
    main(sys.argv[1:])
