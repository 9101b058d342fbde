"""Files on posts and replies: taken in with a form, readable by whoever reads what they hang on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from traff.ground.accounts.models import Person
from traff.ground.core.prepared import prepared
from traff.ground.files.limits import too_large
from traff.ground.files.models import TOO_LARGE, File
from traff.sharing.content.kinds import texts_of
from traff.sharing.content.models import Post, Reply

PICTURE = re.compile(r'<img src="([^"]*)"(?: alt="([^"]*)")?>')  # as the sanitiser leaves it


@dataclass(frozen=True)
class Attachment:
    """A file as a page shows it."""

    id: int
    name: str
    url: str
    size: str  # in words
    is_picture: bool
    alt: str


def files_of(subject: Post | Reply, reader: Person) -> list[Attachment]:
    """What hangs on a post or a reply, as far as the reader may read it; pictures that stand in the text are left out."""
    found = attached_to([subject.pk], kind_of(subject), reader)
    words = "".join(texts_of(subject)) if isinstance(subject, Post) else subject.body
    return [shown(file) for file in found if file.get_absolute_url() not in words]


@prepared
def attached_to(ids: list[int], kind: str, reader: Person) -> QuerySet[Any]:
    found: QuerySet[Any] = File.objects.visible_to(reader).attached_to(kind, ids)
    return found


@dataclass(frozen=True)
class Picture:
    """The first picture of a post, small, as a card shows it."""

    url: str
    alt: str


def first_pictures(posts: Sequence[Post], reader: Person) -> dict[int, Picture]:
    """By post, of those that have one the reader may see; one query however many posts."""
    found = _first_pictures([post.pk for post in posts], reader) if posts else ()
    return {file.subject_id: Picture(file.get_small_url(), file.alt) for file in found}


@prepared
def _first_pictures(ids: list[int], reader: Person) -> QuerySet[Any]:
    found: QuerySet[Any] = File.objects.visible_to(reader).attached_to("post", ids).first_pictures()
    return found


def all_of(subject: Post | Reply, reader: Person) -> list[Attachment]:
    """Everything that hangs on it, for who edits it."""
    return [shown(file) for file in attached_to([subject.pk], kind_of(subject), reader)]


def files_by_reply(replies: Iterable[Reply], reader: Person) -> dict[int, list[Attachment]]:
    """The same for a page of replies, in one query."""
    bodies = {reply.pk: reply.body for reply in replies}
    by_reply: dict[int, list[Attachment]] = {pk: [] for pk in bodies}
    for file in attached_to(list(bodies), "reply", reader) if bodies else ():
        if file.get_absolute_url() not in bodies[file.subject_id]:
            by_reply[file.subject_id].append(shown(file))
    return by_reply


def receive(request: Any) -> tuple[list[File], list[str]]:
    """Every upload of a form, each on its own: what was taken in, and in words what was not."""
    received, troubles = [], [f"{name}: {TOO_LARGE}" for name in too_large(request)]
    for upload in request.FILES.getlist("uploads"):
        try:
            received.append(File.receive(upload, by=request.user))
        except ValidationError as trouble:
            troubles += [f"{upload.name}: {message}" for message in trouble.messages]
    return received, troubles


def at_hand(ids: Iterable[int], person: Person, subject: Post | Reply | None = None) -> list[File]:
    """The files of these ids: the person's own, or already hanging on what is edited. Others' are as if they were not."""
    if not (ids := list(ids)):
        return []
    usable = Q(owner=person)
    if subject is not None:
        usable |= Q(subject_kind=kind_of(subject), subject_id=subject.pk)
    return list(File.objects.visible_to(person).filter(usable, pk__any=ids).select_related("blob").order_by("at", "id"))


def hang(files: Sequence[File], subject: Post | Reply, *, by: Person, alts: Mapping[int, str]) -> None:
    """Give the files the readers of the post; what is no longer among them goes back to its owner."""
    audience = subject.audience if isinstance(subject, Post) else subject.post.audience
    kind = kind_of(subject)
    for file in files:
        file.alt = alts.get(file.pk, file.alt).strip()[:500]
        hanging = (file.subject_kind, file.subject_id) == (kind, subject.pk)
        placed = file if hanging else file.attach(kind=kind, subject=subject, audience=audience, by=by)
        placed.alt = file.alt
        placed.save(update_fields=["alt"])
    kept = {file.pk for file in files}
    for file in File.objects.unrestricted("what an author takes off a post").attached_to(kind, [subject.pk]):
        if file.pk not in kept and file.blob_id not in {one.blob_id for one in files}:
            file.detach()


def told(html: str, files: Sequence[File]) -> str:
    """A text whose pictures say what they show, in the words typed beside them; others keep the words they came with."""
    alts = {file.get_absolute_url(): escape(file.alt.strip()) for file in files}
    return PICTURE.sub(lambda found: f'<img src="{found[1]}" alt="{alts.get(found[1], found[2] or "")}">', html)


def kind_of(subject: Post | Reply) -> str:
    return "post" if isinstance(subject, Post) else "reply"


def shown(file: File) -> Attachment:
    return Attachment(file.pk, file.name, file.get_absolute_url(), filesizeformat(file.blob.size), file.is_picture, file.alt)


def missing() -> str:
    return _("One of the files is no longer there. Choose it again.")
