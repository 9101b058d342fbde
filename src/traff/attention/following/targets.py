"""What can be followed or muted, found through what the person may see."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from traff.attention.following.models import field_of
from traff.community.groups.models import Group
from traff.community.people.models import known_to
from traff.community.topics.models import Topic
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post

SORTS = ("person", "group", "topic", "post")


def sort_of(target: Any) -> str:
    """The word for it in addresses."""
    return field_of(target).replace("followed_", "")


def target_for(person: Person, sort: str, pk: int) -> Any:
    """The person, group, topic or post of this id, if the person may see it; raises Http404."""
    match sort:
        case "person":
            return get_object_or_404(known_to(person).exclude(pk=person.pk), pk=pk)
        case "group":
            return get_object_or_404(Group.objects.visible_to(person), pk=pk)
        case "topic":
            return get_object_or_404(Topic.objects.visible_to(person), pk=pk)
        case "post":
            return get_object_or_404(Post.objects.visible_to(person), pk=pk)
    raise Http404
