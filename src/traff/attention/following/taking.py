"""What of one's own file following gives; what one may no longer see is not named."""

from collections.abc import Iterator
from typing import Any

from traff.attention.following.models import Follow, Mute, Tone
from traff.attention.following.own import tones_of
from traff.ground.accounts.models import Person


def follows(person: Person) -> Iterator[dict[str, Any]]:
    return _lines(person, Follow)


def mutes(person: Person) -> Iterator[dict[str, Any]]:
    return _lines(person, Mute)


def _lines(person: Person, tone: type[Tone]) -> Iterator[dict[str, Any]]:
    for line in tones_of(person, tone):
        yield {"sort": line.kind, "address": line.url, "name": line.name if line.kind != "post" else ""}
