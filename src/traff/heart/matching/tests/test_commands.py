"""Asking as somebody on the command line: what that person reads, with reasons and evidence, and told to that person."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from traff.community.groups.models import Group
from traff.ground.accounts import as_person
from traff.ground.accounts.models import Person
from traff.ground.audit.models import AuditRecord
from traff.sharing.content.models import Post, Reply

pytestmark = pytest.mark.django_db
QUESTION = "Valves freeze at forty below. Has anybody tried glycol?"


def run(name, *arguments, **options):
    out = StringIO()
    call_command(name, *arguments, stdout=out, **options)
    return out.getvalue()


def ask(name, *arguments, **options):
    return json.loads(run(name, *arguments, as_json=True, **options))


@pytest.fixture
def glycol(bjorn):
    """What Björn knows, written where everybody reads."""
    return Post.publish(
        by=bjorn,
        kind="case",
        title="A glycol loop for frozen valves",
        body="<p>The valves froze each winter until a loop of glycol kept them warm.</p>",
        case={"reuse": "<p>The drawing of the loop.</p>"},
    )


def test_similar_gives_reasons_and_evidence(astrid, glycol):
    (answer,) = ask("similar", QUESTION, person="astrid")
    assert (answer["title"], answer["path"], answer["kind"]) == (glycol.title, f"/posts/{glycol.pk}/", "case")
    assert {"valves", "glycol"} <= set(answer["reasons"])
    (piece,) = answer["evidence"]
    assert set(piece) == {"title", "path", "date", "text"}
    assert "glycol" in piece["text"]
    assert "<" not in piece["text"]


def test_who_names_the_expert_with_the_proof(astrid, bjorn, glycol):
    (answer,) = ask("who", QUESTION, person=str(astrid.pk))
    assert (answer["title"], answer["path"]) == (bjorn.name, "/people/bjorn/")
    assert isinstance(answer["score"], float)
    assert answer["reasons"]
    assert answer["evidence"][0]["path"] == f"/posts/{glycol.pk}/"


def test_suggest_shows_what_a_question_listens_for(astrid, glycol):
    Post.publish(
        by=astrid, kind="question", title="Valves freeze", body="<p>Would a loop of glycol keep the valves warm in winter?</p>"
    )
    answers = ask("suggest", person="astrid@example.org")
    reuse = [answer for answer in answers if answer["moment"] == "reuse"]
    assert [answer["title"] for answer in reuse] == [glycol.title]
    assert reuse[0]["reasons"]
    assert reuse[0]["evidence"][0]["path"] == f"/posts/{glycol.pk}/"


def test_search_finds_words_and_names(astrid, bjorn, glycol):
    (answer,) = ask("search", "glycol valves", person="astrid")
    assert (answer["title"], answer["path"]) == (glycol.title, f"/posts/{glycol.pk}/")
    assert set(answer["reasons"]) == {"glycol", "valves"}
    assert "glycol" in answer["evidence"][0]["text"]


def test_what_one_may_not_read_is_not_there(astrid, bjorn):
    group = Group.start(by=bjorn, name="Secret loops", is_open=False)
    post = Post.publish(by=bjorn, kind="question", title="Glycol valves freeze", body="<p>Forty below.</p>", group=group)
    Reply.write(by=bjorn, post=post, body="<p>Valves and glycol, forty below.</p>")
    for name in ("who", "similar", "search"):
        assert ask(name, QUESTION, person="astrid") == []
    assert run("similar", QUESTION, person="astrid").strip() == "Nothing fits among what this person may read."


def test_outside_demo_and_scratch_a_reason_is_asked_for_and_told(astrid, glycol, monkeypatch):
    monkeypatch.setattr(as_person, "SCRATCH", ("nothing",))
    with pytest.raises(CommandError, match="Say why"):
        run("similar", QUESTION, person="astrid")
    assert "A glycol loop" in run("similar", QUESTION, person="astrid", reason="she asked for help")
    told = AuditRecord.objects.about("person", astrid.pk).get()
    assert json.loads(told.detail.text) == {"command": "similar", "reason": "she asked for help"}
    assert "glycol" not in told.detail.text  # what is asked is kept nowhere


def test_whoever_is_unknown_or_has_left_is_told(astrid, bjorn):
    bjorn.leave()
    with pytest.raises(CommandError, match="has left"):
        run("who", QUESTION, person="bjorn")
    with pytest.raises(CommandError, match="Nobody here is called nobody"):
        run("who", QUESTION, person="nobody")
    with pytest.raises(CommandError, match="no text"):
        run("who", "  ", person="astrid")
    assert Person.objects.count() == 2
