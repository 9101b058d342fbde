"""What people puts on the pages of lower rooms: the cast of the demo, and who knows a topic."""

from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from traff.community.people.directory import knowing
from traff.community.people.faces import faces_of
from traff.community.people.models import known_to

SHOWN = 12


def cast(context: dict[str, Any]) -> str:
    """`demo.cast`: everybody one can be, each a button."""
    faces = [replace(face, url="") for face in faces_of(context["people"]).values()]
    return render_to_string("people/cast.html", {"faces": faces}, context["request"])


def knowing_topic(context: dict[str, Any]) -> str:
    """`topic.people`: whose profile lists the topic; nobody for a sensitive one."""
    request, topic = context["request"], context["topic"]
    found = knowing(topic).filter(pk__in=known_to(request.user).values("pk"))
    people = list(found.by_name()[: SHOWN + 1])
    more = f"{reverse('people')}?topic={topic.slug}" if len(people) > SHOWN else ""
    values = {"faces": list(faces_of(people[:SHOWN]).values()), "more_url": more}
    return render_to_string("people/knowing.html", {**values, "topic": topic}, request)
