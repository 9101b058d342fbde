"""What exists is written down, and what is written down exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from traff.config.apps import APPS

PAGES = [*Path("docs").rglob("*.md"), *Path().glob("*.md"), Path("demo/README.md")]
SOURCE = "\n".join(path.read_text() for path in sorted(Path("src/traff").rglob("*.py")) if "tests" not in path.parts)


def test_every_event_is_documented_and_every_documented_event_is_left() -> None:
    left = set(re.findall(r'record\(\s*actor=[^,]+, verb="([a-z]+\.[a-z_]+)"', SOURCE))
    documented = set(re.findall(r"^\| `([a-z._]+)` \|", Path("docs/events.md").read_text(), re.MULTILINE))
    assert left == documented


def test_every_room_is_on_the_architecture_page() -> None:
    page = Path("docs/architecture.md").read_text()
    assert [name for name in APPS if f"`{name.removeprefix('traff.').replace('.', '/')}`" not in page] == []


def test_every_setting_is_documented() -> None:
    settings = set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", SOURCE)) - {"XDG_DATA_HOME", "DJANGO_SETTINGS_MODULE"}
    readme = Path("README.md").read_text() + Path("CONTRIBUTING.md").read_text()
    assert sorted(name for name in settings if f"`{name}" not in readme) == []


def test_every_command_is_documented() -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("traff.")}
    page = Path("docs/commands.md").read_text()
    assert sorted(name for name in ours if f"`./traff {name.replace('_', '-')}" not in page) == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_files_named_in_the_docs_exist(page: Path) -> None:
    named = re.findall(r"`((?:src|tests|docs|demo|bench)/[\w./-]+\.(?:py|md|html|css|js|toml))`", page.read_text())
    assert [name for name in named if not Path(name).exists()] == []
