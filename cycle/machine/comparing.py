"""What a value under an old definition of an indicator is worth under a later one."""

from collections.abc import Iterable
from decimal import Decimal

Change = tuple[str, Decimal | None]  # comparable with the definition before, and by which factor


def factor(changes: Iterable[Change]) -> Decimal | None:
    """Multiply the factors of successive definitions; None where one cannot be compared."""
    found = Decimal(1)
    for comparable, by in changes:
        if comparable == "no":
            return None
        found *= by if comparable == "with_factor" and by is not None else 1
    return found


def worth(value: Decimal | None, by: Decimal | None) -> Decimal | None:
    """Give a value under the later definition; None where that is not known."""
    return None if value is None or by is None else value * by
