"""Topics as the parts of the look show them: named in the language of the page."""

from collections.abc import Iterable
from typing import NamedTuple

from traff.community.topics.models import Topic


class Chip(NamedTuple):
    """The names are those of `core/parts/topic.html`."""

    name: str
    url: str


def chips(topics: Iterable[Topic]) -> list[Chip]:
    return [Chip(str(topic), topic.get_absolute_url()) for topic in topics]
