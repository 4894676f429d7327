"""How far somebody sees: by the roles held, and by the departments spoken for."""

from dataclasses import dataclass
from typing import Final

DRAFTS: Final = "('draft', 'targeted')"  # internal until they are given to the committees
OUTSIDE: Final = frozenset({"reader", "evaluator"})  # see what is published
OWN: Final = frozenset({"department_head", "evaluator"})  # see the drafts of their departments


@dataclass(frozen=True, slots=True)
class Sight:
    """What an account may see."""

    roles: frozenset[str]
    units: frozenset[str] = frozenset()  # codes of its departments

    @property
    def whole(self) -> bool:
        """Tell whether every draft of every department is seen; an evaluator of none sees all."""
        robot = "evaluator" in self.roles and not self.units
        return robot or bool(self.roles - OWN - OUTSIDE)

    @property
    def internal(self) -> bool:
        """Tell whether more than what is published is seen: papers, decisions, open ends."""
        return bool(self.roles - OUTSIDE)

    @property
    def drafts_of(self) -> tuple[str, ...] | None:
        """Give the departments whose drafts alone are seen; None where all or none are."""
        return tuple(sorted(self.units)) if self.internal and not self.whole else None

    @property
    def accounts(self) -> bool:
        """Tell whether accounts are seen."""
        return "admin" in self.roles

    def inside(self, lead: str | None) -> bool:
        """Tell whether the internal words of a measure led by `lead` are seen."""
        return bool(self.roles - OWN - OUTSIDE) or (
            "department_head" in self.roles and lead in self.units
        )
