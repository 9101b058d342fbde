"""What `with_people()` brings along: authors and topics of any number of posts, two queries that are put together once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet

from traff.community.topics.models import Topic
from traff.ground.core.prepared import prepared
from traff.sharing.content.models.post import Authorship, Brought, Post


def attach(posts: Sequence[Post]) -> None:
    """So that `post.people()` and `post.labels()` ask nothing."""
    if not posts:
        return
    ids = [post.pk for post in posts]
    authors, topics = defaultdict(list), defaultdict(list)
    for row in _authorships(ids):
        authors[row.post_id].append(row)
    for topic in _topics(ids):
        topics[topic.post_id].append(topic)
    for post in posts:
        post.brought = Brought(authors[post.pk], topics[post.pk])


@prepared
def _authorships(ids: list[int]) -> QuerySet[Authorship]:
    found: QuerySet[Authorship] = Authorship.objects.unrestricted("authors of posts already scoped").filter(post__any=ids)
    return found.select_related("person")


@prepared
def _topics(ids: list[int]) -> QuerySet[Any]:
    return Topic.objects.filter(posts__any=ids).annotate(post_id=F("posts"))
