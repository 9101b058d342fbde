"""Draw the portraits of the invented people: `python demo/draw.py [ID …]`, or `--sheet FILE` to see them all at once.

Nobody at Nordanvind exists, so no photograph may stand for them: a real face belongs to somebody. Each is drawn here instead,
flat and calm. What LOOKS does not say follows from the id and the title, so that the same person always looks the same. Only
those with a `photo` in `people.jsonl` are drawn; the others show their initials. Needs Pillow, as Träff does.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageOps

sys.path.insert(0, str(Path(__file__).parent))  # also where Python is told not to look beside a program
from looks import (
    BEARDS,
    BOILER,
    CLOTH,
    CUTS,
    DRAWINGS,
    FIELD,
    FIXED,
    FRAME,
    GEAR,
    GROUND,
    HAIR,
    HELMET,
    IN_THE_FIELD,
    LINES,
    LOOKS,
    MEN,
    MIXED,
    OFFICE,
    SKIN,
    WOMEN,
)

FOLDER = Path(__file__).parent / "nordanvind"
SIZE, FINE, ZOOM = 256, 4, 1.09  # drawn four times too large and made smaller: the cheapest way to soft edges
Point = tuple[float, float]
Colour = tuple[int, int, int]


def table(text: str) -> dict[str, str]:
    """Name and rest of each entry; an indented line goes on where the last one ended."""
    entries = re.split(r" \| |\n", text.strip().replace("\n  ", " "))
    return dict(entry.split(" = ") for entry in entries)


def colours(text: str) -> dict[str, Colour]:
    named = (name.split() for name in text.split(","))
    return {name: (int(hexed[1:3], 16), int(hexed[3:5], 16), int(hexed[5:], 16)) for name, hexed in named}


def mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return (red, green, blue)


def apart(one: Colour, other: Colour) -> int:
    """How well they are told apart, which lightness does most for."""
    return sum(weight * abs(a - b) for weight, a, b in zip((4, 5, 2), one, other, strict=True))


def points(text: str) -> list[Point]:
    return [(float(x), float(y)) for x, y in (point.split(",") for point in text.split())]


def whole(half: list[Point]) -> list[Point]:
    return half + [(-x, y) for x, y in reversed(half) if x]


def smooth(path: list[Point], closed: bool) -> list[Point]:
    """A soft line through all the points (Catmull and Rom's)."""
    ends = [path[-1], *path, *path[:2]] if closed else [path[0], *path, path[-1]]
    line = []
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for t in (step / 12 for step in range(12)):
            a, b, c, d = 2 * t * t - t - t**3, 3 * t**3 - 5 * t * t + 2, t + 4 * t * t - 3 * t**3, t**3 - t * t
            line.append([(a * p + b * q + c * r + d * s) / 2 for p, q, r, s in zip(before, start, end, after, strict=True)])
    return [(x, y) for x, y in line] + ([] if closed else path[-1:])


KNOWN, CUT, LINE, DRAWN = table(LOOKS), table(CUTS), table(LINES), table(DRAWINGS)


class Sheet:
    """Paper and the verbs of the drawings. What is drawn while `tilt` is set leans with the head."""

    def __init__(self, paints: dict[str, Colour], tilt: float = 0) -> None:
        self.paints, self.tilt, self.turn, self.spread = paints, tilt, 0.0, 1.0
        self.image = Image.new("RGB", (SIZE * FINE, SIZE * FINE), paints["ground"])

    def draw(self, drawing: str) -> None:
        for step in DRAWN[drawing].split("; ") if drawing in DRAWN else ():
            verb, paint, where = step.split(" ", 2)
            kind, width = re.split(r"[:*~]", verb)[0], float(verb.partition(":")[2] or 0)
            parts = [points(part) for part in where.split(" / ")]
            if "~" in verb:
                parts = [whole(parts[0])]
            for side in (1, -1) if "*" in verb else (1,):
                # Only the first point of what is round is a place, the others are measures.
                last = 1 if kind in ("oval", "ring", "cloud") else 99
                moved = ([(x * side * self.spread + self.turn, y) for x, y in part[:last]] + part[last:] for part in parts)
                getattr(self, kind)(self.paints[paint], width, *moved)

    def at(self, path: list[Point]) -> list[Point]:
        sin, cos = math.sin(self.tilt), math.cos(self.tilt)
        leant = [(x * cos - (y - 60) * sin, x * sin + (y - 60) * cos + 60) for x, y in path]
        return [((x * ZOOM + 128) * FINE, (y * ZOOM + 122) * FINE) for x, y in leant]

    def flat(self, paint: Colour, _width: float, path: list[Point]) -> None:
        ImageDraw.Draw(self.image).polygon(self.at(path), fill=paint)

    def shape(self, paint: Colour, _width: float, *parts: list[Point]) -> None:
        self.flat(paint, 0, [point for part in parts for point in smooth(part, closed=len(parts) == 1)])

    def round(self, place: Point, size: Point, start: float = 0, extent: float = 2, steps: int = 48) -> list[Point]:
        turns = [math.pi * (start + extent * step / steps) for step in range(steps + 1)]
        return [(place[0] + size[0] * math.cos(turn), place[1] + size[1] * math.sin(turn)) for turn in turns]

    def oval(self, paint: Colour, _width: float, path: list[Point]) -> None:
        self.flat(paint, 0, self.round(path[0], path[1]))

    def ring(self, paint: Colour, width: float, path: list[Point]) -> None:
        self.line(paint, width, self.round(path[0], path[1]))

    def cloud(self, paint: Colour, _width: float, path: list[Point]) -> None:
        """Locks on an arc: its middle and size, their size and number, where it starts and how far it goes."""
        place, size, (lock, count), (start, extent) = path
        for middle in self.round(place, size, start, extent, int(count)):
            self.flat(paint, 0, self.round(middle, (lock, lock)))

    def line(self, paint: Colour, width: float, path: list[Point]) -> None:
        """A pen with a round nib, set down so close that no gap shows; Pillow's own wide lines have frayed bends."""
        pen, wide = ImageDraw.Draw(self.image), width * ZOOM * FINE
        line = self.at(smooth(path, closed=False))
        for (x, y), (to_x, to_y) in pairwise(line):
            steps = 1 + int(math.dist((x, y), (to_x, to_y)) / 2)
            for step in range(steps + 1):
                pen.circle((x + (to_x - x) * step / steps, y + (to_y - y) * step / steps), wide / 2, fill=paint)

    @contextmanager
    def within(self, outline: list[Point]) -> Iterator[None]:
        """What is drawn meanwhile stays inside the outline."""
        before, mask = self.image.copy(), Sheet({"ground": (0, 0, 0)}, self.tilt)
        mask.flat((255, 255, 255), 0, outline)
        yield
        self.image = Image.composite(self.image, before, mask.image.convert("L"))


class Portrait(Sheet):
    """Each trait comes from the id by itself, so that a new trait changes no other."""

    def __init__(self, person: dict[str, Any]) -> None:
        self.id = person["id"]
        sex, *words = KNOWN.get(self.id, self.pick("sex", "wm")).split()
        self.sex, self.age, self.words = sex[0], int(sex[1:] or self.pick("age", range(24, 64))), set(words)
        self.cut = self.one("cut", [*CUT, "bald", "receding", "hijab"], WOMEN if self.sex == "w" else MEN)
        self.beard = self.one("beard", BEARDS) if self.sex == "m" else ""
        self.wears = self.one("wears", [*OFFICE, *FIELD, "chef"], FIELD if IN_THE_FIELD.search(person["title"]) else OFFICE)
        self.over = [self.cut, self.beard, self.wears, *(thing for thing in GEAR if thing in self.words)]
        super().__init__(self.mixed())
        jaw, chin = self.pick("jaw", [-3, -1, 1, 3]) + 3 * (self.sex == "m"), self.pick("chin", [-2, 0, 2, 4])
        half = [(0, -62), (29, -55), (44, -24), (45, 6), (37 + jaw, 36 + chin), (19 + jaw, 56 + chin), (0, 62 + chin)]
        self.skull = smooth(whole(half), closed=True)
        lean = self.pick("lean", [-0.05, -0.03, 0, 0.03, 0.05])
        self.draw(self.pick("behind", ["nothing", "sun", "slope", "slope"]))
        self.tilt = lean
        self.draw(f"{self.cut} behind")
        self.tilt = 0
        self.body()
        self.tilt = lean
        self.face()
        self.hair()
        for thing in self.over:
            self.draw(f"{thing} before")

    def mixed(self) -> dict[str, Colour]:
        old, young = ["grey", "silver", "white"], ["blond", "wheat", "ash", "brown", "dark", "ginger"]
        usual = {"skin": ["fair", "rosy", "fair", "golden"], "hair": old if self.age > 58 else young}
        paints = colours(FIXED)
        for name, choice in (
            ("skin", SKIN),
            ("hair", HAIR),
            ("cloth", BOILER if self.wears == "boiler" else CLOTH),
            ("hard", HELMET),
        ):
            paints[name] = colours(choice)[self.one(name, list(colours(choice)), usual.get(name))]
        if self.wears == "chef":
            paints["cloth"] = paints["white"]
        # What lies beside something, or behind it, must be seen to differ from it.
        ahead = ["skin", "amber" if self.wears == "hivis" else "cloth", *(["hair"] if self.cut in CUT else [])]
        for name, choice, beside in (("second", CLOTH, ["cloth"]), ("frame", FRAME, ["skin"]), ("ground", GROUND, ahead)):
            near_to_far = sorted(colours(choice).values(), key=lambda c: min(apart(c, paints[other]) for other in beside))
            paints[name] = self.pick(name, near_to_far[len(near_to_far) // 2 :])
        for name, one, other, share in (entry.split() for entry in MIXED.split(",")):
            paints[name] = mix(paints[one], paints[other], float(share))
        return paints

    def pick(self, trait: str, options: Any) -> Any:
        return options[int(hashlib.sha256(f"{self.id} {trait}".encode()).hexdigest(), 16) % len(options)]

    def one(self, trait: str, words: list[str], otherwise: list[str] | None = None) -> str:
        return next((word for word in words if word in self.words), None) or str(self.pick(trait, otherwise or words))

    def body(self) -> None:
        self.spread = 1 if self.sex == "w" else 1.1
        self.draw("torso")
        for thing in self.over:
            self.draw(f"{thing} under")
        self.draw("neck")
        with self.within([(-25, 30), (25, 30), (25, 84), (0, 99), (-25, 84)]):
            self.flat(self.paints["shade"], 0, [(x, y + 12) for x, y in self.skull])
        self.spread = 1
        for thing in self.over if self.cut != "hijab" else ():
            self.draw(thing)

    def face(self) -> None:
        if self.cut != "hijab":
            self.draw("ears")
        self.flat(self.paints["skin"], 0, self.skull)
        self.turn, self.spread = self.pick("turn", [1, 2, 3]), self.pick("spread", [0.94, 1, 1.07])
        with self.within(self.skull):
            self.draw("cheeks")
            self.draw(f"{self.beard} face")
        self.draw(f"{self.beard} beard")
        lines = ["lashes"] * (self.sex == "w") + ["older"] * (self.age > 45) + ["old"] * (self.age > 56)
        nose, brows = self.pick("nose", ["small", "long", "broad"]), self.pick("brows", ["soft", "high", "level"])
        mouth = self.pick("mouth", ["smile", "smile", "grin", "grin", "calm", "wry"])
        for part in ("eyes", *lines, f"{brows} {self.sex}", nose, mouth):
            self.draw(part)
        self.draw(self.one("glasses", ["round", "square", "bare"], ["bare", "round", "bare", "bare", "square", "bare"]))
        self.turn, self.spread = 0, 1

    def hair(self) -> None:
        if self.cut not in CUT:
            return
        name, high, wide = CUT[self.cut].split()
        line, up, edge = points(LINE[name]), float(high), 45 + float(wide)
        over = [(-edge * 0.46, -62 - up * 0.8), (-edge * 0.86, -48 - up * 0.3), (-edge - 2, -22), (1 - edge, line[0][1])]
        self.shape(self.paints["hair"], 0, [*reversed(over), (0, -65 - up), *((-x, y) for x, y in over)], line)
        if f"{self.cut} before" not in DRAWN and self.cut not in ("buzz", "locs", "fringe"):
            self.line(self.paints["shine"], 3, [(-38, -36), (-30, -52), (-15, -60 - up * 0.4)])


def portrait(person: dict[str, Any]) -> Image.Image:
    drawn = Portrait(person)
    small = drawn.image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    return ImageOps.mirror(small) if drawn.pick("mirrored", [True, False]) else small


def contact_sheet(people: list[dict[str, Any]]) -> Image.Image:
    """All of them as they are met on the pages, in circles large and small, on light paper and dark."""
    paper = Image.new("RGB", (1400, -(-len(people) // 10) * 110), "#f6f3ec")
    paper.paste("#101714", (0, paper.height // 220 * 110, *paper.size))
    for place, person in enumerate(people):
        drawn, x, y = portrait(person), place % 10 * 140, place // 10 * 110
        for size, corner in ((96, (x + 4, y + 8)), (32, (x + 104, y + 72))):
            circle = Image.new("L", (size * 4, size * 4))
            ImageDraw.Draw(circle).ellipse((0, 0, size * 4, size * 4), fill=255)
            paper.paste(drawn.resize((size, size), Image.Resampling.LANCZOS), corner, circle.resize((size, size)))
    return paper


def main(words: list[str]) -> None:
    people = [json.loads(line) for line in (FOLDER / "people.jsonl").read_text("utf-8").splitlines()]
    pictured = [person for person in people if person.get("photo")]
    if words[:1] == ["--sheet"]:
        contact_sheet(pictured).save(words[1])
        return
    for person in pictured:
        if not words or person["id"] in words:
            portrait(person).save(FOLDER / person["photo"], quality=90, method=6)


if __name__ == "__main__":
    main(sys.argv[1:])
