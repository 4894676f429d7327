"""Dividing what was counted: parts by share that make the whole again, to the last person."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

TOLERANCE: Final = Fraction(1, 1000)  # so far may shares, rounded as people write them, miss 1


def whole(shares: Sequence[Fraction]) -> bool:
    """Tell whether shares make one, as far as they were rounded."""
    return abs(sum(shares, Fraction(0)) - 1) <= TOLERANCE


def parts(amount: int, shares: Sequence[Fraction]) -> Iterator[int]:
    """Divide an amount by shares; the parts make it up, none is off by one or more."""
    total, before = sum(shares), Fraction(0)
    for share in shares:
        after = before + share / total
        yield round(amount * after) - round(amount * before)
        before = after


def parts_of(
    numerator: int, denominator: int, shares: Sequence[Fraction]
) -> Iterator[tuple[int, int]]:
    """Divide so many out of so many; no part has more of them than there are people in it."""
    if numerator > denominator:  # cases, of which one person may have several
        yield from zip(parts(numerator, shares), parts(denominator, shares), strict=True)
        return
    others = parts(denominator - numerator, shares)
    for some, rest in zip(parts(numerator, shares), others, strict=True):
        yield some, some + rest
