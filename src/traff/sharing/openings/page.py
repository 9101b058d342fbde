"""What the page of one opening shows to one reader."""

from collections import Counter
from typing import Any

from traff.community.people.faces import face_of, faces_of
from traff.community.topics.chips import chips
from traff.ground.access.rights import Right, may
from traff.ground.accounts.models import Block, Person
from traff.sharing.openings.models import Answer, Ask, AskLine, Opening, Saved
from traff.sharing.openings.wording import (
    day,
    extent_in_words,
    languages_in_words,
    period_in_words,
    where_in_words,
)


def page_of(opening: Opening, reader: Person) -> dict[str, Any]:
    """The owner is shown the questions and asked how it went; all others their own saving, and the way to ask."""
    is_owner = opening.is_by(reader)
    return {
        "opening": opening,
        "extent": extent_in_words(opening),
        "period": period_in_words(opening),
        "where": where_in_words(opening),
        "languages": languages_in_words(opening),
        "closes": day(opening.closes_on) if opening.closes_on else "",
        "face": face_of(opening.owner) if opening.owner else None,
        "topics": chips(opening.topics.by_name()),
        "is_owner": is_owner,
        "is_standing": opening.is_standing,
        "is_saved": not is_owner and Saved.stands(by=reader, opening=opening),
        "may_ask": opening.may_be_asked and not is_owner,
        "may_withdraw": may(reader, Right.WITHDRAW, opening),
        "answers": Answer.choices if is_owner and not opening.is_answered else [],
        "asks": asks_of(opening, reader) if is_owner else [],
    }


def waiting_for(owner: Person) -> dict[int, int]:
    """By opening: how many questions wait for an answer of its owner."""
    open_asks = list(Ask.objects.visible_to(owner).filter(is_closed=False))
    lines = AskLine.said_in(open_asks)
    return Counter(ask.opening_id for ask in open_asks if not lines[ask.pk][-1].is_answer)


def asks_of(opening: Opening, owner: Person) -> list[Ask]:
    """The questions about it, those that wait for an answer first; by the day, and within a day in no order of asking."""
    found = list(Ask.objects.visible_to(owner).filter(opening=opening).select_related("stepped_forward"))
    lines = AskLine.said_in(found)
    forward = [ask.stepped_forward for ask in found if ask.stepped_forward]
    parted = Block.between(owner) if forward else []
    faces = faces_of(person for person in forward if person.pk not in parted)
    for ask in found:
        ask.said, ask.face = lines[ask.pk], faces.get(ask.stepped_forward_id)
        ask.waits = not ask.is_closed and not ask.said[-1].is_answer
    return sorted(found, key=lambda ask: (not ask.waits, -ask.on.toordinal(), ask.handle))
