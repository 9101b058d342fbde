"""A draft as its readers will see it: the same templates, the same sanitiser, and no card that not all of them may open."""

from typing import Any

from django.http import Http404

from traff.community.people.faces import faces_of
from traff.ground.accounts.models import Person
from traff.ground.core.language import language_of
from traff.sharing.content.attachments import shown
from traff.sharing.content.cards import Link
from traff.sharing.content.composing import source_of
from traff.sharing.content.forms.writing import RICH, PostForm
from traff.sharing.content.kinds import KINDS
from traff.sharing.content.linked import links_in
from traff.sharing.content.models import Case, Draft, Idea, Post


def previewed(draft: Draft, person: Person) -> dict[str, Any]:
    """The values of a post's own page, of a post that is not there yet. Http404 for replies, read where they are written."""
    if draft.reply_to_id or draft.editing_reply_id:
        raise Http404
    form = PostForm(draft.fields, person=person, kind=draft.kind, subject=draft.editing, made_from=source_of(draft, person))
    form.is_valid()
    place, done = form.place_at_hand(), form.cleaned_data
    texts = {name: done.get(name, "") for name in RICH}
    authors = draft.editing.people() if draft.editing else [person, *done.get("authors", ())]
    faces = faces_of(authors)
    post = Post(kind=draft.kind, title=str(draft.fields.get("title") or "").strip(), body=texts["body"])
    post.language = done.get("language") or language_of(post.plain_text(texts), unsure=person.language)
    post.case = Case(post=post, **{name: texts[name] for name in Case.FIELDS})
    post.idea = Idea(post=post)
    words = "".join(texts.values())
    return {
        "post": post,
        "draft": draft,
        "form": form,
        "kind": KINDS[draft.kind],
        "place": place,
        "authors": list(faces.values()),
        "to_ask": list(faces.values()),
        "group_link": Link(place.group.name, place.group.get_absolute_url()) if place and place.group else None,
        "is_open": place.is_open if place else True,
        "topics": [Link(name, "#") for name in done.get("topics", ())],
        "files": [shown(file) for file in form.files_at_hand() if file.get_absolute_url() not in words],
        "links": links_in(texts.values(), person, all_of=place.audience if place else None),
    }
