"""Rules of the house that a linter does not know."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from traff.ground.access.guard import Guarded

SOURCE = Path("src/traff")
FILES = [path for path in sorted(SOURCE.rglob("*.py")) if "tests" not in path.parts and "migrations" not in path.parts]
SCOPES = {"visible_to", "unrestricted", "create", "bulk_create"}
ONLY_WAYS_OUT = {
    "src/traff/ground/core/fetch.py": "the one way out",
    "src/traff/config/serve.py": "asks this site itself whether it has come up",
}
MAY_MARK_SAFE = {
    "src/traff/ground/core/markup.py": "what was cleaned at the door",
    "src/traff/ground/search/marking.py": "marks words in text it has escaped",
    "src/traff/ground/core/icons.py": "drawn by the icon library",
    "src/traff/ground/core/specimens.py": "the design page's own samples",
    "src/traff/ground/core/slots.py": "slots return templates' output",
    "src/traff/ground/core/templatetags/parts.py": "parts return templates' output",
    "src/traff/ground/core/pages.py": "pages return templates' output",
    "src/traff/ground/core/values.py": "what Django's own template filters promise",
}


def guarded_names() -> set[str]:
    return {model.__name__ for model in apps.get_models() if issubclass(model, Guarded)}


def chains(tree: ast.AST) -> Iterator[tuple[int, str, list[str]]]:
    """(line, model, words) of every `Model.objects.word().word()…`, each whole chain once."""
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call | ast.Attribute) and id(node) not in inner:
            words, at = [], node
            while isinstance(at, ast.Call | ast.Attribute):
                inner.add(id(at))
                if isinstance(at, ast.Attribute):
                    words.append(at.attr)
                    at = at.value
                else:
                    at = at.func
            if isinstance(at, ast.Name) and words and words[-1] == "objects":
                yield node.lineno, at.id, words[:-1]


def unscoped(source: str, names: set[str]) -> list[int]:
    return [line for line, model, words in chains(ast.parse(source)) if model in names and words and not SCOPES & set(words)]


def test_the_rule_finds_a_planted_leak() -> None:
    planted = "def view(request):\n    return Post.objects.filter(group=1).count()\n"
    assert unscoped(planted, {"Post"}) == [2]
    assert unscoped("Post.objects.visible_to(me).filter(group=1)", {"Post"}) == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_guarded_models_are_read_through_the_rule(path: Path) -> None:
    assert unscoped(path.read_text(), guarded_names()) == []


def test_the_network_has_one_way_out() -> None:
    others = {"requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client"}
    found = [
        f"{path}:{node.lineno}"
        for path in FILES
        if str(path) not in ONLY_WAYS_OUT
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and ({alias.name for alias in node.names} | {getattr(node, "module", None)}) & others
    ]
    assert found == []


def test_safe_html_is_declared_in_few_places() -> None:
    found = {str(path) for path in FILES if "mark_safe(" in path.read_text() or "SafeString(" in path.read_text()}
    assert found - set(MAY_MARK_SAFE) == set()


def test_templates_neither_switch_escaping_off_nor_carry_style_or_script() -> None:
    bad = [
        f"{path}: {word}"
        for path in SOURCE.rglob("*.html")
        for word in ("|safe", "autoescape off", " style=", "onclick=", "javascript:")
        if word in path.read_text() and not (word == " style=" and path.parent.name == "mail")  # mail programs know nothing else
    ]
    assert bad == []


def test_names_say_what_things_are() -> None:
    vague = {"utils.py", "helpers.py", "services.py", "selectors.py", "managers.py", "common.py", "misc.py"}
    assert [str(path) for path in FILES if path.name in vague] == []


def test_no_file_is_long() -> None:
    long = {str(path): lines for path in FILES if (lines := len(path.read_text().splitlines())) > 400}
    assert long == {}


def test_reading_everything_always_says_why() -> None:
    silent = [
        f"{path}:{node.lineno}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "unrestricted"
        and not (node.args and isinstance(node.args[0], ast.Constant | ast.JoinedStr | ast.Name))
    ]
    assert silent == []
