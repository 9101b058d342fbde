"""The demonstration organisation: once, into an empty house, as if it were today."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from traff.doors.registers.demo import demo_folder
from traff.doors.registers.models import Origin
from traff.ground.accounts.models import DemoMarker, Person
from traff.sharing.content.models import Post

pytestmark = pytest.mark.django_db


def load() -> str:
    out = StringIO()
    call_command("loaddemo", stdout=out)
    return out.getvalue()


def test_all_of_it_goes_in_once_and_plays_today():
    assert load().splitlines()[-1].endswith("0 changed, 0 unchanged, 0 rejected")
    assert DemoMarker.objects.exists()
    lines = (demo_folder() / "posts.jsonl").read_text("utf-8").splitlines()
    posts = Post.objects.unrestricted("a test counts everything")
    assert posts.count() == len(lines)
    newest = posts.latest("published_at").published_at
    assert timedelta(days=-1) < timezone.now() - newest < timedelta(days=7)
    assert not any(person.has_usable_password() for person in Person.objects.all())
    stood = Origin.objects.count()
    assert load() == "The demo stands already; nothing was changed.\n"
    assert Origin.objects.count() == stood


def test_times_move_by_whole_days():
    load()
    first = json.loads((demo_folder() / "posts.jsonl").read_text("utf-8").splitlines()[0])
    pk = Origin.objects.get(kind="post", external_id=first["id"]).object_id
    stands = Post.objects.unrestricted("a test reads it").get(pk=pk).published_at
    written = timezone.datetime.fromisoformat(first["published"])
    assert (stands - written) % timedelta(days=1) == timedelta()


def test_it_goes_into_an_empty_house_alone(astrid):
    with pytest.raises(CommandError, match="goes into an empty one"):
        load()
    assert Person.objects.get() == astrid
