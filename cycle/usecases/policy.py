"""The policy a town chose, built from its own record."""

from cycle.machine.policy import Policy, chosen
from cycle.model.town import Municipality


def policy(town: Municipality) -> Policy:
    """Give the preset of the town with what its own record says otherwise."""
    return chosen(town.preset, youth_office=town.youth_office)
