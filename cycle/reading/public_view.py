"""Whether the public view is open; without it nobody outside is shown anything."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.reading.door import Reader


@dataclass(frozen=True, slots=True)
class PublicState:
    """Where the public view stands; accounts are not named, roles are."""

    open: bool
    proposed_on: date | None = None
    proposed_as: str | None = None
    opened_on: date | None = None
    waits_for: str | None = None  # the role that may confirm it


@dataclass(frozen=True, slots=True)
class _Kept:
    proposed_on: date
    proposed_as: str
    opened_on: date | None


_CURRENT: Final = """
SELECT proposed_on, proposed_as, opened_on FROM public_view
WHERE municipality_id = :m AND closed_on IS NULL ORDER BY id DESC LIMIT 1
"""
_OTHER: Final = {"admin": "steering", "steering": "admin"}


def state(reader: Reader) -> PublicState:
    """Tell whether the public view is open, or who has to confirm that it is opened."""
    return reader.once(_state)


def _state(reader: Reader) -> PublicState:
    found = reader.one(_CURRENT, _Kept)
    if found is None:
        return PublicState(open=False)
    return PublicState(
        open=found.opened_on is not None,
        proposed_on=found.proposed_on,
        proposed_as=found.proposed_as,
        opened_on=found.opened_on,
        waits_for=None if found.opened_on else _OTHER[found.proposed_as],
    )


def insist_open(reader: Reader) -> None:
    """Raise NotFound where the town shows nothing to the public."""
    if not state(reader).open:
        raise NotFound(N_("This town shows nothing here to the public."), code="not_public")
