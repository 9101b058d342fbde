"""Threads indexed anew, when what may be evidence has changed."""

from collections.abc import Iterable

from traff.ground.search import findable
from traff.sharing.content.models import Post, Reply

AT_ONCE = 500  # threads


def reindex(posts: Iterable[int]) -> None:
    """These posts and what hangs on them, as they stand now; what was withdrawn stays away."""
    wanted = sorted(set(posts))
    for start in range(0, len(wanted), AT_ONCE):
        roots = Post.objects.unrestricted("indexed anew").filter(pk__in=wanted[start : start + AT_ONCE], withdrawn_at=None)
        found = list(roots.with_people().select_related("audience"))
        findable.index_many([findable.draft_of("post", post) for post in found])
        hanging = Reply.objects.unrestricted("indexed anew").filter(post__in=[post.pk for post in found], withdrawn_at=None)
        replies = hanging.select_related("author__seat", "post__audience", "post__group").prefetch_related("post__topics")
        findable.index_many([findable.draft_of("reply", reply) for reply in replies])
