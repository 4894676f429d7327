"""The policy a town chose, built from its own record."""

from dataclasses import replace

from cycle.machine.policy import PRESETS, Policy
from cycle.model.town import Municipality


def policy(town: Municipality) -> Policy:
    """Give the preset of the town with what its own record says otherwise."""
    return replace(PRESETS[town.preset], youth_office=town.youth_office)
