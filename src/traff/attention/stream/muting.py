"""One click to hear no more of it: of a thread, its authors, its group, its topics."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from traff.ground.accounts.models import Person
from traff.ground.core.addresses import address_of
from traff.sharing.content.cards import Entry
from traff.sharing.content.models import Post

TOPICS = 3  # offered a card; all of them on the post's own page


def ways_to_mute(post: Post, reader: Person) -> Iterator[Entry]:
    """From the narrowest to the widest; of a post loaded `with_people()`. Nobody mutes themselves."""
    yield _mute(_("Mute this thread"), "post", post.pk)
    for person in post.people():
        if person != reader:
            yield _mute(_("Mute %(name)s") % {"name": person.name}, "person", person.pk)
    for topic in post.labels()[:TOPICS]:
        yield _mute(_("Mute #%(name)s") % {"name": topic}, "topic", topic.pk)
    if post.group:
        yield _mute(_("Mute the group %(name)s") % {"name": post.group.name}, "group", post.group.pk)


def _mute(word: str, sort: str, pk: int) -> Entry:
    return Entry(word, address_of("mute", sort, pk), "bell-off", posts=True)
