"""One click to hear no more of it: of a thread, its authors, its group, its topics."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post

TOPICS = 3  # offered a card; all of them on the post's own page


@dataclass(frozen=True)
class Entry:
    """An entry of the card's menu; the names are those of `core/parts/entries.html`."""

    word: str
    url: str
    icon: str = "bell-off"
    posts: bool = True


def ways_to_mute(post: Post, reader: Person) -> Iterator[Entry]:
    """From the narrowest to the widest; of a post loaded `with_people()`. Nobody mutes themselves."""
    yield Entry(_("Mute this thread"), reverse("mute", args=["post", post.pk]))
    for person in post.people():
        if person != reader:
            yield Entry(_("Mute %(name)s") % {"name": person.name}, reverse("mute", args=["person", person.pk]))
    for topic in list(post.topics.all())[:TOPICS]:
        yield Entry(_("Mute #%(name)s") % {"name": topic}, reverse("mute", args=["topic", topic.pk]))
    if post.group:
        yield Entry(_("Mute the group %(name)s") % {"name": post.group.name}, reverse("mute", args=["group", post.group_id]))
