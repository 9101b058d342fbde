"""Drafts as their author's list shows them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from traff.ground.accounts.models import Person
from traff.ground.core.markup import to_text
from traff.ground.core.prepared import prepared
from traff.sharing.content.forms.rich import Typed
from traff.sharing.content.forms.writing import RICH
from traff.sharing.content.models import Draft, Post

MOST = 200  # drafts that are listed


@dataclass(frozen=True)
class Waiting:
    """`about` is the thread it answers or the post it changes, if the author may still read that."""

    key: Any
    kind: str
    title: str
    excerpt: str
    at: datetime
    url: str
    about: Post | None
    is_edit: bool


def waiting_lines(person: Person) -> list[Waiting]:
    """One's own drafts, the last touched first; none for who is signed in for another."""
    if person.is_impersonated:
        return []
    drafts = list(_waiting(person))
    ids = {draft.reply_to_id or draft.editing_id for draft in drafts} - {None}
    posts = Post.objects.visible_to(person).in_bulk(list(ids)) if ids else {}
    return [_line(draft, posts.get(draft.reply_to_id or draft.editing_id or 0)) for draft in drafts if words_of(draft)]


def others_than(key: Any, person: Person) -> list[Waiting]:
    """What else waits for them, beside the draft they are in."""
    return [line for line in waiting_lines(person) if line.key != key]


@prepared
def _waiting(person: Person) -> QuerySet[Draft]:
    return Draft.objects.of(person).waiting()[:MOST]


def left_just_now(person: Person) -> Draft | None:
    """What the person was writing within the hour, and went away from."""
    recent = Draft.objects.of(person).waiting().filter(touched_at__gt=timezone.now() - timedelta(hours=1))
    return next((draft for draft in recent[:5] if words_of(draft)), None)


def words_of(draft: Draft) -> str:
    """All its words, plain."""
    rich = (Typed(str(draft.fields[n]), str(draft.fields.get(f"{n}_format") or "")) for n in RICH if draft.fields.get(n))
    return " ".join([str(draft.fields.get("title") or ""), *(to_text(typed.html()) for typed in rich)]).strip()


def _line(draft: Draft, about: Post | None) -> Waiting:
    title = str(draft.fields.get("title") or "").strip()
    is_reply = bool(draft.fields.get("reply_to") or draft.fields.get("editing_reply"))
    text = words_of(draft).removeprefix(title).strip()
    return Waiting(
        key=draft.key,
        kind="reply" if is_reply else draft.kind,
        title=title,
        excerpt=Truncator(text).chars(200),
        at=draft.touched_at,
        url=draft.get_absolute_url(),
        about=about,
        is_edit=bool(draft.fields.get("editing") or draft.fields.get("editing_reply")),
    )
