"""Colleagues named in a text: a link to their page that begins with @. Nobody is proposed who could not read it."""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

from django.db.models import Q
from django.db.models.functions import Lower

from traff.community.people.models import listed_for
from traff.ground.access.models import Audience
from traff.ground.accounts.models import Block, Person, PersonQuerySet
from traff.ground.core.pieces import pieces
from traff.sharing.content.forms.people import readers_of

MENTION = re.compile(r'<a href="(?:https?://[^/"]+)?/people/([\w-]+)/?"[^>]*>@([^<]*)</a>', re.ASCII)
TYPED = re.compile(r"(?<![\w@/.&])@([a-z0-9][\w-]*\w)", re.ASCII | re.IGNORECASE)
NAMED = re.compile(r"(?<![\w@/.&])@([^\W_][\w-]*\w)")  # a handle or a first name
MOST = 50  # handles looked up in one text
FEW = 10  # words that may be somebody's first name, likewise


def proposable(audience: Audience, by: Person) -> PersonQuerySet:
    """Whom the writer may be offered: readers of the audience, never protected, never parted from the writer by a block."""
    return readers_of(audience).exclude(pk__in=[by.pk, *Block.between(by)])


def completed(text: str, audience: Audience, *, by: Person) -> list[Person]:
    """People whose name has a word that begins like this, or whose handle does; at most eight."""
    begun = text.strip().lstrip("@")
    if not begun:
        return []
    inside = Q(name__icontains=f" {begun}") | Q(name__icontains=f"-{begun}")
    starts = Q(name__istartswith=begun) | inside | Q(handle__istartswith=begun)
    return list(proposable(audience, by).filter(starts).by_name()[:8])


def unread_by(texts: Iterable[str], audience: Audience) -> dict[str, str]:
    """Handle → name as written, of everybody mentioned who is not among the readers.

    Somebody who does not exist is answered as somebody who may not read it; a block is never told.
    """
    named = {handle.lower(): unescape(name) for html in texts for handle, name in MENTION.findall(html)}
    return unread(named, audience)


def unread(named: dict[str, str], audience: Audience) -> dict[str, str]:
    """Those of these handles (in lower case) who are not among the readers."""
    handles = list(named)[:MOST]
    lower = audience.readers().annotate(lower=Lower("handle"))
    reading = set(lower.filter(lower__in=handles).values_list("lower", flat=True))
    return {handle: named[handle] for handle in handles if handle not in reading}


def handles_in(texts: Iterable[str]) -> set[str]:
    """Handles, in lower case, of everybody mentioned."""
    return {handle.lower() for html in texts for handle, _name in MENTION.findall(html)}


def typed_in(html: str) -> list[str]:
    """Every @word of clean HTML that is neither link nor code: a handle or a first name, each once."""
    return list(dict.fromkeys(word for text in _words(html) for word in NAMED.findall(unescape(text))))


def typed_unread(words: Iterable[str], audience: Audience, *, by: Person) -> dict[str, str]:
    """Handle → name of colleagues whose handle was typed, or the first name of exactly one, and who are not among the readers.

    Only those who stand in the writer's own lists, which for a guest are few: nothing is told here of anybody else.
    """
    asked = list(dict.fromkeys(word.lower() for word in words))[:FEW]
    if audience.is_open or not asked:
        return {}
    found: dict[str, str] = {}
    for word in asked:
        called = Q(handle__iexact=word) | Q(name__istartswith=f"{word} ") | Q(name__iexact=word)
        meant = list(listed_for(by).filter(called).exclude(pk__in=[by.pk, *Block.between(by)])[:2])
        if len(meant) == 1 and not audience.readers().filter(called).exists():
            found[meant[0].handle.lower()] = meant[0].name
    return found


def linked(html: str, audience: Audience, *, by: Person) -> str:
    """Clean HTML with every @handle that was typed made a link, of those who may be proposed; code and links stay as typed."""
    handles = {handle.lower() for text in _words(html) for handle in TYPED.findall(text)}
    if not handles:
        return html
    known = proposable(audience, by).annotate(lower=Lower("handle")).filter(lower__in=list(handles)[:MOST])
    people = {person.handle.lower(): person for person in known}
    return "".join(TYPED.sub(lambda at: _link(at, people), piece) if is_words else piece for piece, is_words in pieces(html))


def _link(at: re.Match[str], people: dict[str, Person]) -> str:
    person = people.get(at[1].lower())
    return f'<a href="{person.get_absolute_url()}" rel="{REL}">@{escape(person.name)}</a>' if person else at[0]


REL = "noopener noreferrer nofollow"  # as the sanitiser writes it


def _words(html: str) -> Iterator[str]:
    return (piece for piece, is_words in pieces(html) if is_words)
