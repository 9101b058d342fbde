"""WCAG 2.2, 1.4.3 and 1.4.11: text 4.5:1, large text and edges of controls 3:1, in both themes."""

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "static/core/tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS.read_text())}

GROUNDS = ("bjork", "papper", "papper-deep")
TEXT = [
    *product(("ink", "dimma", "blabar", "gran", "lingon"), GROUNDS),
    ("on-blabar", "blabar"),
    ("on-blabar", "blabar-deep"),
    *product(("ink", "blabar"), ("blabar-wash",)),
    *product(("ink", "dimma", "hjortron-ink", "gran", "blabar"), ("hjortron-wash",)),
    ("ink", "hjortron-line"),
    *product(("ink", "dimma", "gran", "blabar"), ("gran-wash",)),
    *product(("ink", "lingon"), ("lingon-wash",)),
    *((f"hue-{n}-ink", f"hue-{n}") for n in range(1, 13)),
]
EDGES = [*product(("edge", "blabar", "lingon"), ("bjork", "papper")), ("edge", "hjortron-wash"), ("gran", "line")]


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0–1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Between 1 and 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(text: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[text][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_can_be_seen(edge: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[edge][theme], COLOURS[ground][theme]) >= 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_what_is_marked_new_can_be_read(theme: int) -> None:
    assert contrast("#1b1f33", COLOURS["hjortron"][theme]) >= 4.5
