"""What people puts on other pages: the cast of the demo, who knows a topic, a newcomer's first steps."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from traff.community.people.directory import knowing
from traff.community.people.faces import faces_of
from traff.community.people.first_steps import steps_for
from traff.community.people.models import known_to

SHOWN = 12
NEW = timedelta(days=90)  # who has been here longer knows the way


def cast(context: dict[str, Any]) -> str:
    """`demo.cast`: everybody one can be, each a button; initials where a guest may not see the photo."""
    request, people = context["request"], context["people"]
    faces = [replace(face, url="") for face in faces_of(people).values()]
    if request.user.is_authenticated and request.user.is_guest:
        known = set(known_to(request.user).filter(pk__in=[face.id for face in faces]).values_list("pk", flat=True))
        faces = [face if face.id in known else replace(face, photo_url="") for face in faces]
    return render_to_string("people/cast.html", {"faces": faces}, request)


def knowing_topic(context: dict[str, Any]) -> str:
    """`topic.people`: whose profile lists the topic; nobody for a sensitive one."""
    request, topic = context["request"], context["topic"]
    found = knowing(topic).filter(pk__in=known_to(request.user).values("pk"))
    people = list(found.by_name()[: SHOWN + 1])
    more = f"{reverse('people')}?topic={topic.slug}" if len(people) > SHOWN else ""
    values = {"faces": list(faces_of(people[:SHOWN]).values()), "more_url": more}
    return render_to_string("people/knowing.html", {**values, "topic": topic}, request)


def newcomer(context: dict[str, Any]) -> str:
    """`home.welcome`: the first steps, until they are done or left; then this asks the database for nothing.

    Guests came for one thing and are not shown around; whoever is signed in for another sees nothing private.
    """
    request = context["request"]
    person = request.user
    is_new = timezone.now() - person.joined_at < NEW
    if person.shown_around_at or not is_new or person.is_guest or context.get("impersonated"):
        return ""
    steps = steps_for(person)
    done = sum(step["is_done"] for step in steps)
    if done == len(steps):
        person.end_first_steps()
    values = {"steps": steps, "done": done, "are_all_done": done == len(steps)}
    return render_to_string("people/first_steps.html", values, request)


def my_first_steps(context: dict[str, Any]) -> str:
    """`own_data`: that they were done or left, and the way back to them."""
    request = context["request"]
    return "" if request.user.is_guest else render_to_string("people/my_first_steps.html", {}, request)
