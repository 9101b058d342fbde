"""Topics while one types: those of the vocabulary this reader meets, never the sensitive ones."""

from collections.abc import Sequence
from typing import Any

from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.search.models import Concept


def present(concepts: Sequence[Concept], reader: Person) -> dict[int, dict[str, Any]]:
    found = Topic.objects.visible_to(reader).shown().filter(pk__in=[concept.subject_id for concept in concepts])
    return {
        topic.pk: {"kind": "topic", "url": topic.get_absolute_url(), "title": str(topic), "other": topic.other_name}
        for topic in found.filter(is_sensitive=False)
    }
