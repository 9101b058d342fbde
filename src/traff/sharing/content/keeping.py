"""What stands in a form one writes posts and replies in, as a draft keeps it; also where it was sent and did not get through."""

import uuid

from django.http import QueryDict

from traff.ground.accounts.models import Person
from traff.ground.accounts.unsent import goes_on
from traff.sharing.content.forms.line import in_one_line
from traff.sharing.content.models import Draft
from traff.sharing.content.models.draft import Fields

NOT_WRITTEN = {"csrfmiddlewaretoken", "writer", "unsent", "draft", "step", "drop", "base", "unread"}
LISTS = {"files"}
LINES = {"title"}


def written(post: QueryDict) -> Fields:
    """What stands in the form's fields, as typed; a title is one line."""
    names = [name for name in post if name not in NOT_WRITTEN]
    return {name: [str(one) for one in post.getlist(name)] if name in LISTS else _one(name, str(post[name])) for name in names}


def _one(name: str, typed: str) -> str:
    return in_one_line(typed) if name in LINES else typed


def key_of(post: QueryDict) -> uuid.UUID:
    """The form's key; a form without one gets its own."""
    try:
        return uuid.UUID(post.get("draft", ""))
    except ValueError:
        return uuid.uuid4()


def as_draft(person: Person, said: QueryDict) -> str:
    """What was not sent becomes a draft of its writer; where one goes on writing it."""
    try:
        draft = Draft.keep(key=key_of(said), by=person, fields=written(said))
    except Draft.DoesNotExist:
        draft = Draft.keep(key=uuid.uuid4(), by=person, fields=written(said))
    return draft.outcome_url() if draft.is_sent else draft.get_absolute_url()


keeps_writing = goes_on(as_draft)
