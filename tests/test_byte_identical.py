"""Closed content moves no outsider's answer: search, completion, who and similar are the same to the byte before and after it.

A whole organisation by fixed seeds; then the same words are written where the outsider may not read. Scores, order, reasons,
facets and counts are compared, and the pages themselves.
"""

import random
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from traff.community.groups.models import Group
from traff.community.people.models import Profile
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.search.completion import complete
from traff.ground.search.facets import Filters
from traff.ground.search.searching import search
from traff.heart.matching.similar import similar
from traff.heart.matching.who import who
from traff.sharing.content.models import Draft, Post, Reply

pytestmark = pytest.mark.django_db
COMMON = [
    "pump", "ventil", "korrosion", "lager", "vibration", "mätning", "isen", "kajen", "motor", "service", "kund", "projekt",
    "offert", "ritning", "kylning", "värmeväxlare",
]  # fmt: skip
RARE = ["zirkonium", "kvastskaft", "järnsparv", "pumpvibration", "kylvattenkorrosion", "motorlager"]
ASKED = (
    "pump", "vibration lager", '"korrosion motor"', "pu", "zirkonium", "motorlager kylning", "stål", "Bjorn Stal", "järnsp",
    "offert ritn",
)  # fmt: skip
FILTERS = (Filters(), Filters(kind="question"), Filters(when="week"), Filters(language="sv"))


class House:
    """Writes open and closed things out of the same words."""

    circle: Group

    def __init__(self, seed: int, people: list[Person]) -> None:
        self.dice, self.people = random.Random(seed), people  # noqa: S311 (dice)

    def words(self, most: int, *, rare: bool) -> str:
        chosen = COMMON + RARE * (3 if rare else 0)
        return " ".join(self.dice.choice(chosen) for _ in range(self.dice.randint(3, most)))

    def write(self, count: int, *, group: Group | None = None, rare: bool = False) -> None:
        for _number in range(count):
            kind = self.dice.choice(("update", "question", "article"))
            title = "" if kind == "update" else self.words(6, rare=rare)
            by = self.dice.choice(self.people)
            text = f"<p>{self.words(25, rare=rare)}. {self.words(9, rare=rare)}</p>"
            post = Post.publish(by=by, kind=kind, title=title, body=text, group=group)
            for _ in range(self.dice.randint(0, 2)):
                Reply.write(by=self.dice.choice(self.people), post=post, body=f"<p>{self.words(20, rare=rare)}</p>")


@pytest.fixture(params=[1, 2])
def firm(request: Any, bjorn: Person, cecilia: Person) -> House:
    made = House(request.param, [bjorn, cecilia])
    for person in (bjorn, cecilia):
        Profile.of(person)
    made.write(25)
    made.circle = Group.start(by=cecilia, name="Kvällsrodd", purpose="För den som ror", is_open=False)  # everybody may know of it
    made.circle.audience.add(bjorn)
    return made


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Freshness goes by the clock, not by what is closed."""
    then = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("traff.ground.search.searching.timezone.now", lambda: then)


def close(firm: House) -> None:
    """Everything that an outsider may not read: a circle, its topics, a draft, a field for one's own unit."""
    bjorn, group = firm.people[0], firm.circle
    firm.write(15, group=group, rare=True)
    Post.publish(by=bjorn, kind="question", title="zirkonium?", body="<p>#hemligpump korrosion motor</p>", group=group)
    Draft.objects.create(author=bjorn, fields={"title": "zirkonium", "body": "<p>järnsparv pump</p>"})
    Profile.objects.filter(person=bjorn).update(about="zirkonium pump", about_level="unit")
    Profile.of(bjorn).tell(topics=[])


def told(person: Person) -> str:
    """All that is said to one asker, to the last digit, in the asker's language: units and places are named in it."""
    with translation.override(person.language or "en"):
        return "\n".join(repr(piece) for text in ASKED for piece in _told(person, text))


BEFORE = timezone.now() + timedelta(days=1)  # evidence fades by the second: the same moment for both answers


def _told(person: Person, text: str) -> Iterator[Any]:
    for filters in FILTERS:
        found = search(person, text, filters=filters)
        yield [
            (hit.entry.pk, hit.message.pk, hit.score, hit.title, hit.sentence, hit.weights)
            for hit in [*found.people, *found.hits]
        ]
        yield found.facets, found.total, found.is_more, found.pages, found.is_guess, found.question
    typed = complete(person, text)
    yield [(hit.entry.pk, hit.score, hit.sentence) for hit in [*typed.people, *typed.hits]], [c.label for c in typed.topics]
    yield [(k.person.pk, k.score, k.reasons, [e.sentence for e in k.evidence]) for k in who(person, text, before=BEFORE)]
    yield [(r.entry.pk, r.score, r.reasons, r.evidence.sentence) for r in similar(person, text, before=BEFORE)]


def pages(person: Person) -> list[str]:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    answers = (client.get(path, {"q": text}).content.decode() for text in ASKED for path in ("/search/", "/search/complete/"))
    return [re.sub(r"nonce=\S+|csrf\S+ ?value=\S+|X-CSRFToken\S+ \S+", "", answer) for answer in answers]


def test_what_is_closed_moves_no_answer_of_an_outsider(firm: House, astrid: Person, gosta: Person) -> None:
    before = {person.handle: (told(person), pages(person)) for person in (astrid, gosta)}
    assert "hits" in before["astrid"][1][0]
    close(firm)
    for person in (astrid, gosta):
        said, shown = before[person.handle]
        assert told(person) == said
        assert pages(person) == shown
    assert "zirkonium" in told(firm.people[0]), "its own do meet the word"


def test_the_test_would_notice(firm: House, astrid: Person) -> None:
    """The same words written openly do move the answers."""
    before = told(astrid)
    firm.write(3, rare=True)
    Topic.objects.named("hemligpump")
    assert told(astrid) != before
