"""What the money of a measure says about its delivery, year by year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from cycle.machine.colours import GREEN, RED, YELLOW, Light, after, lit
from cycle.machine.policy import Policy


@dataclass(frozen=True, slots=True)
class Money:
    """The money of one year, in cents, from all sources."""

    year: int
    planned: int = 0  # of the sources that approved something
    approved: int = 0
    committed: int = 0
    spent: int = 0


Lines = Sequence[Money]


def overspent(lines: Lines, policy: Policy, today: date) -> Light:
    """Find that more is spent and bound than was approved for the year."""
    money = _of_year(lines, today)
    if money is None or money.spent + money.committed <= money.approved:
        return Light(GREEN)
    share = Decimal(money.spent + money.committed) / money.approved
    colour = RED if share > policy.money_red else YELLOW
    return lit(colour, "money_over", year=str(money.year), percent=_percent(share))


def unspent(lines: Lines, policy: Policy, today: date) -> Light:
    """Find that late in the year hardly any money has flowed."""
    money = _of_year(lines, today)
    if money is None or today < _late_in(money.year, policy):
        return Light(GREEN)
    share = Decimal(money.spent) / money.approved
    if share >= policy.money_low:
        return Light(GREEN)
    return lit(YELLOW, "money_unspent", year=str(money.year), percent=_percent(share))


def cut(lines: Lines, today: date) -> Iterator[Light]:
    """Find the years, this one or later, for which less was approved than planned."""
    for money in lines:
        if money.year >= today.year and 0 < money.approved < money.planned:
            kept = _percent(Decimal(money.approved) / money.planned)
            yield lit(YELLOW, "budget_cut", year=str(money.year), percent=kept)


def days_of_money(lines: Lines, policy: Policy) -> set[date]:
    """Give the days on which money may change a light by itself."""
    days = set()
    for money in lines:
        last = date(money.year, 12, 31)
        days |= {date(money.year, 1, 1), _late_in(money.year, policy), after(last)}
    return days


def _of_year(lines: Lines, today: date) -> Money | None:
    """Give the money of the year; without an approved amount nothing can be compared."""
    return next((m for m in lines if m.year == today.year and m.approved > 0), None)


def _late_in(year: int, policy: Policy) -> date:
    """Give the day on which the share of the year has passed after which money should flow."""
    first = date(year, 1, 1)
    days = (date(year, 12, 31) - first).days + 1
    return first + timedelta(days=max(ceil(policy.money_low_after * days), 1) - 1)


def _percent(share: Decimal) -> str:
    return str(int(share * 100))
