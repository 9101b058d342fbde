"""Moderately far is best: the same room is no coincidence, and nor is the other end of the world."""

from traff.heart.matching.unexpected import Standing, unexpectedness, unit_distance

KIRUNA = Standing(unit_path=(1, 2, 5), place_id=1)
TAMPERE = Standing(unit_path=(1, 3), place_id=2)


def test_three_steps_away_beats_two_and_four() -> None:
    two, three, four = (unexpectedness(KIRUNA, TAMPERE, hops=hops, shared_contacts=0) for hops in (2, 3, 4))
    assert two < four < three


def test_a_colleague_of_the_same_unit_and_place_is_the_least_unexpected() -> None:
    assert unexpectedness(KIRUNA, KIRUNA, hops=1, shared_contacts=1) == 0


def test_what_is_not_known_counts_neither_as_same_nor_as_other() -> None:
    nowhere = Standing()
    assert unit_distance(KIRUNA, nowhere) == 0.5
    same, unknown, other = (unexpectedness(KIRUNA, who, hops=3, shared_contacts=0) for who in (KIRUNA, nowhere, TAMPERE))
    assert same < unknown < other
