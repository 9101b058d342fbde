"""Everything of one's own that listens, as the list shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.text import Truncator

from traff.ground.accounts.models import Person
from traff.ground.core.time import EPOCH
from traff.ground.search.models import Entry
from traff.heart.matching.drafts import drafts_that_listen
from traff.heart.matching.listening import Listening, said_in
from traff.heart.matching.models import Suggestion
from traff.heart.matching.reuse import listening
from traff.sharing.content.cards import Link


@dataclass(frozen=True)
class Listens:
    """`what`: words, draft or a kind of post. `heard`: what it found and told."""

    what: str
    text: str
    since: datetime
    url: str = ""
    heard: Link | None = None
    end_url: str = ""
    again_url: str = ""

    @property
    def is_asked(self) -> bool:
        """Asked for in words; the rest listens of itself."""
        return self.what == "words"


def listens_of(person: Person) -> list[Listens]:
    """Words first, then one's own open questions and updates, then drafts; what was stopped last in each."""
    drafts_that_listen(person)  # their rows are made when they are first asked for
    rows = list(Listening.objects.of(person).select_related("draft"))
    found = Suggestion.objects.visible_to(person).filter(listening__in=[row.pk for row in rows]).select_related("entry")
    heard = {row.listening_id: Link(row.entry.heading, f"/posts/{row.entry.subject_id}/") for row in found.order_by("score")}
    words = [_words(row, heard.get(row.pk)) for row in rows if row.words]
    entries = Entry.objects.visible_to(person).in_bulk([row.about_id for row in rows if row.about_id])
    stopped = [_post(entries[row.about_id], row) for row in rows if row.about_id in entries and row.stopped_at]
    drafts = [_draft(row, heard.get(row.pk)) for row in rows if row.draft and not row.draft.is_sent]
    return [*words, *(_post(entry, None) for entry in listening(person)), *stopped, *drafts]


def _words(row: Listening, heard: Link | None) -> Listens:
    again = reverse("listening_again", args=[row.pk]) if heard else ""
    return Listens("words", row.words, row.since, heard=heard, end_url=reverse("listening_end", args=[row.pk]), again_url=again)


def _draft(row: Listening, heard: Link | None) -> Listens:
    title, text = said_in(row)
    url = row.draft.get_absolute_url() if row.draft else ""
    name = title or Truncator(text).chars(80)
    if row.stopped_at:
        return Listens("draft", name, row.since, url, again_url=reverse("listening_again", args=[row.pk]))
    return Listens("draft", name, row.since, url, heard, end_url=reverse("listening_end", args=[row.pk]))


def _post(entry: Entry, row: Listening | None) -> Listens:
    end = "" if row else reverse("listening_post_end", args=[entry.subject_id])
    again = reverse("listening_again", args=[row.pk]) if row else ""
    name, at = Truncator(entry.heading).chars(80), EPOCH + timedelta(seconds=entry.at)
    return Listens(entry.detail, name, at, f"/posts/{entry.subject_id}/", end_url=end, again_url=again)
