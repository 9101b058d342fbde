"""Imports and foreign keys point the same way: down. The linter holds the imports; this holds the keys and the list."""

import tomllib
from pathlib import Path

from django.apps import apps

from traff.config.apps import APPS

HEIGHT = {name.rsplit(".", 1)[1]: len(APPS) - place for place, name in enumerate(APPS)}


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in HEIGHT
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and field.related_model._meta.app_label in HEIGHT
        and HEIGHT[field.related_model._meta.app_label] > HEIGHT[model._meta.app_label]
    ]
    assert upward == []


def test_the_list_of_rooms_is_the_linters_order() -> None:
    contracts = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = contracts[0]["layers"]
    rooms = {
        c["containers"][0].rsplit(".", 1)[1]: [r.strip("() ") for line in c["layers"] for r in line.split("|")]
        for c in contracts[1:]
    }
    order = [f"traff.{floor}.{room}" for floor in floors for room in rooms.get(floor, [])]
    assert [name for name in order if name in APPS] == APPS
