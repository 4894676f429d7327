"""Who stands in for whom, and when."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.errors import Forbidden
from cycle.i18n import N_
from cycle.reading.door import Reader


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
