"""Weights are learnt from what people said, switched on only when better on what they had not seen, taken back by one command."""

import io
import math
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from traff.ground.accounts.models import Moment, Person
from traff.ground.audit.models import AuditRecord
from traff.ground.search.models import Entry
from traff.heart.matching import tasks
from traff.heart.matching.acting import answered
from traff.heart.matching.exploring import Arm
from traff.heart.matching.judged import judged
from traff.heart.matching.learning import learn
from traff.heart.matching.models import Answer, Exposure, Suggestion, Weights
from traff.heart.matching.refitting import refit
from traff.heart.matching.relevance import relevance
from traff.heart.matching.similar import Related
from traff.heart.matching.suggest import standing_for, suggest_for
from traff.heart.matching.tests.told import ICE, ICE_TOO, article, circle, everyday
from traff.heart.matching.weights import SHIPPED, Values, forget, in_use
from traff.sharing.openings.models import Opening

PIECES = 12
Says = Callable[[float, float, float], bool]  # (score, coverage, chance 0..1) → useful?


def who_prefers_coverage(score: float, coverage: float, chance: float) -> bool:
    return (coverage > 0.2) if chance < 0.93 else (coverage <= 0.2)


def who_throws_a_coin(score: float, coverage: float, chance: float) -> bool:
    return chance < 0.4


@pytest.fixture(autouse=True)
def nothing_held() -> Any:
    forget()
    yield
    forget()


@pytest.fixture
def pieces(cecilia: Person) -> list[Entry]:
    posts = [article(cecilia, f"Piece {number}", "What was once found out about lake ice.") for number in range(PIECES)]
    rows = Entry.objects.unrestricted("test").filter(kind="post", subject_id__in=[post.pk for post in posts])
    return list(rows.order_by("pk"))


def organisation(
    pieces: list[Entry], says: Says, *, slots: int, people: int, seed: int = 7, moment: str = Moment.STRANGER, ends: int = 1
) -> None:
    """So many slots were shown to so many people, an hour between; they said what they found."""
    names = [f"p{seed}-{number}" for number in range(people)]
    crowd = Person.objects.bulk_create([Person(handle=name, name=name, email=f"{name}@example.org") for name in names])
    chance, offered, shown = np.random.default_rng(seed), [], []
    for number in range(slots):
        score, coverage = float(chance.uniform(2, 6)), float(chance.uniform(0.05, 0.35))
        receiver, entry = crowd[number % people], pieces[number // people]
        at = timezone.now() - timedelta(hours=slots - number) - timedelta(days=ends)
        said = Answer.USEFUL if says(score, coverage, float(chance.uniform())) else Answer.WRONG_TOPIC
        features: dict[str, Any] = {"rel_score": score, "rel_coverage": coverage, "moment": moment, "propensity": 0.88}
        features |= {"receiver": receiver, "entry": entry, "person_id": 1}
        offered.append(Suggestion(score=1.0, answer=said, **features))
        shown.append(Exposure(rank=1, arm=Arm.RANKED, is_open=True, day=at.date(), at=at, **features))
    for row in (*offered, *shown):
        row.person_id = crowd[0].pk
    Suggestion.objects.bulk_create(offered)
    Exposure.objects.bulk_create(shown)


def told(**options: Any) -> str:
    out = io.StringIO()
    call_command("weights", stdout=out, **options)
    return out.getvalue()


def hit(score: float, coverage: float) -> Related:
    return Related(Entry(), score, coverage, [], None)  # type: ignore[arg-type]


def test_with_nothing_learnt_relevance_is_what_was_shipped(db: None) -> None:
    assert in_use() == SHIPPED
    assert relevance(hit(3.1, 0.17)) == 1 / (1 + math.exp(3.4 - 0.8 * 3.1 - 10 * 0.17))
    assert "as shipped" in told() and "Nothing has been learnt yet." in told()


def test_people_who_prefer_coverage_get_it_and_the_figures_are_kept(pieces: list[Entry]) -> None:
    organisation(pieces, who_prefers_coverage, slots=300, people=30)
    slots = judged()
    assert "Version" in told(refit=True)
    kept = Weights.now()
    assert kept is not None and (kept.slots, kept.held_back, kept.people) == (300, 90, 30)
    assert 0 < kept.gain_low < kept.gain < kept.gain_high
    assert kept.coverage / kept.score > SHIPPED.coverage / SHIPPED.score
    before, after = (slots.features @ [v.score, v.coverage] + v.bias for v in (SHIPPED, kept.values))
    assert np.average(after, weights=slots.weight) == pytest.approx(np.average(before, weights=slots.weight))
    assert np.std(after) == pytest.approx(np.std(before)), "as much is offered as before, and as surely"
    forget()
    assert in_use() == kept.values
    assert relevance(hit(3.0, 0.34)) > 0.9 > relevance(hit(6.0, 0.06))
    assert AuditRecord.objects.filter(verb="weights.switched_on", subject_id=kept.version).exists()
    assert f"In use: version {kept.version}" in told() and "300 judged slots of 30 people, 90 held back" in told()


def test_noise_is_kept_as_tried_and_changes_nothing(pieces: list[Entry]) -> None:
    organisation(pieces, who_throws_a_coin, slots=300, people=30)
    said = refit()
    assert said.weights is not None and said.weights.state == "tried" and "was not switched on" in said.words
    assert Weights.now() is None and in_use() == SHIPPED


def test_how_seldom_people_press_a_button_is_no_reason(pieces: list[Entry]) -> None:
    """The shipped balance is right here, but few say useful: the base rate alone moves nothing."""

    def seldom(score: float, coverage: float, chance: float) -> bool:
        return chance < 0.6 / (1 + math.exp(7.0 - 0.8 * score - 10 * coverage))

    organisation(pieces, seldom, slots=330, people=30)
    assert judged().useful.mean() < 0.35
    refit()
    assert Weights.now() is None


def test_too_few_slots_are_not_fitted(pieces: list[Entry]) -> None:
    organisation(pieces, who_prefers_coverage, slots=150, people=30)
    assert told(refit=True) == "Nothing was fitted: 150 slots are judged, and 200 are needed.\n"
    assert not Weights.objects.exists()


def test_nothing_is_fitted_from_so_few_people_that_their_answers_could_be_read(pieces: list[Entry]) -> None:
    organisation(pieces, who_prefers_coverage, slots=240, people=24)
    assert "24 different people judged the older part and 24 the newest, and 25 are needed in each" in told(refit=True)
    assert not Weights.objects.exists()


def test_one_command_goes_back_and_the_night_does_not_overrule_it(pieces: list[Entry]) -> None:
    with pytest.raises(CommandError, match="nothing to go back from"):
        told(back=True)
    organisation(pieces, who_prefers_coverage, slots=300, people=30)
    tasks.refit(timestamp=0)
    (kept,) = Weights.objects.all()
    assert kept.state == "in_use"
    assert f"Version {kept.version} is set aside; the weights that were shipped in use again" in told(back=True, reason="odd")
    forget()
    assert in_use() == SHIPPED
    assert AuditRecord.objects.get(verb="weights.taken_back").detail.text == '{"reason": "odd", "to": null}'
    tasks.refit(timestamp=0)
    assert Weights.objects.count() == 1 and Weights.now() is None


def test_back_returns_to_the_version_before(db: None) -> None:
    figures = {"slots": 300, "held_back": 90, "people": 30, "gain": 0.1, "gain_low": 0.05, "gain_high": 0.2, "confidence": 0.95}
    first, second = (Weights.objects.create(bias=-3, score=1, coverage=n, **figures) for n in (12, 14))
    first.switch_on()
    second.switch_on()
    assert (in_use(), Weights.objects.get(pk=first.pk).state) == (Values(-3, 1, 14), "set_aside")
    for expected in (Values(-3, 1, 12), SHIPPED):
        told(back=True)
        forget()
        assert in_use() == expected


def test_a_night_tries_when_as_much_is_new_as_was_tried_and_then_asks_for_more_certainty(pieces: list[Entry]) -> None:
    organisation(pieces, who_throws_a_coin, slots=300, people=30)
    tasks.refit(timestamp=0)
    tasks.refit(timestamp=0)
    (first,) = Weights.objects.all()
    assert first.confidence == pytest.approx(0.95)
    assert told(refit=True) == f"Nothing was fitted: nothing has been shown and judged since version {first.version} was tried.\n"
    for days, tried in ((2, 1), (30, 2)):  # an hour between slots: fifty are new, then all
        Weights.objects.update(made_at=timezone.now() - timedelta(days=days))
        tasks.refit(timestamp=0)
        assert Weights.objects.count() == tried
    assert Weights.objects.last().confidence == pytest.approx(1 - 0.05 / 4)  # type: ignore[union-attr]


def test_openings_and_closed_circles_are_never_learnt_from(pieces: list[Entry], cecilia: Person, bjorn: Person) -> None:
    organisation(pieces, who_prefers_coverage, slots=30, people=30)
    assert len(judged()) == 30
    more: dict[str, Any] = {"building": "A tool", "help_needed": "Somebody who reads curves", "extent": "full"}
    Opening.publish(by=cecilia, title="A role", **more)
    article(cecilia, "Closed", ICE, group=circle(cecilia, bjorn))
    for entry in Entry.objects.unrestricted("test").exclude(pk__in=[piece.pk for piece in pieces]):
        organisation([entry], who_prefers_coverage, slots=1, people=1, seed=entry.pk + 100)
    openings = Entry.objects.unrestricted("test").filter(kind="opening")
    assert openings.exists() and len(judged()) == 30
    openings.update(is_evidence=True)
    assert len(judged()) == 30, "were an opening ever evidence, it would still be no post"
    organisation(pieces, who_prefers_coverage, slots=5, people=5, seed=8, moment="opening")
    assert len(judged()) == 30, "nor by a moment that is neither earlier work nor a stranger"
    organisation(pieces, who_prefers_coverage, slots=5, people=5, seed=9, moment=Moment.REUSE)
    assert len(judged()) == 35


@pytest.fixture
def offered(house: dict[str, Any], astrid: Person, bjorn: Person, cecilia: Person) -> Suggestion:
    """Björn's post, shown to Astrid."""
    everyday(cecilia)
    article(astrid, "Thickness by ringing", ICE)
    article(bjorn, "Listening to the lake", ICE_TOO)
    suggest_for(astrid)
    row: Suggestion = Suggestion.objects.visible_to(astrid).get()
    return row


def test_what_relevance_was_made_of_is_kept_with_what_is_shown(offered: Suggestion, astrid: Person) -> None:
    shown = Exposure.objects.visible_to(astrid).get()
    assert offered.rel_score is not None and offered.rel_coverage
    assert (shown.rel_score, shown.rel_coverage) == (offered.rel_score, offered.rel_coverage)


def test_what_counts_as_a_judgement(offered: Suggestion, astrid: Person) -> None:
    assert len(judged()) == 0, "shown is not judged"
    for said, useful in (("useful", [1.0]), ("wrong_topic", [0.0]), ("hide", [0.0]), ("i_know_them", []), ("not_now", [])):
        answered(astrid, offered, said)
        assert judged().useful.tolist() == useful, said


def test_shown_and_ignored_on_three_days_is_a_no(offered: Suggestion, astrid: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    start = timezone.now()
    for day in range(1, 4):
        monkeypatch.setattr(timezone, "now", lambda day=day: start + timedelta(days=day))
        standing_for(astrid)
        assert judged().useful.tolist() == ([0.0] if day == 3 else [])
    Suggestion.objects.unrestricted("test").all().delete()
    assert judged().useful.tolist() == [0.0], "also when something better took its place"


def test_a_slot_that_was_seldom_drawn_weighs_more_but_never_more_than_twenty(pieces: list[Entry]) -> None:
    organisation(pieces, who_prefers_coverage, slots=30, people=30)
    first, second = Exposure.objects.unrestricted("test").order_by("at")[:2]
    for row, propensity in ((first, 0.5), (second, 0.001)):
        row.propensity = propensity
        row.save()
    assert judged().weight[:3].tolist() == pytest.approx([2.0, 20.0, 1 / 0.88])


def test_answers_that_neither_score_nor_coverage_explains_are_not_fitted(pieces: list[Entry]) -> None:
    organisation(pieces, lambda score, coverage, chance: score + 20 * coverage < 8, slots=300, people=30)
    assert learn(judged(), SHIPPED) is None
    assert "neither score nor coverage" in refit().words
