"""What a person's page of interests shows: each in words, why it is there, and what one said of it."""

from dataclasses import dataclass
from zlib import crc32

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from traff.ground.accounts.models import Person
from traff.ground.search.models import Entry
from traff.heart.matching.bundles import Bundle
from traff.heart.matching.exposure import Exposure
from traff.heart.matching.interest import Lean, Said
from traff.heart.matching.interests import written_interests
from traff.heart.matching.reasons import spoken
from traff.sharing.content.cards import Link
from traff.sharing.content.models import Post, Reply

SHOWN = 20  # of what was shown
TITLE = 60  # characters


@dataclass(frozen=True)
class Line:
    """One interest. `key` finds it again when a button is pressed."""

    key: int
    words: list[str]
    why: list[Link]
    lean: str
    is_named: bool

    @property
    def title(self) -> str:
        """Words that say what it is about; where none do, one's own writing says it better than words drawn from it."""
        quoted = not self.is_named and self.why
        return _("“%(title)s”") % {"title": Truncator(self.why[0].name).chars(TITLE)} if quoted else ", ".join(self.words)


@dataclass(frozen=True)
class Shown:
    """One thing that was shown: the post, whose, when, in which place and why it stood there."""

    link: Link
    name: str
    exposure: Exposure


def key_of(bundle: Bundle) -> int:
    return crc32("|".join(bundle.words).encode())


def lines_of(person: Person) -> list[Line]:
    """One's interests, each matter by itself; those without a word that may be said are not asked to be judged."""
    matters = [(matter, lean) for bundle, lean in written_interests(person) for matter in bundle.matters]
    return [
        Line(key_of(matter), words, _why(person, matter.entries), lean, matter.is_named)
        for matter, lean in sorted(matters, key=lambda one: -one[0].weight)
        if (words := spoken(matter.words))
    ]


def bundle_called(person: Person, key: int) -> Bundle | None:
    """The interest a button was pressed for; None when it has been made anew since."""
    matters = (matter for bundle, _lean in written_interests(person) for matter in bundle.matters)
    return next((matter for matter in matters if key_of(matter) == key), None)


def resting(person: Person, lines: list[Line]) -> list[Said]:
    """What was said of interests that nothing one has written shows any longer; kept for when one writes of it again."""
    current = {word for line in lines if line.lean != Lean.AS_IS for word in line.words}
    return [row for row in Said.objects.filter(person=person) if not current & set(row.words)]


def shown_to(person: Person) -> list[Shown]:
    """What was shown lately, newest first; what may no longer be read is not named."""
    rows = Exposure.objects.visible_to(person).select_related("entry", "person").order_by("-at", "rank")[:SHOWN]
    return [Shown(Link(row.entry.heading, f"/posts/{row.entry.subject_id}/"), row.person.name, row) for row in rows]


def _why(person: Person, entries: list[Entry]) -> list[Link]:
    """One's own posts and replies that made it."""
    posts = Post.objects.visible_to(person).in_bulk([entry.subject_id for entry in entries if entry.kind == "post"])
    wanted = [entry.subject_id for entry in entries if entry.kind == "reply"]
    replies = Reply.objects.visible_to(person).select_related("post").in_bulk(wanted)
    found = [(posts if entry.kind == "post" else replies).get(entry.subject_id) for entry in entries]
    return [Link(str(thing), thing.get_absolute_url()) for thing in found if thing is not None]
