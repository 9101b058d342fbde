"""Astrid, the newcomer in Kiruna; Björn, the expert who is never asked; Cecilia, outside every closed circle; Gustav, a guest."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from traff.ground.access.models import Audience, AudienceKind
from traff.ground.accounts.models import Person
from traff.ground.search.findable import EntryDraft, index_many
from traff.ground.search.models import Entry

START = datetime(2026, 1, 1, 8, tzinfo=UTC)


@dataclass
class Cast:
    astrid: Person
    bjorn: Person
    cecilia: Person
    gustav: Person
    everyone: Audience
    closed: Audience  # Björn's and Gustav's
    number: int = 0

    @classmethod
    def gather(cls) -> "Cast":
        people = [
            Person.objects.create(handle=name.lower(), name=name, is_guest=name == "Gustav")
            for name in ("Astrid", "Bjorn", "Cecilia", "Gustav")
        ]
        cast = cls(*people, Audience.objects.everyone(), Audience.objects.create(kind=AudienceKind.GROUP, is_open=False))
        cast.closed.add(cast.bjorn)
        cast.closed.add(cast.gustav)
        return cast

    def draft(self, title="", text="", *, by=None, audience=None, thread=None, days=0, **more) -> EntryDraft:
        self.number += 1
        return EntryDraft(
            kind="reply" if thread else "post",
            subject_id=self.number,
            title=title,
            text=text,
            language=more.pop("language", "sv"),
            audience=audience or self.everyone,
            author_ids=[(by or self.bjorn).pk],
            at=START + timedelta(days=days),
            thread=(thread.kind, thread.subject_id) if thread else None,
            **more,
        )

    def write(self, *args, **more) -> EntryDraft:
        draft = self.draft(*args, **more)
        index_many([draft])
        return draft


def entry_of(draft: EntryDraft) -> Entry:
    return Entry.objects.unrestricted("a test").get(kind=draft.kind, subject_id=draft.subject_id)
