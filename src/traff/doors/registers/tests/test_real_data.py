"""Organisations that nobody here wrote: what goes in is what stands in the files."""

import gzip
import json
from pathlib import Path

import pytest

from traff.community.groups.models import Group
from traff.ground.access.models import AudienceKind, Membership
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reply

pytestmark = pytest.mark.django_db
EVERYTHING = "a test counts everything"


def lines(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_an_agency_and_its_blog(real_data, bring_in):
    folder = real_data / "org_18f"
    bring_in(folder)
    people, posts = lines(folder / "people.jsonl.gz"), lines(folder / "posts.jsonl.gz")
    assert Person.objects.count() == len(people)
    assert Post.objects.unrestricted(EVERYTHING).count() == len(posts)
    authors = Post.authors.through.objects.unrestricted(EVERYTHING).count()
    assert authors == sum(len(set(post["author_ids"])) for post in posts)
    topics = Post.topics.through.objects.count()
    assert topics == sum(len(set(post["tags"])) for post in posts)
    assert "0 new, 0 changed" in bring_in(folder).splitlines()[-1]


def test_a_project_and_its_teams(real_data, bring_in):
    folder = real_data / "org_rust"
    bring_in(folder)
    people, posts, teams = (lines(folder / f"{name}.jsonl.gz") for name in ("people", "posts", "teams"))
    assert Person.objects.count() == len(people)
    assert Person.objects.active().count() == sum(person["active"] is not False for person in people)
    assert Post.objects.unrestricted(EVERYTHING).count() == len(posts)
    assert Group.objects.unrestricted(EVERYTHING).count() == len(teams)
    memberships = Membership.objects.filter(audience__kind=AudienceKind.GROUP)
    assert memberships.count() == sum(len({*team["members"], *team["leads"]}) for team in teams)
    assert "0 new, 0 changed" in bring_in(folder).splitlines()[-1]


@pytest.mark.slow
def test_a_conversation_archive(real_data, bring_in, tmp_path):
    """Its later half: the whole of it goes in by the command in six minutes, but not inside the one transaction of a test."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for name in ("people.jsonl.gz", "streams.jsonl", "messages_dev.jsonl.gz"):
        (folder / name).symlink_to(real_data / "archive" / name)
    bring_in(folder)
    messages = lines(folder / "messages_dev.jsonl.gz")
    readable = [message for message in messages if message["text"].strip()]
    threads, answers = Post.objects.unrestricted(EVERYTHING).count(), Reply.objects.unrestricted(EVERYTHING).count()
    assert threads == len({message["topic_id"] for message in messages})
    assert threads + answers == len(readable)
    assert "0 new, 0 changed" in bring_in(folder).splitlines()[-1]
