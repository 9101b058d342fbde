"""Small pictures drawn on the server: points and widths for SVG, nothing more."""

from collections.abc import Sequence

WIDTH, HEIGHT = 120, 32


def sparkline(values: Sequence[float]) -> str:
    """The points of a polyline in a box of 120 × 32, lowest value at the bottom."""
    if len(values) < 2:
        return f"0,{HEIGHT / 2:g} {WIDTH},{HEIGHT / 2:g}"
    low, span = min(values), (max(values) - min(values)) or 1
    step = (WIDTH - 4) / (len(values) - 1)
    return " ".join(
        f"{2 + n * step:.1f},{HEIGHT - 3 - (value - low) / span * (HEIGHT - 6):.1f}" for n, value in enumerate(values)
    )


def share(value: float, largest: float) -> str:
    """How much of the largest, as a percentage for an SVG width; at least a hair, so that one sees it is there."""
    return f"{max(1.0, 100 * value / largest):.1f}%" if largest > 0 and value > 0 else "0%"
