"""Who may do what: roles of the account, and for a head of department the own measures only."""

from collections.abc import Collection, Iterable

from cycle.errors import Forbidden
from cycle.i18n import N_
from cycle.machine.policy import Policy
from cycle.store.unit import Unit


def need(unit: Unit, *roles: str) -> str:
    """Give the role in which the actor may do this; Forbidden when none is held."""
    held = [role for role in roles if role in unit.actor.roles]
    if not held:
        raise forbidden(unit, *roles)
    return held[0]


def forbidden(unit: Unit, *roles: str) -> Forbidden:
    """Say who may do this, and how to act as one who may."""
    return Forbidden(
        N_("The account {name} may not do this; it takes one of these roles: {roles}."),
        fix=N_("Name another account with --actor; `cycle account list` shows them."),
        name=unit.actor.name,
        roles=", ".join(sorted(roles)),
    )


def narrowed(policy: Policy, move: str, roles: Iterable[str]) -> frozenset[str]:
    """Give those of the roles the town leaves to a move; Forbidden when it leaves none of them."""
    held = frozenset(roles)
    left = policy.narrowed(move, held)
    if held and not left:
        raise Forbidden(
            N_("The town leaves this step to fewer roles than usual: {roles}."),
            code="roles_narrowed",
            fix=N_("Name another account with --actor; `cycle policy show roles` tells more."),
            roles=", ".join(sorted(policy.roles[move])),
        )
    return left


def own(unit: Unit, lead: str | None, *roles: str) -> str:
    """Give the role in which the actor may touch a measure led by `lead`.

    A head of department touches only the measures of the departments of the account; one that
    no department leads yet is for social planning.
    """
    counting = fitting(unit.actor.units, lead, roles)
    if "department_head" in roles and "department_head" not in counting:
        held = [r for r in counting if r in unit.actor.roles]
        if not held and "department_head" in unit.actor.roles:
            raise _of_another(unit, lead)
    return need(unit, *counting)


def fitting(units: Collection[str], lead: str | None, roles: Iterable[str]) -> list[str]:
    """Give the roles that count for a measure led by `lead`, to who speaks for these departments.

    That of a head counts for the own departments only.
    """
    return [role for role in roles if role != "department_head" or lead in units]


def _of_another(unit: Unit, lead: str | None) -> Forbidden:
    if lead is None:
        return Forbidden(
            N_("No department answers for it yet; the account {name} acts for its own only."),
            code="other_department",
            fix=N_("Name the department with --lead where you log it, or ask social planning."),
            name=unit.actor.name,
        )
    return Forbidden(
        N_("The measure belongs to department {lead}, the account {name} to another."),
        code="other_department",
        fix=N_("Ask {lead}, or social planning to do it on their behalf (--for {lead})."),
        lead=lead,
        name=unit.actor.name,
    )
