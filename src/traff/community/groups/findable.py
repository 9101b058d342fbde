"""How a group is found: by its name and what it is for, by whoever may know that it exists."""

from traff.community.groups.models import Group
from traff.ground.core.language import language_of
from traff.ground.search.findable import EntryDraft


def draft_of_group(group: Group) -> EntryDraft:
    return EntryDraft(
        kind="group",
        subject_id=group.pk,
        title=group.name,
        text=group.purpose,
        language=language_of(group.purpose),
        audience=group.shown_to,
        author_ids=[],
        at=group.created_at,
        is_evidence=False,  # a group's purpose is nobody's evidence
        group_id=group.pk,
    )
