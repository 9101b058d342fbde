"""What two people share, as far as the reader may know: topics both know; groups are added from the room above."""

from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person


def topics_of(person: Person, reader: Person) -> list[Topic]:
    """The topics a profile lists, those the reader may meet."""
    return list(Topic.objects.visible_to(reader).shown().filter(profiles__person=person).by_name())


def topics_in_common(shown: list[Topic], reader: Person) -> list[Topic]:
    """Of these the reader's own; never sensitive ones."""
    mine = set(Topic.objects.filter(profiles__person=reader, is_sensitive=False).values_list("pk", flat=True))
    return [topic for topic in shown if topic.pk in mine]
