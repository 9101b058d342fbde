"""Who found whom in the days after a time: by reply, follow, reuse, spark, link, or writing together. Open content alone."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.text import slugify

from traff.attention.following.models import Follow
from traff.sharing.content.models import Authorship, Post, Reply, Reuse

OPEN = "new ties, counted over open content"
HREF = re.compile(r'href="([^"]+)"')
Pair = tuple[int, int]
Deeds = dict[Pair, str]  # who, with whom → the first deed that tied them


def new_ties(since: datetime, until: datetime) -> Deeds:
    """Every pair (the one who acted, the one who was found), each once; who acts upon themselves is no pair."""
    found: Deeds = {}
    authors = _authors()
    for deed, pairs in (
        ("reply", _replies(authors, since, until)),
        ("follow", _follows(since, until)),
        ("reuse", _reuses(authors, since, until)),
        ("spark", _sparks(authors, since, until)),
        ("link", _links(authors, since, until)),
        ("together", _together(authors, since, until)),
    ):
        for who, whom in pairs:
            if who != whom:
                found.setdefault((who, whom), deed)
    return found


def counted(deeds: Deeds) -> str:
    return ", ".join(f"{n} {deed}" for deed, n in Counter(deeds.values()).most_common()) or "none"


def _authors() -> dict[int, list[int]]:
    authors: dict[int, list[int]] = defaultdict(list)
    rows = Authorship.objects.unrestricted(OPEN).filter(post__is_open=True, post__withdrawn_at=None).order_by("order")
    for post, person in rows.values_list("post_id", "person_id"):
        authors[post].append(person)
    return authors


def _replies(authors: dict[int, list[int]], since: datetime, until: datetime) -> Iterator[Pair]:
    rows = Reply.objects.unrestricted(OPEN).filter(published_at__gte=since, published_at__lt=until, withdrawn_at=None)
    for post, person in rows.order_by("published_at", "pk").values_list("post_id", "author_id"):
        yield from ((person, author) for author in authors.get(post, ()))


def _follows(since: datetime, until: datetime) -> Iterator[Pair]:
    rows = Follow.objects.filter(at__gte=since, at__lt=until).exclude(followed_person=None)
    yield from rows.order_by("at", "pk").values_list("person_id", "followed_person_id")


def _reuses(authors: dict[int, list[int]], since: datetime, until: datetime) -> Iterator[Pair]:
    rows = Reuse.objects.unrestricted(OPEN).filter(at__gte=since, at__lt=until).order_by("at", "pk")
    for post, person in rows.values_list("post_id", "person_id"):
        yield from ((person, author) for author in authors.get(post, ()))


def _sparks(authors: dict[int, list[int]], since: datetime, until: datetime) -> Iterator[Pair]:
    """What was made out of another's thread."""
    rows = _begun(since, until).exclude(made_from=None).values_list("pk", "made_from_id")
    for made, source in rows:
        yield from ((who, whom) for who in authors.get(made, ()) for whom in authors.get(source, ()))


def _links(authors: dict[int, list[int]], since: datetime, until: datetime) -> Iterator[Pair]:
    """A text that links to another's post: by its address here, or by its title at the end of an imported address."""
    titles = {slugify(title): pk for pk, title in Post.objects.unrestricted(OPEN).filter(is_open=True).values_list("pk", "title")}
    titles.pop("", None)
    for pk, body in _begun(since, until).values_list("pk", "body"):
        for address in HREF.findall(body):
            parts = [part for part in urlsplit(address).path.split("/") if part]
            linked = int(parts[1]) if len(parts) == 2 and parts[0] == "posts" and parts[1].isdigit() else None
            linked = linked or (titles.get(parts[-1].lower()) if len(parts) > 1 else None)
            if linked and linked != pk:
                yield from ((who, whom) for who in authors.get(pk, ()) for whom in authors.get(linked, ()))


def _together(authors: dict[int, list[int]], since: datetime, until: datetime) -> Iterator[Pair]:
    """Written by both: each found the other."""
    for pk in _begun(since, until).values_list("pk", flat=True):
        yield from ((who, whom) for who in authors.get(pk, ()) for whom in authors.get(pk, ()))


def _begun(since: datetime, until: datetime) -> Any:
    return (
        Post.objects.unrestricted(OPEN)
        .filter(is_open=True, withdrawn_at=None, published_at__gte=since, published_at__lt=until)
        .order_by("published_at", "pk")
    )
