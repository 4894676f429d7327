"""How strict the town is with itself: settings read, set one by one, and put back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from api.desk import Call
from api.frame import EVERYONE, Made, Route, insist_on
from api.shapes.base import Flag, In, Past, Query, word
from cycle.machine.policy_change import Change
from cycle.machine.policy_fields import FIELDS
from cycle.model.words import PRESETS
from cycle.reading import policy as reading
from cycle.usecases import policy

ADMIN = frozenset({"admin"})
LONGEST = 40  # characters of a word


def _single(value: object) -> object:
    """Take a number, a word, a truth or null; what it must be is for the policy to tell."""
    right = value is None or isinstance(value, bool | int | float)
    if right or (isinstance(value, str) and len(value) <= LONGEST):
        return value
    raise PydanticCustomError("single", "is no number, word or truth")


Value = Annotated[Any, BeforeValidator(_single)]


class Trial(Query):
    """Whether it is only tried."""

    dry_run: bool = Field(default=False, description="Tell what would change; change nothing.")


class SettingIn(In):
    """The new value of a setting, as `GET /v1/policy` shows it."""

    value: Value = Field(json_schema_extra={"type": ["number", "string", "boolean", "null"]})
    dry_run: Flag = Field(default=False, description="Tell what would change; change nothing.")


class PresetIn(In):
    """How strict the town is with itself."""

    preset: str = word(PRESETS)
    dry_run: Flag = Field(default=False, description="Tell what would change; change nothing.")


def _show(call: Call) -> Any:  # noqa: ANN401 - JSON
    return reading.show(call.reader, call.lang)


def _change(call: Call, do: Callable[[], Change], *, dry_run: bool) -> Made:
    """Make a change in the version that was seen, and tell what it brings about."""
    wanted = call.request.headers.get("If-Match", "*").strip()
    if wanted != "*":
        insist_on(wanted, call.unit.town.version)
    change = reading.changed(do())
    shown = {**reading.show(call.at(), call.lang), "change": change}
    return Made("", "", shown=shown, undo=dry_run)


def _set(call: Call) -> Made:
    name, value = call.path["name"], call.body.value
    kind = FIELDS[name].kind if name in FIELDS else None
    if kind is Decimal and isinstance(value, int | float) and not isinstance(value, bool):
        value = Decimal(str(value))
    return _change(call, lambda: policy.set_(call.unit, name, value), dry_run=call.body.dry_run)


def _choose(call: Call) -> Made:
    return _change(
        call, lambda: policy.preset(call.unit, call.body.preset), dry_run=call.body.dry_run
    )


def _reset(call: Call) -> Made:
    name = call.path["name"]
    return _change(call, lambda: policy.reset(call.unit, name), dry_run=call.query.dry_run)


ROUTES = (
    Route(
        method="GET", path="/v1/policy", name="show_policy", rights=EVERYONE, run=_show,
        says="Every setting of the town, what it means and where it comes from", query=Past,
        answer=dict[str, Any],
    ),
    Route(
        method="GET", path="/v1/policy/guards", name="list_guards", rights=EVERYONE,
        says="The conditions, and what the policy makes of them", query=Past,
        run=lambda call: reading.conditions(call.reader, call.lang),
        answer=list[reading.GuardRow],
    ),
    Route(
        method="PUT", path="/v1/policy/preset", name="choose_preset", rights=ADMIN, run=_choose,
        says="Choose how strict the town is with itself", body=PresetIn, matches=True,
        answer=dict[str, Any],
    ),
    Route(
        method="PUT", path="/v1/policy/{name}", name="set_policy", rights=ADMIN, run=_set,
        says="Set one thing of the policy", body=SettingIn, matches=True, answer=dict[str, Any],
        example={"value": 45},
    ),
    Route(
        method="DELETE", path="/v1/policy/{name}", name="reset_policy", rights=ADMIN, run=_reset,
        says="Go back to the preset in one thing", query=Trial, matches=True,
        answer=dict[str, Any],
    ),
)  # fmt: skip
