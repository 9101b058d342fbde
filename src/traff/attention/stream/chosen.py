"""What a person chose to hear of and what not, as plain ids: all that a stream is made of. Nothing is inferred."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from django.db import connection

from traff.ground.access.reading import joined_ids
from traff.ground.accounts.models import Person

LATEST = 500  # of one's own threads; older ones come back when followed
TONES = ("followed_person_id", "group_id", "topic_id", "post_id")
ASKED = " UNION ALL ".join(  # one's own rows alone, each by an index on the person
    [
        *(f"SELECT '{t} {column}', {column} FROM following_{t} WHERE person_id = %(me)s AND {column} IS NOT NULL"  # noqa: S608
          for t in ("follow", "mute") for column in TONES),
        "SELECT 'joined', id FROM groups_group WHERE audience_id = ANY(%(joined)s)",
        "(SELECT 'own', post_id FROM content_authorship WHERE person_id = %(me)s ORDER BY post_id DESC LIMIT %(latest)s)",
        "(SELECT 'own', post_id FROM content_reply WHERE author_id = %(me)s ORDER BY id DESC LIMIT %(latest)s)",
        "SELECT 'parted', blocked_id FROM accounts_block WHERE blocker_id = %(me)s",
        "SELECT 'parted', blocker_id FROM accounts_block WHERE blocked_id = %(me)s",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Ids:
    """Targets of one tone."""

    people: set[int]
    groups: set[int]
    topics: set[int]
    threads: set[int]

    @classmethod
    def of(cls, tone: str, found: dict[str, set[int]]) -> Self:
        return cls(*(found[f"{tone} {column}"] for column in TONES))


@dataclass(frozen=True)
class Chosen:
    """One person's choices, read once a request in one query."""

    follows: Ids
    mutes: Ids
    joined: set[int]  # groups
    own: set[int]  # threads that the person wrote or wrote in
    parted: set[int]  # people on either side of a block

    @classmethod
    def by(cls, person: Person) -> Self:
        found: dict[str, set[int]] = defaultdict(set)
        with connection.cursor() as cursor:
            cursor.execute(ASKED, {"me": person.pk, "joined": joined_ids(person).all, "latest": LATEST})
            for what, pk in cursor.fetchall():
                found[what].add(pk)
        return cls(Ids.of("follow", found), Ids.of("mute", found), found["joined"], found["own"], found["parted"])
