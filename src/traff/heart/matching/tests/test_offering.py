"""What is offered, out of what fits."""

from dataclasses import replace

from traff.heart.matching.offering import Fit, diverse, freshness, rank

FIT = Fit(entry_id=1, author_id=1, relevance=0.8, reasons=("korrosion", "värmeväxlare", "klorid"), age_days=10, unit_id=1)


def ranked(*fits: Fit, unexpected: dict[int, float] | None = None, unwanted: set[str] | None = None) -> list[int]:
    offers = rank(fits, unexpected=unexpected or {}, exposure={}, unwanted=unwanted or set())
    return [offer.fit.entry_id for offer in offers]


def test_unexpected_alone_never_passes() -> None:
    assert ranked(replace(FIT, relevance=0.05), unexpected={1: 1.0}) == []


def test_no_reason_not_shown() -> None:
    assert ranked(replace(FIT, reasons=())) == []
    assert ranked(FIT, unwanted={"korrosion"}) == []


def test_two_words_are_too_few_unless_one_is_a_concept() -> None:
    two = replace(FIT, reasons=("korrosion", "klorid"))
    assert ranked(two) == []
    assert ranked(replace(two, named=frozenset({"korrosion"}))) == [1]


def test_of_two_that_fit_equally_the_more_unexpected_comes_first() -> None:
    near, far = FIT, replace(FIT, entry_id=2, author_id=2)
    assert ranked(near, far, unexpected={1: 0.1, 2: 0.9}) == [2, 1]


def test_one_card_an_author_and_a_unit() -> None:
    same_author = replace(FIT, entry_id=2, relevance=0.9)
    same_unit = replace(FIT, entry_id=3, author_id=3)
    elsewhere = replace(FIT, entry_id=4, author_id=4, unit_id=2)
    offers = rank([FIT, same_author, same_unit, elsewhere], unexpected={}, exposure={}, unwanted=set())
    assert [offer.fit.entry_id for offer in diverse(offers, most=3)] == [2, 4]


def test_old_experience_is_never_worth_nothing() -> None:
    assert freshness(0) == 1
    assert freshness(3650) > 0.4
