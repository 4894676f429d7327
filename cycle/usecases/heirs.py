"""What a merge or split must name before it begins: who goes, who stays, and how much of it."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cycle.errors import Fault, Forbidden
from cycle.i18n import N_
from cycle.model.cycles import Cycle
from cycle.store.unit import Unit
from cycle.usecases import given, lookup, stages, standing
from cycle.usecases.minutes import ADOPTED


def check(
    unit: Unit,
    sources: Sequence[str],
    into: Sequence[str],
    shares: Sequence[Fraction],
    decision: str | None,
) -> None:
    """Raise Invalid with every fault; Conflict where a successor's round is closed."""
    if len(sources) > 1 and len(into) > 1:
        raise Forbidden(
            N_("Merge several measures into one, or split one into several, not both at once."),
            fix=N_("Do it in two steps: `cycle measure merge`, then `cycle measure split`."),
        )
    given.insist(
        *_twice("keys", sources),
        *_twice("into", into),
        *(_itself(key) for key in into if key in sources),
        *_shares(shares, max(len(sources), len(into))),
        _decides_nothing(unit, decision),
    )
    for key in into:
        stages.writable(unit.get(Cycle, lookup.measure(unit, key).cycle_id))


def _twice(name: str, keys: Sequence[str]) -> Iterator[Fault]:
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        yield Fault(name, "named_twice", N_("{key} is named twice."), {"key": key})


def _itself(key: str) -> Fault:
    return Fault("into", "itself", N_("{key} cannot take its own place."), {"key": key})


def _shares(shares: Sequence[Fraction], links: int) -> Iterator[Fault]:
    """Find shares that are no part of the whole, or more or fewer than there are measures."""
    for share in shares:
        if not 0 < share <= 1:
            says = N_("A share lies above 0 and is at most 1.")
            yield Fault("share", "out_of_range", says)
    if shares and len(shares) != links:
        says = N_("There are {count} shares for {links} measures; each has one.")
        yield Fault("share", "miscounted", says, {"count": len(shares), "links": links})


def _decides_nothing(unit: Unit, key: str | None) -> Fault | None:
    record = standing.decision(unit, key) if key else None
    if record is None or record.result in ADOPTED:
        return None
    says = N_("The decision {key} adopted nothing; its result is {result}.")
    return Fault("decision", "not_adopted", says, {"key": key, "result": record.result})
