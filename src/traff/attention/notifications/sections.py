"""The bell's own sections of the weekly mail: what is new in one's groups, and how much waits in the bell."""

from textwrap import shorten
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from traff.attention.following.models import Mute
from traff.attention.following.silence import unheard_by
from traff.attention.notifications.models import Notice
from traff.community.groups.models import Group
from traff.ground.accounts.models import Person
from traff.ground.core.digest import Section, Week
from traff.ground.core.markup import to_text
from traff.sharing.content.cards import excerpt_of
from traff.sharing.content.models import Authorship, Post, Reaction, Reply

MOST = 5
UNTITLED, EXCERPT = 120, 200  # characters


def in_groups(week: Week) -> Section | None:
    """The most answered open posts of one's groups since the last mail, not by oneself nor met before."""
    posts = new_in_groups(week.person, week.since)
    return ("notifications/mail/groups", {"posts": posts}) if posts else None


def in_the_bell(week: Week) -> Section | None:
    """How many unread threads came since then. What they are is read in the bell alone."""
    count = Notice.objects.audible_to(week.person).unread().filter(at__gt=week.since).count()
    return ("notifications/mail/waiting", {"count": count}) if count else None


def new_in_groups(person: Person, since: Any) -> list[dict[str, Any]]:
    """Closed content never leaves by mail, and nothing sensitive is sent after anybody."""
    groups = Group.objects.visible_to(person).joined_by(person).open().spoken_of()
    ids = list(groups.exclude(pk__in=Mute.objects.of(person).ids("group")).values_list("pk", flat=True))
    met = Reply.objects.unrestricted("where one has written").filter(author=person).values("post")
    wrote = Authorship.objects.unrestricted("not one's own, nor by people one has muted")
    hidden = wrote.filter(person__in={person.pk, *unheard_by(person)}).values("post")
    active = Post.objects.visible_to(person).filter(group__in=ids, last_active_at__gt=since)  # as all that is new: by the index
    posts = active.filter(is_open=True, published_at__gt=since)
    posts = posts.exclude(pk__in=met).exclude(pk__in=hidden).exclude(pk__in=_silenced(person)).exclude(topics__is_sensitive=True)
    posts = posts.exclude(topics__in=Mute.objects.of(person).ids("topic"))
    answers = Reply.objects.unrestricted("how many").filter(post=OuterRef("pk"), withdrawn_at=None)
    thanks = Reaction.objects.unrestricted("how many").filter(post=OuterRef("pk"))
    counted = posts.annotate(answers=_count(answers), thanks=_count(thanks))
    return [_line(post) for post in counted.order_by("-answers", "-thanks", "-published_at").with_people()[:MOST]]


def _count(rows: Any) -> Coalesce:
    """How many there are of a row's own, beside it: joined, each would multiply the other."""
    return Coalesce(Subquery(rows.order_by().values("post").annotate(n=Count("pk")).values("n")), 0)


def _silenced(person: Person) -> set[int]:
    """Threads that were muted, and those that one has opened out of the bell."""
    opened = Notice.objects.of(person).exclude(read_at=None).filter(thread__startswith="post/").values_list("thread", flat=True)
    return {*Mute.objects.of(person).ids("post"), *(int(thread.removeprefix("post/")) for thread in opened)}


def _line(post: Post) -> dict[str, Any]:
    return {
        "title": post.title or shorten(to_text(post.body), UNTITLED, placeholder=" …"),
        "is_titled": bool(post.title),
        "names": ", ".join(author.name for author in post.people()),
        "group": post.group.name if post.group else "",
        "url": post.get_absolute_url(),
        "excerpt": shorten(excerpt_of(post), EXCERPT, placeholder=" …"),
        "answers": post.answers,  # type: ignore[attr-defined]  # annotated above
        "language": post.language,
    }
