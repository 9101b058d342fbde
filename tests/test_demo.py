"""The demo: loaded in one go, it ends today, and everybody in it meets whom demo/meetings.json says."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from traff.doors.registers.models import Origin
from traff.ground.access.guard import Guarded
from traff.ground.accounts.models import DemoMarker, Person
from traff.ground.search import findable
from traff.ground.search.models import Entry
from traff.heart.matching import ties
from traff.heart.matching.reuse import Panel, panel_for
from traff.heart.matching.strangers import strangers_for
from traff.heart.matching.suggest import suggest_for
from traff.heart.matching.who import who
from traff.sharing.content.models import Post

pytestmark = pytest.mark.django_db  # each test is undone, the demo beneath them stays
DEMO = Path(__file__).parents[1] / "demo"
MEETINGS: dict[str, list[dict[str, Any]]] = json.loads((DEMO / "meetings.json").read_text(encoding="utf-8"))
ROWS = [json.loads(line) for line in (DEMO / "nordanvind" / "posts.jsonl").read_text(encoding="utf-8").splitlines()]
LANGUAGE = {row["id"]: row["language"] for row in ROWS}

# Asked in one language, answered in the other: those met later than first. Who mends one takes it out.
MISSED_ACROSS: set[tuple[str, str]] = set()
MISSED_AT_HOME = {"oskar"}  # a Swedish question, an English case


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[float]:
    """The demo as the launcher loads it and the worker finishes it; gives the seconds of work, and goes away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        started = time.process_time()  # of this process: a clock on the wall would tell what else the machine does
        call_command("loaddemo", verbosity=0, stdout=sys.stderr)
        ties.rebuild()
        yield time.process_time() - started
        transaction.set_rollback(True)


def person(handle: str) -> Person:
    return Person.objects.get(handle=handle)


def post(name: str) -> int:
    return Origin.objects.get(kind="post", external_id=name).object_id


def written(row: dict[str, Any], language: str) -> list[int]:
    """Ids of what the panel offers, best first."""
    urls = [meeting.post["url"] for meeting in panel_for(person(row["person"]), "", row[language]).offers]
    return [int(url.strip("/").split("/")[1]) for url in urls]


def test_its_files_are_in_order() -> None:
    done = subprocess.run([sys.executable, str(DEMO / "check.py")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_it_is_loaded_quickly_once_and_ends_today(loaded: float) -> None:
    assert loaded < 30
    assert DemoMarker.objects.get().organisation == "nordanvind"
    assert Post.objects.unrestricted("test").count() == len(ROWS)
    newest = Post.objects.unrestricted("test").latest("published_at").published_at
    assert timezone.now() - timedelta(days=2) < newest <= timezone.now()
    call_command("loaddemo", verbosity=0, stdout=sys.stderr)
    assert Post.objects.unrestricted("test").count() == len(ROWS)


def test_what_is_findable_is_so_of_a_row_that_was_loaded_alone(loaded: float) -> None:
    """A verb's row comes from anywhere, with nothing brought along: what it hangs on is asked for with a reason."""
    models = {model._meta.model_name or "": model for model in apps.get_models() if issubclass(model, Guarded)}
    drafted: dict[str, Any] = {}
    for kind, model in models.items():
        for row in model.objects.unrestricted("test")[:80]:
            drafted[kind] = findable.draft_of(kind, row) or drafted.get(kind)
    found = {kind for kind, draft in drafted.items() if draft}
    assert found >= {"post", "reply", "group", "opening"}


@pytest.mark.parametrize("row", MEETINGS["writing"], ids=lambda row: f"{row['person']}-{row['post']}")
def test_who_half_writes_it_meets_the_work_first(loaded: float, row: dict[str, Any]) -> None:
    meeting = panel_for(person(row["person"]), "", row[LANGUAGE[row["post"]]]).offers[0]
    assert meeting.post["url"] == f"/posts/{post(row['post'])}/"
    authors = {author.handle for author in Post.objects.unrestricted("test").get(pk=post(row["post"])).people()}
    assert {row["giver"], meeting.face.handle} <= authors  # of several the first who still works here is met
    assert len(meeting.reasons) >= 2 and "<mark>" in meeting.sentence


SMALL_TALK = [
    "God morgon alla, i dag blir det fika klockan tre",
    "Glad fredag och trevlig helg på er",
    "Hej, jag är ny här och ser fram emot att lära känna er alla",
    "Vi borde dela mer med varandra",
    "Tack för en fin kickoff i går, vilket gäng",
    "Jag är hemma med sjukt barn i dag, nås på mobilen",
    "Kan någon hjälpa mig med en sak i eftermiddag?",
    "Nu är det bara två veckor kvar till jul",
    "Har någon erfarenhet av utbrändhet hos chefer?",
    "I have a new colleague starting on Monday",
    "We should share more with each other",
    "Good morning everyone, coffee at three today",
    "Happy Friday and have a nice weekend",
    "Thanks for a great team day yesterday",
    "Working from home today, call me if you need anything",
    "I am on holiday next week, back on Tuesday",
    "Could somebody help me with something this afternoon?",
]


@pytest.mark.parametrize("words", SMALL_TALK)
def test_small_talk_meets_nothing(loaded: float, words: str) -> None:
    """In a house of this size "trevlig" is as rare as "korrosion", and no more a reason for it."""
    assert panel_for(person("ville"), "", words) == Panel()


@pytest.mark.parametrize(
    ("who_writes", "words", "met"),
    [
        ("abdi", "Drive has been in storage for six years, can I power it up?", "Six years asleep"),
        ("astrid", "Frekvensomriktarens lagerströmmar förstör motorlagren", "The washboard"),
        ("astrid", "Surdeg som inte jäser i kalla förrådet", "Råg, tålamod"),
    ],
)
def test_one_word_by_chance_pushes_nothing_out(loaded: float, who_writes: str, words: str, met: str) -> None:
    """Neither a case that has one word of it, nor a guess in the other language, stands in the place of the very thing."""
    assert any(meeting.post["title"].startswith(met) for meeting in panel_for(person(who_writes), "", words).offers)


def test_across_the_languages_no_more_is_missed_than_is_known(loaded: float) -> None:
    asked = [(row, language) for row in MEETINGS["writing"] for language in ("sv", "en") if language != LANGUAGE[row["post"]]]
    missed = {(row["person"], language) for row, language in asked if written(row, language)[:1] != [post(row["post"])]}
    assert missed == MISSED_ACROSS


@pytest.mark.parametrize("row", MEETINGS["home"], ids=lambda row: row["person"])
def test_ones_own_open_question_finds_it_on_home(loaded: float, row: dict[str, Any]) -> None:
    shown = suggest_for(person(row["person"]))
    question = Post.objects.unrestricted("test").get(pk=post(row["question"]))
    found = [meeting for meeting in shown if meeting.post["url"] == f"/posts/{post(row['post'])}/"]
    if not found and row["person"] in MISSED_AT_HOME:
        return
    assert question.title in found[0].lead
    assert found[0].face.handle == row["giver"]


@pytest.mark.parametrize("row", MEETINGS["strangers"], ids=lambda row: f"{row['person']}-{row['giver']}")
def test_strangers_meet(loaded: float, row: dict[str, Any]) -> None:
    """Among the cards of one day: in a house of this size others are as near."""
    reader = person(row["person"])
    entry = Entry.objects.visible_to(reader).get(kind="post", subject_id=post(row["post"]))
    [offer] = [offer for offer in strangers_for(reader) if offer.fit.entry_id == entry.pk]
    assert Person.objects.get(pk=offer.fit.author_id).handle == row["giver"]
    assert len(offer.fit.reasons) + bool(offer.fit.named) >= 3, "a concept says as much as two words"


def test_nobody_meets_what_is_closed_or_sensitive(loaded: float) -> None:
    sensitive = {post(row["id"]) for row in ROWS if "fackligt" in row.get("topics", [])}
    assert len(sensitive) == 2
    for one in Person.objects.filter(handle__in=["astrid", "oskar", "ulla", "joost"]):  # outside, inside two, aside, inside one
        readable = set(Post.objects.visible_to(one).values_list("pk", flat=True)) - sensitive
        met = [int(meeting.post["url"].strip("/").split("/")[1]) for meeting in suggest_for(one)]
        assert set(met) <= readable


def test_who_knows_is_whom_a_reader_would_name(loaded: float) -> None:
    """Forty questions of a few words with people chosen by reading the texts, before anything was tuned."""
    rows = [json.loads(line) for line in (DEMO / "knowers.jsonl").read_text(encoding="utf-8").splitlines()]
    first, among_three = [], []
    for row in rows:
        named = [knower.person.handle for knower in who(person("astrid"), row["ask"])]
        first.append(named[:1] != [] and named[0] in row["people"])
        among_three.append(len(set(named[:3]) & set(row["people"])) / min(3, len(row["people"])))
    assert len(rows) == 40
    assert sum(first) >= 36, [row["ask"] for row, met in zip(rows, first, strict=True) if not met]
    assert sum(among_three) / len(rows) >= 0.85


def test_whose_words_are_shown_are_their_own(loaded: float) -> None:
    """And the sentence is the one that answers, not the first."""
    [rasha, *_rest] = who(person("astrid"), "stress corrosion")
    assert rasha.person.handle == "rasha"
    for knower in who(person("astrid"), "korrosion"):
        for piece in knower.evidence:
            assert piece.message.authored.visible_to(person("astrid")).filter(person=knower.person).exists()
    welding = who(person("astrid"), "welding")
    assert sum("<mark>" in knower.evidence[0].sentence for knower in welding) >= len(welding) - 1
