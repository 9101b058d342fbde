"""Files that are broken, or meant to break: each bad line is named with file, number and reason, and the rest goes in."""

import gzip
import json

import pytest

from traff.doors.registers.tests.conftest import PEOPLE, POSTS, SMALL
from traff.ground.accounts.models import Person
from traff.sharing.content.models import Post, Reply

pytestmark = pytest.mark.django_db


def post(**changes):
    return {"id": "x", "kind": "update", "authors": ["bjorn"], "body": "Hello", "published": "2026-05-01"} | changes


BAD = {
    "{broken": "is not JSON",
    '["a", "list"]': "is a JSON list; one JSON object a line is expected",
    "[" * 100_000: "is nested too deeply",
    '{"id": "x", "kind": "update", "authors": ["bjorn"], "body": ' + "[" * 100_000: "is nested too deeply",
    json.dumps(post(authors=[])): "“authors” is missing",
    json.dumps(post(authors=["nobody"])): "“authors” names the person “nobody”, which is not known",
    json.dumps(post(authors={"a": 1})): "“authors” is not a list of texts",
    json.dumps(post(id="")): "“id” is missing",
    json.dumps(post(id="x" * 300)): "“id” is 300 characters long; at most 200 fit",
    json.dumps(post(id="p1")): "stands on line 1 already",
    json.dumps(post(published="yesterday")): "“published” is no time",
    json.dumps(post(published="2026-02-30")): "“published” is no time",
    json.dumps(post(published=1779000000)): "“published” is no time",
    json.dumps(post(published="0001-01-01T00:00:00+14:00")): "“published” is no time",
    json.dumps(post(published="1014-06-01")): "“published” lies before 1900",
    json.dumps(post(published="2999-01-01")): "“published” lies in the future",
    json.dumps(post(published=None)): "“published” is missing",
    json.dumps(post(kind="poem")): "expected: update, article, question, case",
    json.dumps(post(kind="article")): "“title” is missing",
    json.dumps(post(kind="case", title="T")): "“reuse” is missing",
    json.dumps(post(kind="case", title="T", reuse=7)): None,
    json.dumps(post(title="t" * 301)): "“title” is 301 characters long; at most 300 fit",
    json.dumps(post(body="b" * 1_000_001)): "“body” is 1,000,001 characters long",
    json.dumps(post(body="")): "there is nothing to read in it",
    json.dumps(post(body=" \n\u200b".strip("\u200b"))): "there is nothing to read in it",
    json.dumps(post(group="nowhere")): "“group” names the group “nowhere”, which is not known",
}


@pytest.mark.parametrize(("line", "reason"), BAD.items(), ids=[str(reason)[:30] for reason in BAD.values()])
def test_a_bad_line_is_named_and_the_rest_goes_in(organisation, bring_in, line, reason):
    said = bring_in(organisation(**SMALL | {"posts": [POSTS[0], line, POSTS[1]]}))
    if reason:
        assert "posts.jsonl:2: rejected: " in said
        assert reason in said
    assert Post.objects.unrestricted("a test counts everything").count() == (2 if reason else 3)


def test_what_hangs_on_a_rejected_line_is_rejected_too(organisation, bring_in):
    lost = {"id": "r9", "post": "bad", "author": "bjorn", "body": "To whom?", "published": "2026-05-02"}
    said = bring_in(organisation(**SMALL | {"posts": [*POSTS, post(id="bad", body="")], "replies": [lost]}))
    assert "posts.jsonl:3: rejected: there is nothing to read in it" in said
    assert "replies.jsonl:1: rejected: its post or its author could not go in" in said


def test_characters_that_no_database_holds_are_left_out(organisation, bring_in):
    folder = organisation(
        **SMALL | {"posts": ['{"id":"x","authors":["bjorn"],"body":"A\\u0000B \\ud800 C","published":"2026-05-01"}']}
    )
    assert "11 new" not in bring_in(folder)
    assert Post.objects.unrestricted("a test reads everything").get().body == "<p>AB  C</p>"


def test_a_file_that_is_not_utf8_loses_only_those_lines(organisation, bring_in):
    folder = organisation(**SMALL)
    (folder / "people.jsonl").write_bytes(
        (folder / "people.jsonl").read_bytes() + '{"id": "d", "name": "Dåre"}\n'.encode("latin-1")
    )
    said = bring_in(folder)
    assert "people.jsonl:4: rejected: is not UTF-8" in said
    assert Person.objects.count() == 3


def test_a_torn_archive_gives_what_came_before_the_tear(organisation, bring_in):
    folder = organisation(**SMALL)
    (folder / "people.jsonl").unlink()
    lines = "".join(json.dumps({"id": f"p{n}", "name": f"Person {n} {hash(n)}"}) + "\n" for n in range(500)).encode()
    (folder / "people.jsonl.gz").write_bytes(gzip.compress(lines)[:-800])
    assert "the file cannot be read from here on" in bring_in(folder)
    assert Person.objects.count() > 100


def test_a_line_without_end_is_passed_over(organisation, bring_in):
    said = bring_in(organisation(**SMALL | {"posts": [POSTS[0], json.dumps(post(body="b" * 17 * 2**20)), POSTS[1]]}))
    assert "posts.jsonl:2: rejected: the line is longer than 16,777,216 bytes" in said
    assert Post.objects.unrestricted("a test counts everything").count() == 2


def test_markup_is_cleaned_like_everybody_elses(organisation, bring_in):
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)> [go](javascript:alert(1)) <b hx-get=/me id=x>bold</b>"
    bring_in(
        organisation(**SMALL | {"posts": [post(body=nasty)], "replies": [{**SMALL["replies"][0], "post": "x", "body": nasty}]})
    )
    for body in (
        Post.objects.unrestricted("a test reads everything").get().body,
        Reply.objects.unrestricted("a test").get().body,
    ):
        for word in ("<script", "<img", "onerror", "hx-get", 'id="', 'href="javascript'):
            assert word not in body
        assert "bold" in body


def test_words_that_markdown_swallows_are_shown_as_they_were_typed(organisation, bring_in):
    bring_in(organisation(**SMALL | {"posts": [post(body="[ref]: https://example.org")]}))
    assert "[ref]: https://example.org" in Post.objects.unrestricted("a test reads everything").get().body


def test_deep_and_endless_markup_does_not_stop_it(organisation, bring_in):
    bodies = [">" * 20_000 + " x", "*a " * 20_000, "[" * 20_000, "<b>" * 20_000 + "x", "- " * 5_000 + "x", "`" * 20_001]
    said = bring_in(organisation(**SMALL | {"posts": [post(id=f"x{n}", body=body) for n, body in enumerate(bodies)]}))
    assert "6 new, 0 changed, 0 unchanged, 0 rejected" in said


def test_ids_from_two_kinds_do_not_meet_and_handles_are_unique(organisation, bring_in):
    people = [
        {"id": "Ada.Lovelace", "name": "A"},
        {"id": "ada-lovelace", "name": "B"},
        {"id": "ada lovelace", "name": "C"},
        {"id": "阿", "name": "D"},
    ]
    bring_in(organisation(people=people))
    assert sorted(Person.objects.values_list("handle", flat=True)) == [
        "ada-lovelace",
        "ada-lovelace-2",
        "ada-lovelace-3",
        "person",
    ]


def test_units_that_hang_beneath_themselves_are_rejected(organisation, bring_in):
    units = [{"id": "a", "name": "A", "parent": "b"}, {"id": "b", "name": "B", "parent": "a"}, {"id": "c", "name": "C"}]
    said = bring_in(organisation(units=units, people=[{**PEOPLE[1], "unit": "a"}]))
    assert "units.jsonl:1: rejected: hangs beneath itself" in said
    assert Person.objects.get().handle == "bjorn"


def test_an_unknown_unit_costs_nobody_their_place_in_the_house(organisation, bring_in):
    said = bring_in(organisation(people=[{**PEOPLE[1], "unit": "gone", "photo": "../../etc/passwd", "email": "a@b.se"}]))
    assert "people.jsonl:1: note: “unit” names the unit “gone”, which is not known in the source fjallverk: it goes" in said
    assert "is not in the folder" in said
    assert Person.objects.exists()


def test_two_people_do_not_share_an_address(organisation, bring_in):
    said = bring_in(
        organisation(
            people=[{"id": "a", "name": "A", "email": "x@example.org"}, {"id": "b", "name": "B", "email": "X@example.org"}]
        )
    )
    assert "0 rejected" in said.splitlines()[-1]
    assert Person.objects.filter(email="x@example.org").count() == 1
