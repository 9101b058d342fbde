"""Kept drafts listen: what stands already, and what is published later, is shown on home to their author alone."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils import timezone

from traff.ground.accounts.models import Person
from traff.ground.core.language import words
from traff.heart.matching.listening import DRAFTS, Listening, said_in, terms_of
from traff.heart.matching.meetings import Found
from traff.heart.matching.reuse import LOOKED_AT, SHORTEST, by_others, earlier_work, relevant
from traff.heart.matching.similar import similar
from traff.sharing.content.models import Draft

MOST = 5  # drafts of a person that listen, the last touched
LOOKED_THROUGH = 20  # of their drafts: several may be beginnings of one and the same
SAME, SIZE = 0.8, 0.5  # of the shorter's words stand in the longer, which is at most twice as long: they say the same


def drafts_that_listen(person: Person) -> list[Listening]:
    """One's own posts in the making, touched within thirty days; their terms are those of what stands in them now.

    Of several that say nearly the same the last touched listens, alone.
    """
    rows = Listening.objects.of(person).exclude(draft=None)
    standing = {row.draft_id: row for row in rows}
    mine = Draft.objects.of(person).waiting().filter(reply_to=None, editing=None, editing_reply=None)
    lately = _each_once(person, mine.filter(touched_at__gt=timezone.now() - DRAFTS)[:LOOKED_THROUGH])[:MOST]
    found = [_kept(person, draft, standing.get(draft.pk)) for draft in lately]
    listening = [row for row in found if row is not None]
    rows.filter(stopped_at=None).exclude(pk__in=[row.pk for row in listening]).delete()
    return [row for row in listening if row.stopped_at is None]


def _each_once(person: Person, drafts: Iterable[Draft]) -> list[Draft]:
    """Without those that say nearly what one before them says."""
    kept: list[tuple[Draft, set[str]]] = []
    for draft in drafts:
        said = set(words(" ".join(said_in(Listening(person=person, draft=draft)))))
        if not any(_is_same(said, other) for _draft, other in kept):
            kept.append((draft, said))
    return [draft for draft, _said in kept]


def _is_same(one: set[str], other: set[str]) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    return bool(shorter) and shorter >= SIZE * longer and len(one & other) >= SAME * shorter


def _kept(person: Person, draft: Draft, row: Listening | None) -> Listening | None:
    if row is not None and (row.stopped_at or row.since >= draft.touched_at):
        row.draft = draft
        return row
    row = row or Listening(person=person, draft=draft)
    row.draft = draft
    title, text = said_in(row)
    if len(title) + len(text) < SHORTEST:
        return None
    row.terms, row.since = terms_of(title, text), max(timezone.now(), draft.touched_at + timedelta(microseconds=1))
    row.save()
    return row


def found_for_drafts(person: Person) -> Iterator[tuple[Listening, list[Found]]]:
    """Each draft with the earlier work that is like it, best first."""
    for row in drafts_that_listen(person):
        title, text = said_in(row)
        yield row, earlier_work(person, by_others(person, relevant(similar(person, text, title=title, limit=LOOKED_AT))))
