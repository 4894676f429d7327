from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cycle.machine.shares import TOLERANCE, parts, parts_of, whole

WEIGHTS = st.lists(st.integers(1, 1000), min_size=1, max_size=6)
PEOPLE = st.integers(0, 10**6)


def _shares(weights: list[int]) -> list[Fraction]:
    return [Fraction(each, sum(weights)) for each in weights]


@given(PEOPLE, WEIGHTS)
def test_parts_make_the_whole_and_none_is_off_by_a_person(amount: int, weights: list[int]) -> None:
    shares = _shares(weights)
    found = list(parts(amount, shares))
    assert sum(found) == amount
    assert all(part >= 0 for part in found)
    exact = [amount * share for share in shares]
    assert all(abs(part - want) <= 1 for part, want in zip(found, exact, strict=True))


@given(PEOPLE, PEOPLE, WEIGHTS)
def test_no_part_has_more_of_them_than_people(some: int, others: int, weights: list[int]) -> None:
    found = list(parts_of(some, some + others, _shares(weights)))
    assert sum(n for n, _ in found) == some
    assert sum(d for _, d in found) == some + others
    assert all(0 <= n <= d for n, d in found)


def test_cases_may_outnumber_people() -> None:
    assert list(parts_of(30, 10, [Fraction(1, 2), Fraction(1, 2)])) == [(15, 5), (15, 5)]


def test_rounded_shares_still_lose_nobody() -> None:
    thirds = [Fraction("0.333")] * 3
    assert whole(thirds)
    assert sum(parts(1000, thirds)) == 1000


def test_shares_may_miss_one_by_a_thousandth_and_no_more() -> None:
    assert whole([1 - TOLERANCE])
    assert whole([1 + TOLERANCE])
    assert not whole([1 - TOLERANCE - Fraction(1, 10**6)])
    assert not whole([1 + TOLERANCE + Fraction(1, 10**6)])
    assert not whole([])
