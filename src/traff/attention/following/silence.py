"""Who hears nothing of a deed, because they muted what it comes from, or a block stands between."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from traff.attention.following.models import Mute
from traff.ground.accounts.models import Block, Person
from traff.ground.activity.models import Event
from traff.sharing.content.models import Authorship, Post, Reply


def silent_towards(event: Event, people: Iterable[int]) -> set[int]:
    """Those of these people who muted who did it, the thread, who began it or its group, or are parted from who did it."""
    ids = list(people)
    if not ids:
        return set()
    muted = Mute.objects.filter(person__in=ids).filter(_muted(event))
    silent = set(muted.values_list("person_id", flat=True))
    if event.actor_id:
        pairs = Q(blocker__in=ids, blocked=event.actor_id) | Q(blocked__in=ids, blocker=event.actor_id)
        silent |= {pk for pair in Block.objects.filter(pairs).values_list("blocker_id", "blocked_id") for pk in pair}
    return silent & set(ids)


def unheard_by(person: Person) -> set[int]:
    """People of whose deeds this person hears nothing, now."""
    muted = Mute.objects.of(person).ids("followed_person")
    return {*muted, *Block.between(person)}


def heard_from(person: Person, by: str) -> Q:
    """The same as a filter over rows whose field `by` says whose deed it is."""
    muted = Mute.objects.of(person).filter(followed_person=OuterRef(by))
    return ~Exists(muted) & ~Exists(Block.objects.parting(person, OuterRef(by)))


def _muted(event: Event) -> Q:
    about = Q(followed_person=event.actor_id) if event.actor_id else Q(pk__in=[])
    if event.subject_kind == "group":
        return about | Q(group=event.subject_id)
    post_id: int | None = event.subject_id if event.subject_kind == "post" else None
    if event.subject_kind == "reply":
        reply = Reply.objects.unrestricted("which thread it is in").filter(pk=event.subject_id)
        post_id = reply.values_list("post_id", flat=True).first()
    post = Post.objects.unrestricted("which thread it is").filter(pk=post_id).only("group_id").first() if post_id else None
    if post is None:
        return about
    began = Authorship.objects.unrestricted("who began the thread").filter(post=post).values_list("person_id", flat=True)
    return about | Q(post=post) | Q(followed_person__in=list(began)) | (Q(group=post.group_id) if post.group_id else Q())
