"""Who stands in for whom, and when."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle import clock
from cycle.errors import Forbidden
from cycle.i18n import N_
from cycle.reading.accounts import AccountRow, actor
from cycle.reading.door import Reader
from cycle.reading.town import town


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """One account that acts for another one for a time."""

    account: str
    for_account: str
    from_day: date
    to_day: date
    ended_on: date | None


_SQL: Final = """
SELECT a.name AS account, o.name AS for_account, d.from_day, d.to_day, d.ended_on
FROM deputy d
JOIN account a ON a.municipality_id = :m AND a.id = d.account_id
JOIN account o ON o.municipality_id = :m AND o.id = d.for_account_id
WHERE d.municipality_id = :m AND {where}
ORDER BY d.from_day, a.name, o.name, d.id
"""
_STANDS_IN: Final = """
SELECT 1 FROM deputy d
JOIN account a ON a.municipality_id = :m AND a.id = d.account_id
JOIN account o ON o.municipality_id = :m AND o.id = d.for_account_id
WHERE d.municipality_id = :m AND a.name = :name AND o.name = :other
  AND d.from_day <= :day AND d.to_day >= :day AND (d.ended_on IS NULL OR d.ended_on > :day)
"""


def listed(
    reader: Reader, *, sees_accounts: bool = False, own: str | None = None
) -> list[DeputyRow]:
    """Give every deputy to admin, to the account `own` those on its side; else Forbidden."""
    if sees_accounts:
        return reader.rows(_SQL.format(where="1 = 1"), DeputyRow)
    if own:
        return reader.rows(_SQL.format(where=":own IN (a.name, o.name)"), DeputyRow, own=own)
    raise Forbidden(
        N_("Who stands in for whom is shown to the system administration and to the two."),
        fix=N_("Name your own account with --actor."),
    )


def stands_in(reader: Reader, name: str, other: str, day: date | None = None) -> AccountRow:
    """Give the account somebody stands in for on a day, the town's own; Forbidden if none.

    The roles are all of the other account: a door that narrows the deputy narrows them too.
    """
    on = day or town(reader).day or clock.today()
    found = actor(reader, other)
    held = reader.value(_STANDS_IN, name=name, other=other, day=on)
    if held is None or found is None or found.disabled_at:
        raise Forbidden(
            N_("{name} does not stand in for {other} on {day}."),
            code="no_deputy",
            fix=N_("`cycle account deputies` shows who stands in for whom, and when."),
            name=name,
            other=other,
            day=on,
        )
    return found
