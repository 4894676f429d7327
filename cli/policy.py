"""`cycle policy`: how strict the town is with itself, and every number it can set."""

import json
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cli import choices
from cli.deeds import said, use_case
from cli.desk import Desk
from cli.frame import Arg, Verb, arg, one_of, switch
from cli.lists import put_rows
from cli.values import code, number, whole
from cycle.i18n import N_, Tongue
from cycle.machine.policy_fields import FIELDS, Field

if TYPE_CHECKING:
    from cycle.machine.policy_change import Change
    from cycle.store.unit import Unit

_YES, _NO = frozenset(("yes", "ja", "true", "on")), frozenset(("no", "nein", "false", "off"))
_OPEN = frozenset(("", "none", "keine"))


class _Rehearsed(Exception):
    """Carries what a change would bring about out of a transaction that is not kept."""

    def __init__(self, change: "Change") -> None:
        super().__init__()
        self.change = change


def _show(desk: Desk, args: Namespace) -> None:
    from cycle.reading import policy

    with desk.reading() as reader:
        if desk.json:
            found = policy.show(reader, desk.tongue.lang, args.setting)
            desk.put(json.dumps(found, ensure_ascii=False, indent=1))
            return
        rows = policy.settings(reader, desk.tongue.lang, args.setting)
        here = policy.show(reader, desk.tongue.lang)
    if desk.format in ("ndjson", "csv"):
        put_rows(desk, "policy", rows, "name")
    else:
        from cli.show.policy import put

        put(desk, here, rows)


def _guards(desk: Desk, args: Namespace) -> None:  # noqa: ARG001 - as every command
    from cycle.reading import policy

    with desk.reading() as reader:
        rows = policy.conditions(reader, desk.tongue.lang)
    put_rows(desk, "guard", rows, "guard rule origin meaning")


def _does(usecase: str, *names: str) -> Callable[[Desk, Namespace], None]:
    """Make the command of one change of the policy; these arguments go to it in their order."""

    def run(desk: Desk, args: Namespace) -> None:
        words = {"value": _value(args.setting, args.value, desk.tongue)} if "value" in args else {}
        given = {**said(args), **words}
        rehearsed = given.pop("dry_run", False)

        def deed(unit: "Unit") -> "Change":
            made: Change = use_case(f"policy.{usecase}")(unit, *(given.get(n) for n in names))
            if rehearsed:
                raise _Rehearsed(made)
            return made

        try:
            _tell(desk, desk.perform(deed), rehearsed=False)
        except _Rehearsed as would:
            _tell(desk, would.change, rehearsed=True)

    return run


def _tell(desk: Desk, change: "Change", *, rehearsed: bool) -> None:
    from cli.show.policy import told
    from cycle.reading.policy import changed

    lines = told(desk, change)
    if desk.json:
        desk.put(json.dumps({**changed(change), "dry_run": rehearsed}, ensure_ascii=False))
    for line in lines:
        desk.tell(N_("{message}"), message=line)
    if change.milder:
        desk.tell(N_("The town is milder with itself than before; what runs goes on under it."))
    if rehearsed:
        desk.tell(N_("This was a dry run; nothing was written."))


def _value(name: str, text: str, tongue: Tongue) -> object:
    """Read a value as its setting takes it; what cannot be read is left for the policy to tell."""
    field = FIELDS.get(name)
    try:
        return text if field is None else _read(field, text, tongue)
    except ArgumentTypeError:
        return text


def _read(field: Field, text: str, tongue: Tongue) -> Any:  # noqa: ANN401 - as the setting takes it
    word = text.strip().lower()
    if field.empty and word in _OPEN:
        return None
    if field.kind is int:
        return whole(text, tongue)
    if field.kind is Decimal:
        found = number(text, tongue)
        return found / 100 if word.endswith("%") else found
    if field.kind is bool and word in _YES | _NO:
        return word in _YES
    return code(text, tongue)


_SETTING = arg("setting", N_("name of the setting, as `cycle policy show` lists it"), code,
               metavar="NAME")  # fmt: skip
_GUARD = arg("guard", N_("the condition, as `cycle policy guards` lists it"), code,
             metavar="CONDITION")  # fmt: skip
_TRY = switch("--dry-run", N_("only tell what would change"))


def _maybe(each: Arg) -> Arg:
    return Arg(each.name, each.says, each.take, {**each.more, "nargs": "?"})


VERBS = (
    Verb("show", N_("show every setting, what it means and where it comes from"), _show,
         (_maybe(_SETTING),)),
    Verb("guards", N_("list the conditions and what the policy makes of them"),
         _guards),
    Verb(
        "set", N_("set one of them"), _does("set_", "setting", "value"),
        (
            _SETTING,
            arg("value", N_("its new value, such as 45, 90%, yes; -- stands before -0,2"),
                metavar="VALUE"),
            _TRY,
        ),
    ),
    Verb(
        "preset", N_("choose how strict the town is with itself"), _does("preset", "preset"),
        (one_of("preset", choices.of("policy"), N_("light, standard or strict")), _TRY),
    ),
    Verb("reset", N_("go back to the preset, in all or in one thing"), _does("reset", "setting"),
         (_maybe(_SETTING), _TRY)),
    Verb("soften", N_("let a condition only be noted as owed"), _does("soften", "guard"),
         (_GUARD, _TRY)),
    Verb("block", N_("let a condition block, whatever the preset"), _does("block", "guard"),
         (_GUARD, _TRY)),
    Verb(
        "roles", N_("leave a step to fewer roles"), _does("narrow", "step", "roles"),
        (
            arg("step", N_("the step, such as approve or round.reopen"), code, metavar="STEP"),
            one_of("roles", choices.ROLES, N_("who may do it"), nargs="+", metavar="ROLE"),
            _TRY,
        ),
    ),
)  # fmt: skip
