"""Votes for ideas as a page shows them: how many, and whether the reader is one of them. Never whose they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from traff.ground.accounts.models import Person
from traff.sharing.content.models import Idea, Kind, Post, Stage, Vote


@dataclass(frozen=True)
class Votes:
    """The names are those of `content/parts/vote.html`."""

    count: int
    is_mine: bool
    url: str


def votes_of(posts: Sequence[Post], reader: Person) -> dict[int, Votes]:
    """By id, of ideas that the reader may read, in one query. A twin's votes count at its original too, each person once;
    those of a twin that the reader may not read do not."""
    ids = [post.pk for post in posts if post.kind == Kind.IDEA]
    if not ids:
        return {}
    twins = Idea.objects.visible_to(reader).filter(duplicate_of__in=ids).values("pk")
    votes = Vote.objects.unrestricted("counted, never told by name").filter(Q(idea__in=ids) | Q(idea__in=twins))
    people: dict[int, set[int]] = {pk: set() for pk in ids}
    mine = set()
    for idea, original, person in votes.values_list("idea", "idea__duplicate_of", "person"):
        mine |= {idea} if person == reader.pk else set()
        for counted in {idea, original} & people.keys():
            people[counted].add(person)
    return {pk: Votes(len(people[pk]), pk in mine, vote_url(pk, given=pk in mine)) for pk in ids}


def vote_url(pk: int, *, given: bool) -> str:
    return reverse("idea_vote_end" if given else "idea_vote", args=[pk])


def stage_words(posts: Iterable[Post]) -> dict[int, str]:
    """What a card says of an idea's stage; nothing of a new one."""
    ideas = (post for post in posts if post.kind == Kind.IDEA)
    return {post.pk: str(post.idea.get_stage_display()) for post in ideas if post.idea.stage != Stage.NEW}
