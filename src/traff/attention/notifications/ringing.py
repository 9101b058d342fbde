"""From a deed to the notices of those it concerns: whoever may read it, has not muted it and wants to hear of its sort."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation

from traff.attention.following.silence import silent_towards
from traff.attention.notifications.models import Choice, Notice
from traff.ground.access.reading import one_look
from traff.ground.accounts.models import Person
from traff.ground.activity import news
from traff.ground.activity.models import Event

DEMO = 160  # deeds: about a week


def ring(event: Event) -> Iterator[Notice]:
    """Tell everybody; gives the notices that were made or refreshed. What was imported tells nobody."""
    if not event.is_imported:
        yield from _ring(event)


def ring_for_the_demo(now: datetime) -> None:
    """In the demo, which is imported too, the bell has rung for the latest deeds, and been read until two days ago."""
    events = Event.objects.unrestricted("the demo's bell").filter(verb__in=news.verbs(), at__lte=now)
    for event in reversed(events.select_related("actor", "audience").order_by("-at", "-pk")[:DEMO]):
        for notice in _ring(event):
            if event.at < now - timedelta(days=2):
                Notice.objects.filter(pk=notice.pk).read()


def _ring(event: Event) -> Iterator[Notice]:
    for person in hearers(event):
        with one_look(), translation.override(person.language or settings.LANGUAGE_CODE):
            told = news.said(event, person)
            notice = told and Notice.ring(person, event, thread=told.thread, path=urlsplit(told.url).path)
        if notice:
            yield notice


def hearers(event: Event) -> list[Person]:
    """In the order of their ids, so that two deeds at once never wait for each other."""
    ids = sorted(news.concerned(event))
    unwilling = silent_towards(event, ids) | Choice.not_heard_by(news.sort_of(event.verb), ids)
    return list(event.readers().filter(pk__in=set(ids) - unwilling).order_by("pk"))


def recall(event: Event) -> None:
    """Its subject is gone: what was told of it, where nothing else is left to tell, is unread no more."""
    kind, pk = event.subject_kind, event.subject_id
    about = Notice.objects.unread().filter(event__subject_kind=kind, event__subject_id=pk)
    in_thread = Notice.objects.unread().filter(thread=f"{kind}/{pk}")
    for notice in (about | in_thread).select_related("person", "event__actor", "first_event__actor"):
        with one_look():
            told = news.said_of(filter(None, (notice.event, notice.first_event)), notice.person)
        if not told:
            Notice.objects.filter(pk=notice.pk).read()
