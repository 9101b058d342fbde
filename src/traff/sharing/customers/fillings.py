"""What customers put on the pages of lower rooms and in the weekly mail."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from traff.ground.accounts.models import Person
from traff.ground.core.digest import Section, Week
from traff.ground.core.prepared import first, prepared
from traff.sharing.customers.knowing import approaches_for
from traff.sharing.customers.mentions import named_in, named_while_writing
from traff.sharing.customers.mine import my_rows
from traff.sharing.customers.models import Acquaintance, Introduction
from traff.sharing.customers.models.introduction import LIVES

AT_HOME, IN_MAIL, NAMED, IN_ASIDE = 2, 3, 6, 8


def at_home(context: dict[str, Any]) -> str:
    """`home.traffar`: colleagues approaching a customer one knows, and who waits for one's answer."""
    request = context["request"]
    if request.user.is_guest:
        return ""
    met, requests = approaches_for(request.user, most=AT_HOME), []
    if first(_waiting(request.user, timezone.now() - LIVES)):
        waiting = Introduction.objects.visible_to(request.user).waiting_for(request.user)
        requests = list(waiting.with_people().newest_first()[:AT_HOME])
    if not met and not requests:
        return ""
    return render_to_string("customers/home.html", {"met": met, "requests": requests}, request)


@prepared
def _waiting(person: Person, since: datetime) -> QuerySet[Introduction]:
    waiting: QuerySet[Introduction] = Introduction.objects.unrestricted("whether to look at all").waiting_for(person, since)[:1]
    return waiting


@prepared
def _lived(person: Person, reader: Person) -> QuerySet[Acquaintance]:
    rows = Acquaintance.objects.visible_to(reader).of(person).with_subjects().latest_first()
    newest: QuerySet[Acquaintance] = rows[:IN_ASIDE]
    return newest


def named(context: dict[str, Any]) -> str:
    """`post.aside`: the customers and projects that the thread names."""
    request, post = context["request"], context["post"]
    subjects = named_in(post, request.user)[:NAMED]
    return render_to_string("customers/named.html", {"subjects": subjects}, request) if subjects else ""


def while_writing(context: dict[str, Any]) -> str:
    """`panel.more`: the same while one writes: whom one may ask is a click away."""
    request, text = context["request"], context.get("text", "")
    subjects = named_while_writing(text, request.user)[:NAMED] if text else []
    return render_to_string("customers/named_panel.html", {"subjects": subjects}, request) if subjects else ""


def lived_by(context: dict[str, Any]) -> str:
    """`person.aside`: what somebody has lived through with customers, of what the reader may read."""
    request, person = context["request"], context["person"]
    rows = list(_lived(person, request.user))
    return render_to_string("customers/lived_by.html", {"rows": rows}, request) if rows else ""


def my_acquaintances(context: dict[str, Any]) -> str:
    """`own_data`: what I have said of customers, and how I may be reached."""
    request = context["request"]
    if request.user.is_guest:
        return ""
    return render_to_string("customers/own_data.html", {"rows": my_rows(request.user)[:IN_ASIDE]}, request)


def in_mail(week: Week) -> Section | None:
    """Approaches of the week to customers one knows. Nothing closed leaves by mail."""
    met = approaches_for(week.person, since=week.since, is_open=True, most=IN_MAIL)
    return ("customers/mail/approaches", {"met": met}) if met else None
