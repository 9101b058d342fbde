"""A piece of writing on its way: begun, kept, sent. Sent twice it is still one post."""

import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from traff.community.groups.models import Group
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.ground.accounts.requests import PersonRequest
from traff.ground.core.prepared import first, prepared
from traff.sharing.content import attachments
from traff.sharing.content.forms.writing import RICH, PostForm, ReplyForm, initial_of
from traff.sharing.content.keeping import key_of, written
from traff.sharing.content.models import Case, Draft, Kind, Post, Reply
from traff.sharing.content.models.draft import MADE, Fields, number
from traff.sharing.content.models.post import TITLED

Form = PostForm | ReplyForm


@dataclass
class Sheet:
    """What lies before the writer: a form, the key it is kept under, and what it is about."""

    person: Person
    form: Any
    key: uuid.UUID
    kind: str
    made_from: Post | None = None
    sparked_by: Post | None = None  # what gave the idea
    is_begun: bool = False  # something was typed before, so the editor comes at once
    draft: Draft | None = None  # what is kept of it so far
    thread: int | None = None  # the post that is answered
    hand: str = field(default_factory=lambda: secrets.token_urlsafe(9))  # this page, among all those it may lie open in


def begin(person: Person, query: QueryDict) -> Sheet:
    """A fresh sheet, a draft gone on with, what a case starts from, what gave an idea. Others' drafts are not there (Http404)."""
    if key := query.get("draft"):
        return go_on(draft_of(person, key), person)
    made_from, sparked_by = _named(query.get("from"), person), _named(query.get("spark"), person)
    otherwise = Kind.CASE if made_from else Kind.IDEA if sparked_by else Kind.UPDATE
    kind = asked if (asked := query.get("kind")) in Kind.values else otherwise
    fields: dict[str, Any] = {"audience": query.get("group", ""), "title": query.get("title", "")[:300]}
    if sparked_by is not None and not sparked_by.is_open:
        fields["audience"] = circle_of(sparked_by, person)
    if made_from is not None:
        fields |= starting_point(made_from, person)
    form = PostForm(initial=initial_of(fields), person=person, kind=kind, made_from=made_from)
    return Sheet(person, form, uuid.uuid4(), kind, made_from, sparked_by, is_begun=made_from is not None)


def _named(asked: str | None, person: Person) -> Post | None:
    """A post that the address names; Http404 when it is not the person's to read."""
    pk = number(asked)
    return get_object_or_404(Post.objects.visible_to(person), pk=pk) if pk else None


def circle_of(post: Post, person: Person) -> str:
    """The address of the group in which it was said, if the person may read that."""
    group = Group.objects.visible_to(person).filter(pk=post.group_id).first()
    return group.slug if group else ""


def starting_point(source: Post, person: Person) -> Fields:
    """What `Case.make` gives, as the fields of a form; in the circle where it was said."""
    made = Case.make(source, by=person)
    formats = {f"{name}_format": "html" for name in made if name in RICH}
    topics = ", ".join(str(topic) for topic in source.labels())
    return {**made, **formats, "topics": topics, "audience": circle_of(source, person)}


def go_on(draft: Draft, person: Person) -> Sheet:
    initial = initial_of(draft.fields)
    form = PostForm(initial=initial, person=person, kind=draft.kind, made_from=source_of(draft, person))
    source, spark = source_of(draft, person), spark_of(draft, person)
    return Sheet(person, form, draft.key, draft.kind, source, spark, is_begun=True, draft=draft)


def draft_of(person: Person, key: Any) -> Draft:
    """One's own draft, by its key; others' are as if they were not."""
    try:
        return get_object_or_404(Draft.objects.of(person).waiting(), key=uuid.UUID(str(key)))
    except ValueError as nonsense:
        raise Http404 from nonsense


def source_of(draft: Draft, person: Person) -> Post | None:
    found: Post | None = Post.objects.visible_to(person).filter(pk=draft.made_from_id).first()
    return found


def spark_of(draft: Draft, person: Person) -> Post | None:
    """What gave the idea, while it may still be read."""
    found: Post | None = Post.objects.visible_to(person).filter(pk=draft.sparked_by_id).first()
    return found


def edit_sheet(post: Post, person: Person) -> Sheet:
    """The post's words, or the edit that was begun and not sent."""
    begun = Draft.objects.of(person).waiting().filter(editing=post).first()
    files = [str(file.id) for file in attachments.all_of(post, person)]
    topics = ", ".join(str(topic) for topic in post.labels())
    words = {"title": post.title, "body": post.body, **(post.case.texts() if post.kind == Kind.CASE else {})}
    initial = {**words, "topics": topics, "language": post.language, "files": files}
    if begun:
        initial = initial_of(begun.fields)
    form = PostForm(initial=initial, person=person, kind=post.kind, subject=post)
    return Sheet(person, form, begun.key if begun else uuid.uuid4(), post.kind, is_begun=True, draft=begun)


def reply_sheet(post: Post, person: Person) -> Sheet:
    """Where one answers: empty, or with the reply that was begun and not sent."""
    begun = first(_begun_reply(post, person))
    form = ReplyForm(initial=initial_of(begun.fields) if begun else {}, person=person, thread=post)
    return Sheet(
        person, form, begun.key if begun else uuid.uuid4(), "reply", is_begun=begun is not None, draft=begun, thread=post.pk
    )


@prepared
def _begun_reply(post: Post, person: Person) -> QuerySet[Draft]:
    return Draft.objects.of(person).waiting().filter(reply_to=post)[:1]


def reply_edit_sheet(reply: Reply, person: Person) -> Sheet:
    begun = Draft.objects.of(person).waiting().filter(editing_reply=reply).first()
    files = [str(file.id) for file in attachments.all_of(reply, person)]
    initial = initial_of(begun.fields) if begun else {"body": reply.body, "files": files}
    form = ReplyForm(initial=initial, person=person, thread=reply.post, subject=reply)
    return Sheet(person, form, begun.key if begun else uuid.uuid4(), "reply", is_begun=True, draft=begun, thread=reply.post_id)


def kept_from(request: PersonRequest, *, base: str = "", **about: Any) -> tuple[Draft, QueryDict, list[str]]:
    """Keep what came with a form, its files included, before anything is asked of it.

    Gives the draft, the form's data with the new files among it, and what was wrong with files. Http404 for another's key,
    KeptElsewhere when words that `base` does not know of would be overwritten.
    """
    received, troubles = attachments.receive(request)
    data = request.POST.copy()
    for file in received:
        data.appendlist("files", str(file.pk))
    for name in data.getlist("drop"):
        data.setlist("files", [pk for pk in data.getlist("files") if pk != name])
    for name, value in about.items():
        data[name] = str(value)
    try:
        draft = Draft.keep(key=key_of(data), by=request.user, fields=written(data), base=base)
    except Draft.DoesNotExist as others:
        raise Http404 from others
    request.kept_at = draft.get_absolute_url()
    return draft, data, troubles


def turned_into(draft: Draft, kind: str) -> None:
    """Another kind, everything typed kept; the words follow to where that kind has its first text and back."""
    fields: Fields = {**draft.fields, "kind": kind}
    to_case = kind == Kind.CASE
    here, there = ("body", "situation") if to_case else ("situation", "body")
    if fields.get(here) and not fields.get(there):
        for suffix in ("", "_format"):
            fields[f"{there}{suffix}"] = fields.pop(f"{here}{suffix}", "")
    Draft.keep(key=draft.key, by=draft.author, fields=fields)


def send(draft: Draft, form: Form, deed: Any) -> bool:
    """Do the deed once for this draft. False when the form says what hindered it; the draft stays as it was."""
    try:
        with transaction.atomic():
            locked = Draft.objects.select_for_update().get(pk=draft.pk)
            if not locked.is_sent:
                newest = Topic.objects.aggregate(pk=models.Max("pk"))["pk"] or 0
                outcome = deed(form)
                if isinstance(outcome, Post):
                    locked.fields[MADE] = [str(pk) for pk in outcome.topics.filter(pk__gt=newest).values_list("pk", flat=True)]
                attachments.hang(form.cleaned_data["files"], outcome, by=draft.author, alts=form.alts())
                locked.sent_as(outcome)
    except ValidationError as trouble:
        form.add_error(None, trouble.messages)
        return False
    except PermissionDenied as trouble:
        form.add_error(None, str(trouble))
        return False
    except IntegrityError:  # what it answers was taken back in this very moment
        form.add_error(None, _("What you answer was taken back while you wrote. Your words are kept among your drafts."))
        return False
    draft.refresh_from_db()
    return True


def publish(draft: Draft, form: PostForm) -> Post:
    done, place = form.cleaned_data, form.cleaned_data["place"]
    return Post.publish(
        by=draft.author,
        kind=draft.kind,
        title=done["title"] if draft.kind in TITLED else "",
        body=done.get("body", ""),
        group=place.group,
        with_authors=done.get("authors", ()),
        topics=[Topic.objects.named(name, seen_in=place.audience) for name in done["topics"]],
        made_from=source_of(draft, draft.author),
        sparked_by=spark_of(draft, draft.author),
        case={name: done[name] for name in Case.FIELDS} if draft.kind == Kind.CASE else None,
        language=done["language"],
    )


def change(post: Post, form: PostForm, by: Person) -> Post:
    done = form.cleaned_data
    post.edit(
        by=by,
        title=done.get("title", ""),
        body=done.get("body", ""),
        case={name: done[name] for name in Case.FIELDS} if post.kind == Kind.CASE else None,
        topics=[Topic.objects.named(name, seen_in=post.audience) for name in done["topics"]],
        language=done["language"],
    )
    return post


def answer(post: Post, form: ReplyForm, by: Person) -> Reply:
    return Reply.write(by=by, post=post, body=form.cleaned_data["body"])


def change_reply(reply: Reply, form: ReplyForm, by: Person) -> Reply:
    reply.edit(by=by, body=form.cleaned_data["body"])
    return reply
