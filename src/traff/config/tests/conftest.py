"""A server of our own for the tests of the manager itself; not the one that the other tests use."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from traff.config.postgres import Cluster


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """Outside pytest's own folders: as root the server's account must be able to reach it."""
    with tempfile.TemporaryDirectory(prefix="traff å ") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "state"


@pytest.fixture
def home() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    """One that runs throughout, for tests that only ask."""
    with reachable_folder() as folder:
        cluster = Cluster(folder, throwaway=True)
        with cluster.in_use():
            yield cluster
        cluster.remove()


@pytest.fixture
def cluster(home: Path) -> Iterator[Cluster]:
    made = Cluster(home, throwaway=True)
    yield made
    made.remove()
