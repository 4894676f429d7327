"""The town as every screen needs it: name, policy, day."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from cycle.errors import Unavailable
from cycle.i18n import N_
from cycle.machine.days import months_later
from cycle.reading.door import Reader

if TYPE_CHECKING:
    from cycle.machine.policy import Policy
    from cycle.machine.policy_text import Settings


@dataclass(frozen=True, slots=True)
class TownRow:
    """One line of the municipality."""

    name: str
    ags: str
    fictional: bool
    preset: str
    youth_office: bool
    started_on: date
    day: date | None
    settings: str | None = None  # JSON: what the town set otherwise than its preset

    @property
    def own(self) -> "Settings":
        """Give what the town set otherwise; Unavailable where nobody can read it any more."""
        from cycle.machine.policy_text import read  # noqa: PLC0415 - as in _policy

        return read(self.settings)

    @property
    def policy(self) -> "Policy":
        """Give the policy in force: the preset and the town's own settings."""
        return _policy(self.preset, self.preset, self.youth_office, self.settings)

    def policy_of(self, raised_to: str | None) -> "Policy":
        """Give the policy of one measure, which may be raised above the town's."""
        return _policy(self.preset, raised_to or self.preset, self.youth_office, self.settings)

    @property
    def take_over_until(self) -> date:
        """Give the last day on which running work may be taken over."""
        return months_later(self.started_on, self.policy.take_over_months)


@lru_cache(maxsize=64)
def _policy(preset: str, to: str, youth_office: bool, settings: str | None) -> "Policy":  # noqa: FBT001 - a key to remember it by
    # Most screens want the name and the day only, and the policies take 10 ms to be loaded.
    from cycle.machine.policy import raised  # noqa: PLC0415 - as just told
    from cycle.machine.policy_text import read  # noqa: PLC0415 - as just told

    return raised(preset, to, youth_office=youth_office, overrides=read(settings))


def town(reader: Reader) -> TownRow:
    """Give the municipality of this store; Unavailable where none was founded yet."""
    return reader.once(_town)


def _town(reader: Reader) -> TownRow:
    found = reader.one(
        "SELECT name, ags, fictional, preset, youth_office, started_on, day,"
        " policy AS settings FROM municipality WHERE id = :m",
        TownRow,
    )
    if found is None:
        raise Unavailable(
            N_("The store is empty: no municipality was founded in it."),
            code="store_empty",
            fix=N_("Found one with `cycle init --name NAME --ags AGS`."),
        )
    return found
