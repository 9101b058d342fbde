"""Requests over connections that stay open, each connection a thread; latencies as they come."""

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import quantiles
from typing import NamedTuple

from bench.serving import Server

WARM = 240  # requests before it counts: each of the web's connections to the database keeps a statement's plan from the ninth on


class Ask(NamedTuple):
    """One request: whose cookie, where to, what is posted (None: GET)."""

    cookie: str
    path: str
    body: bytes | None = None


@dataclass(frozen=True)
class Figures:
    """What a row of the table shows; milliseconds."""

    rate: float  # a second
    p50: float
    p95: float
    web: float  # CPU a request
    database: float
    weight: int  # bytes of the last answer
    count: int

    @property
    def cpu(self) -> float:
        return self.web + self.database


class Connection:
    """One that stays open, as a browser's does."""

    def __init__(self, port: int) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def send(self, ask: Ask) -> tuple[float, int, bytes]:
        """Milliseconds until the last byte, status and body."""
        headers = {"Cookie": ask.cookie, "Host": "localhost"}
        if ask.body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
        started = time.perf_counter()
        self.http.request("GET" if ask.body is None else "POST", ask.path, ask.body, headers)
        answer = self.http.getresponse()
        body = answer.read()
        return 1000 * (time.perf_counter() - started), answer.status, body


TOKEN = "b" * 32  # the browser's own, in cookie and header: Django compares the two


def drive(server: Server, asks: Callable[[int], Ask], *, connections: int, seconds: float) -> Figures:
    """Ask for so long over so many connections. Anything but 2xx and 3xx ends the run: it would be measured as fast."""
    before, started = server.cost(), time.perf_counter()
    answers = _asked(server, asks, connections, lambda _number: time.perf_counter() < started + seconds)
    spent, weight = [took for took, _size in answers], answers[-1][1]
    wall, cost = time.perf_counter() - started, server.cost() - before
    cuts = quantiles(spent, n=20, method="inclusive")
    return Figures(len(spent) / wall, cuts[9], cuts[18], cost.web / len(spent), cost.database / len(spent), weight, len(spent))


def warm(server: Server, asks: Callable[[int], Ask]) -> None:
    """As a server is that has been up for a while."""
    _asked(server, asks, 8, lambda number: number < WARM)


def _asked(
    server: Server, asks: Callable[[int], Ask], connections: int, goes_on: Callable[[int], bool]
) -> list[tuple[float, int]]:
    """Milliseconds and bytes of each."""
    numbers, lock, answers, troubles = count(), threading.Lock(), list[tuple[float, int]](), list[BaseException]()

    def work() -> None:
        connection = Connection(server.port)
        mine = []
        try:
            while goes_on(number := next(numbers)):
                mine.append(_checked(connection, asks(number)))
        except BaseException as trouble:  # noqa: BLE001 (told below, in the thread that asked)
            troubles.append(trouble)
        with lock:
            answers.extend(mine)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]
    return answers


def _checked(connection: Connection, ask: Ask) -> tuple[float, int]:
    took, status, body = connection.send(ask)
    if status >= 400:
        raise RuntimeError(f"{ask.path} was answered with {status}")
    return took, len(body)


def rotating(cookies: Sequence[str], paths: Sequence[str]) -> Callable[[int], Ask]:
    """Another person and another page each time; the two lengths share no factor, so that pairs do not come back soon."""
    return lambda number: Ask(cookies[number % len(cookies)], paths[number % len(paths)])
