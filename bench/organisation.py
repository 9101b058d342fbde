"""A made-up organisation of any size as the importer's neutral rows: the same seed gives the same rows.

Ten posts a person. Skewed as real ones are: few write much and many little, few groups are large, few words are common,
answers gather where there are answers. One group for ten people; in the largest, 10,000 open ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from bench.words import Tongue
from traff.doors.registers.rows import (
    AcceptedRow,
    FollowRow,
    GroupRow,
    MembershipRow,
    PersonRow,
    PlaceRow,
    PostRow,
    ReactionRow,
    ReplyRow,
    Row,
    TopicRow,
    UnitRow,
    Where,
)

SEED = 20_261_123
POSTS, JOINED, FOLLOWED = 10, 5, 3  # a person
REPLIES, THANKS = 0.5, 0.5  # a post
TOPICS, PLACES = 300, 40
CLOSED = 0.05  # of the groups
TO_EVERYONE = 0.4  # of the posts
PERIOD = timedelta(days=3 * 365)
KINDS = (("update", 0.6, 18), ("question", 0.2, 30), ("case", 0.08, 60), ("article", 0.12, 90))  # share, words
NOWHERE = Where("bench", 0)


@dataclass
class Organisation:
    people: int
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(SEED)
        self.tongues = [Tongue.of("sv", self.rng), Tongue.of("en", self.rng)]
        self.groups, self.units = max(10, self.people // 10), max(12, self.people // 40)
        self.activity, self.size = _zipf(self.people, self.rng, 0.8), _zipf(self.groups, self.rng, 0.9)
        self.member_of: list[list[int]] = [[] for _ in range(self.people)]
        self.asked: dict[int, int] = {}  # question → its first answer

    def rows(self) -> Iterator[Row]:
        """What is named comes before what names it."""
        yield from self._ground()
        yield from self._people()
        yield from self._groups()
        yield from self._posts()
        yield from self._replies()
        yield from self._ties()

    def _ground(self) -> Iterator[Row]:
        for n in range(TOPICS):
            words = [tongue.words[1_000 + n * 60] for tongue in self.tongues]
            yield TopicRow(where=NOWHERE, id=f"topic-{n}", en=words[1], sv=words[0])
        for n in range(self.units):
            parent = f"u{(n - 1) // 6}" if n else ""
            yield UnitRow(where=NOWHERE, id=f"u{n}", name=f"Unit {self._name(n)} {n}", parent=parent)
        for n in range(PLACES):
            yield PlaceRow(where=NOWHERE, id=f"p{n}", name=self._name(n + 50), country="SE", timezone="Europe/Stockholm")

    def _name(self, n: int) -> str:
        return self.tongues[n % 2].words[2_000 + n % 9_000].capitalize()

    def _people(self) -> Iterator[Row]:
        units, places = self._drawn(_zipf(self.units, self.rng, 0.3), self.people), self._drawn(None, self.people, PLACES)
        for n in range(self.people):
            known = {f"topic-{topic}" for topic in self.rng.integers(0, TOPICS, int(self.rng.integers(0, 6)))}
            yield PersonRow(
                where=NOWHERE, id=f"person-{n}", name=f"{self._name(n)} {self._name(n // 7 + 3_000)}", email=f"p{n}@bench.test",
                title=self._name(n % 90 + 400), unit=f"u{units[n]}", place=f"p{places[n]}", topics=tuple(sorted(known)),
                languages=("sv", "en"), joined=self.now - PERIOD,
            )  # fmt: skip

    def _groups(self) -> Iterator[Row]:
        for n in range(self.groups):
            purpose = self.tongues[n % 2].text(16, n % TOPICS, self.rng)
            yield GroupRow(
                where=NOWHERE, id=f"g{n}", name=f"{self._name(n + 1_000)} {n}", purpose=purpose, is_open=n % 20 != 19,
                stewards=(f"person-{n % self.people}",), created=self.now - PERIOD,
            )  # fmt: skip
        groups = self._drawn(self.size, self.people * JOINED)
        for n, group in enumerate(groups):
            person = n // JOINED
            if group not in self.member_of[person]:
                self.member_of[person].append(group)
                yield MembershipRow(
                    where=NOWHERE, id=f"g{group}/{person}", group=f"g{group}", person=f"person-{person}", since=self._day()
                )

    def _posts(self) -> Iterator[Row]:
        count = self.people * POSTS
        authors, shares = self._drawn(self.activity, count), [share for _, share, _ in KINDS]
        kinds, circles = self.rng.choice(len(KINDS), count, p=shares).tolist(), self.rng.random(count).tolist()
        for n, (author, which, circle) in enumerate(zip(authors, kinds, circles, strict=True)):
            kind, _, words = KINDS[which]
            mine, topic = self.member_of[author], int(self.rng.zipf(1.4)) % TOPICS
            tongue = self.tongues[int(circle * 100) % 2]
            length = max(5, int(self.rng.gamma(2, words / 2)))
            body = tongue.text(length, topic, self.rng)
            yield PostRow(
                where=NOWHERE, id=str(n), post_kind=kind, authors=(f"person-{author}",), markup="plain", language=tongue.language,
                published=self._at(n / count), body="" if kind == "case" else body,
                title="" if kind == "update" else tongue.title(topic, self.rng),
                group="" if circle < TO_EVERYONE or not mine else f"g{mine[n % len(mine)]}",
                topics=(f"topic-{topic}",) if n % 3 == 0 else (),
                case=(("situation", body), ("reuse", tongue.text(20, topic, self.rng))) if kind == "case" else (),
            )  # fmt: skip

    def _replies(self) -> Iterator[Row]:
        posts, count = self.people * POSTS, int(self.people * POSTS * REPLIES)
        authors = self._drawn(self.activity, count)
        answered = np.sort((posts * self.rng.power(1.5, count)).astype(int)).tolist()
        for n, (author, post) in enumerate(zip(authors, answered, strict=True)):
            text = self.tongues[n % 2].text(max(4, int(self.rng.gamma(2, 9))), post % TOPICS, self.rng)
            self.asked.setdefault(post, n)
            yield ReplyRow(
                where=NOWHERE, id=str(n), post=str(post), author=f"person-{author}", body=text, markup="plain",
                published=min(self._at(post / posts) + timedelta(hours=1 + n % 50), self.now),
            )  # fmt: skip

    def _ties(self) -> Iterator[Row]:
        posts = self.people * POSTS
        for post, reply in list(self.asked.items())[::4]:
            yield AcceptedRow(where=NOWHERE, id=str(post), post=str(post), reply=str(reply))
        thanked, by = self._drawn(None, int(posts * THANKS), posts), self._drawn(self.activity, int(posts * THANKS))
        for person, post in sorted(set(zip(by, thanked, strict=True)), key=lambda pair: pair[1]):
            yield ReactionRow(where=NOWHERE, id=f"{person}/{post}", person=f"person-{person}", post=str(post))
        followed = self._drawn(self.activity, self.people * FOLLOWED)
        for n, (person, other) in enumerate(sorted({(n // FOLLOWED, other) for n, other in enumerate(followed)})):
            kind, target = (
                ("person", f"person-{other}"),
                ("group", f"g{other % self.groups}"),
                ("topic", f"topic-{other % TOPICS}"),
            )[n % 3]
            if target != f"person-{person}":
                yield FollowRow(
                    where=NOWHERE, id=f"{person}/{target}", person=f"person-{person}", target_kind=kind, target=target
                )

    def _drawn(self, weights: "np.ndarray | None", count: int, below: int = 0) -> list[int]:
        if weights is None:
            return self.rng.integers(0, below, count).tolist()
        return np.minimum(np.searchsorted(weights, self.rng.random(count)), len(weights) - 1).tolist()

    def _day(self) -> datetime:
        return self.now - PERIOD * float(self.rng.random())

    def _at(self, share: float) -> datetime:
        return self.now - PERIOD * (1 - share)


def _zipf(count: int, rng: np.random.Generator, exponent: float) -> "np.ndarray":
    """Cumulated weights of so many, in no order of size."""
    weights = rng.permutation(1 / np.arange(1, count + 1) ** exponent)
    return np.cumsum(weights / weights.sum())
