"""A newcomer's first steps: real deeds, each one click away, each ticking itself when it is done.

Every room puts in its own from `AppConfig.ready()`, so this one knows none of those above it. Nothing is kept of the steps:
whether one is done is seen from what was done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from traff.community.people.models import Profile
from traff.ground.accounts.models import Person
from traff.ground.core.prepared import first, prepared


@dataclass(frozen=True)
class Step:
    word: Any  # what to do, lazily translated; likewise `why`
    why: Any
    url_name: str
    is_done: Callable[[Person], bool]


_steps: list[tuple[int, Step]] = []


def put_in(step: Step, *, weight: int) -> None:
    """Lighter ones come first."""
    if all(step != standing for _, standing in _steps):
        _steps.append((weight, step))
        _steps.sort(key=lambda pair: pair[0])


def steps_for(person: Person) -> list[dict[str, Any]]:
    """The values of `core/parts/steps.html`; one cheap question a step."""
    return [
        {"word": step.word, "why": step.why, "url": reverse(step.url_name), "is_done": step.is_done(person)} for _, step in _steps
    ]


def has_said_what_they_know(person: Person) -> bool:
    return first(_said(person)) is not None


@prepared
def _said(person: Person) -> QuerySet[Profile]:
    return Profile.objects.filter(person=person).exclude(about="", topics=None)[:1]
