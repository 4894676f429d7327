"""How a town's settings are kept: JSON of what differs from its preset, the same for the same."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from cycle.errors import Unavailable
from cycle.i18n import N_
from cycle.machine.chain import canonical
from cycle.machine.policy import PRESETS
from cycle.machine.policy_fields import FIELDS, GUARD_SETS, ROLES_OF

Settings = Mapping[str, Any]  # what a town set otherwise than its preset, by name


def written(settings: Settings, preset: str) -> str | None:
    """Write what differs from the preset; None where nothing does."""
    usual = PRESETS[preset]
    own = {name: spelled(v) for name, v in settings.items() if v != getattr(usual, name)}
    return canonical(own) if own else None


def spelled(value: object) -> object:
    """Give a value as JSON holds it: shares as text, so that they stay exact."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {move: sorted(roles) for move, roles in value.items()}
    return value


def read(text: str | None) -> Settings:
    """Read what a town set; Unavailable where nobody can make sense of it."""
    if not text:
        return {}
    try:
        return {name: _value(name, value) for name, value in _object(json.loads(text)).items()}
    except (TypeError, ValueError, RecursionError, InvalidOperation) as broken:
        raise Unavailable(
            N_("The policy kept in the store cannot be read."),
            code="policy_unreadable",
            fix=N_("`cycle policy reset` goes back to the preset; then set it anew."),
        ) from broken


def _object(found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise TypeError
    return found


def _value(name: str, value: object) -> object:
    """Turn one value of JSON into what the policy holds; an error of Python's where it cannot."""
    if name in GUARD_SETS:
        return frozenset(_words(value))
    if name == ROLES_OF:
        return {move: tuple(_words(roles)) for move, roles in _object(value).items()}
    field = FIELDS.get(name)
    if field is None:
        raise ValueError(name)
    if field.kind is Decimal and type(value) is str:
        return Decimal(value)
    if type(value) is field.kind or (field.empty and value is None):
        return value
    raise ValueError(name)


def _words(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError
    return value
