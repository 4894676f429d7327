"""To take back one's own last deed where nobody has gone on from it.

Nothing is erased: the journal keeps the deed and tells of the counter-deed that names it. What a
deed changed is again what it was; steps, ties and dates that came with it are gone again. What
people know by a key stays: a measure that was logged is cancelled as entered in error, a goal is
dropped. A deed can be taken back on the day of the town on which it was done: what stood
overnight has been read and counted by others, and is mended by a deed of its own.
"""

from collections.abc import Mapping
from typing import Any, Final

from cycle.errors import Conflict
from cycle.i18n import N_
from cycle.machine.chain import BLACKED
from cycle.machine.facts import Ask
from cycle.machine.measures import TOLD
from cycle.machine.policy import Policy
from cycle.model.columns import Entity
from cycle.model.goals import Goal
from cycle.model.measures import Measure, MeasureGoal
from cycle.model.town import OrgUnit
from cycle.reading.cover import covered
from cycle.reading.deeds import UNDONE, Deed, Told, built_on, images, last_own
from cycle.reading.measures import hidden
from cycle.reading.town import town
from cycle.store.restoring import record_at, set_back, swap_back
from cycle.store.unit import Unit
from cycle.usecases import lookup, moves, ratings
from cycle.usecases.rights import narrowed, need, own

MANY: Final = 1000  # events of one deed that can be taken back at once
KEYED: Final = frozenset(  # what people know by a key stays, whatever becomes of it
    {
        "area", "area_scheme", "body", "cycle", "decision", "evaluation", "field_of_action",
        "finding", "goal", "indicator", "measure", "org_unit", "paper", "recommendation", "report",
    }
)  # fmt: skip
BACK: Final[Mapping[str, frozenset[str]]] = {  # what can be taken back, by what it was done to
    "measure": frozenset(TOLD.values()) | {"edited", "replanned", "committed", "succeeded"},
    "goal": frozenset({"added", "edited", "agreed", "adopted", "target_set", "revised", "restated",
                       "rated"}),
    "finding": frozenset({"edited", "responded", "acknowledged"}),
    "recommendation": frozenset({"answered"}),
    "consequence": frozenset({"assessed", "countersigned", "reopened"}),
    "participation": frozenset({"added"}),
    "enforcement": frozenset({"added"}),
    "budget_line": frozenset({"set", "carried_over"}),
    "milestone": frozenset({"added", "done", "dropped"}),
    "progress": frozenset({"reported"}),
    "evaluation_plan": frozenset({"planned"}),
    "disposition": frozenset({"decided"}),
    "waiver": frozenset({"granted"}),
    "light_override": frozenset({"light_set", "light_lifted"}),
    "cycle": frozenset({"planned"}),
}  # fmt: skip
_INSTEAD: Final = {  # what is done where a deed cannot be taken back
    "measure": N_("Cancel it: `cycle measure cancel {key} --code entered_in_error`."),
    "finding": N_("Say so in it: `cycle finding edit {key} --text TEXT`."),
    "recommendation": N_("Answer it: `cycle recommendation answer {key} --response rejected`."),
    "decision": N_("Correct it: `cycle decision correct {key}`."),
    "evaluation": N_("Correct it: `cycle evaluation add --corrects {key}`."),
    "observation": N_("Record the right value: `cycle observation add`; the last one counts."),
    "cycle": N_("Go back a stage: `cycle round reopen {key} --stage STAGE --reason TEXT`."),
    "municipality": N_("Set it anew: `cycle policy set NAME VALUE`."),
    "account": N_("Change it: `cycle account edit {key}`, or `cycle account disable {key}`."),
    "token": N_("End it: `cycle token revoke {key}`."),
    "webhook": N_("Change it: `cycle webhook edit {key}`."),
}  # fmt: skip
_MOVES: Final = {told: name for name, told in TOLD.items()}


def take_back(unit: Unit, key: str | None = None) -> Deed:
    """Take back the last deed of who acts, or the last on the record of that key.

    Gives the deed that was taken back. Raises Conflict where there is none, where it is not of
    today, where somebody has gone on from it and where it is of a kind that stays; Forbidden
    where it could not be done any more either.
    """
    found = _found(unit, key)
    _insist(unit, found)
    if any(_makes(each) for each in found.told):
        _withdraw(unit, found)
    else:
        _restore(unit, found)
    return found


def _found(unit: Unit, key: str | None) -> Deed:
    """Give the deed that is meant."""
    found = last_own(unit.reading(), unit.actor.account_id, key)
    if found is None:
        raise Conflict(
            N_("There is nothing of yours to take back."),
            code="nothing_to_undo",
            fix=N_("`cycle journal` shows who did what; each account takes back its own deeds."),
        )
    if found.day != unit.day:
        raise Conflict(
            N_("Your last deed here, on {key}, is of {day}; only what was done today is taken"
               " back."),
            code="undo_too_late",
            fix=N_("`cycle journal {key}` shows it; mend it by a deed of its own."),
            key=found.told[-1].key,
            day=found.day,
        )  # fmt: skip
    return found


def _insist(unit: Unit, found: Deed) -> None:
    """Refuse what stays, what others go on from, and what could not be done any more."""
    stay = [each for each in found.told if each.action not in BACK.get(each.entity, ())]
    if stay:
        raise _stays(next((each for each in stay if each.entity in _INSTEAD), stay[0]))
    made = [each for each in found.told if _makes(each)]
    if len(found.told) > MANY or len([each for each in made if each.entity == "measure"]) > 1:
        raise Conflict(
            N_("{count} records came by one deed; so many are not taken back at once."),
            code="undo_of_many",
            fix=N_("`cycle measure list --format plain | cycle measure cancel - --code"
                   " entered_in_error` takes those that you name."),
            count=len(found.told),
        )  # fmt: skip
    named = {each.entity_id for each in made}
    if any(t in KEYED and key[0] not in named and row and "id" in row
           for (t, key), row in found.rows.items()):  # fmt: skip
        raise _stays(found.told[0])
    if since := built_on(unit.reading(), found):
        unseen = hidden(unit.reading(), unit.actor.sight, since)
        raise Conflict(
            N_("Others have gone on from it since: {keys}."),
            code="built_on",
            fix=N_("`cycle journal {key}` shows what was done; take back the later deeds first,"
                   " or mend it by a deed of its own."),
            keys=", ".join([key for key in since if key not in unseen][:5]) or "…",
            key=found.told[-1].key,
        )  # fmt: skip
    _allowed(unit, found)


def _stays(told: Told) -> Conflict:
    return Conflict(
        N_("What was done to {key} is not taken back: others may rely on it."),
        code="stays",
        fix=_INSTEAD.get(told.entity, N_("`cycle journal {key}` shows it; mend it by a deed of"
                                         " its own.")),
        key=told.key,
    )  # fmt: skip


def _allowed(unit: Unit, found: Deed) -> None:
    """Refuse who could not do it any more."""
    policy: Policy = town(unit.reading()).policy
    for each in found.told:
        need(unit, each.role)
        if each.entity == "measure":
            lead = unit.get(Measure, each.entity_id).lead_id
            own(unit, unit.get(OrgUnit, lead).code if lead else None, each.role)
            narrowed(policy, _MOVES.get(each.action, ""), {each.role})


def _makes(told: Told) -> bool:
    """Tell whether something that people know by a key began with this event."""
    return told.entity in KEYED and told.from_state is None and told.to_state == "draft"


def _withdraw(unit: Unit, found: Deed) -> None:
    """Let what was made end as an error; its key stays."""
    for each in reversed(found.told):
        if each.entity == "measure":
            moves.move(unit, each.key, "cancel", Ask(code="entered_in_error"))
            record: Entity = lookup.measure(unit, each.key)
        else:
            says = "entered in error"
            record = ratings.rate(unit, each.key, status="dropped", text=says)
        unit.tell(record, UNDONE, role=each.role, deed=found.last, took_back=[each.action])


def _restore(unit: Unit, found: Deed) -> None:
    """Let every row be as it was before."""
    before = images(unit.reading(), found)
    if any(BLACKED in (image or {}).values() for image in before.values()):
        raise _stays(found.told[0])
    set_back(unit, before)
    _tell(unit, found, gone={key[0] for (_, key), row in before.items() if row is None})
    swap_back(unit, before)
    _recheck(unit, found)


def _tell(unit: Unit, found: Deed, gone: set[str]) -> None:
    """Tell of every record once that the deed on it was taken back."""
    records: dict[str, list[Told]] = {}
    for each in found.told:
        records.setdefault(each.entity_id, []).append(each)
    for id_, told in records.items():
        first, last = told[0], told[-1]
        facts: dict[str, Any] = {"deed": found.last, "took_back": [each.action for each in told]}
        move, role = (last.to_state, first.from_state), last.role
        record = None if id_ in gone else record_at(unit, (first.entity, (id_,)))
        if isinstance(record, Entity):
            unit.tell(record, UNDONE, key=first.key, move=move, role=role, **facts)
        else:
            unit.note(first.entity, id_, first.key, UNDONE, facts, move=move, role=role)


def _recheck(unit: Unit, found: Deed) -> None:
    """Tell anew of the goals of measures that were moved whether a live one serves them."""
    for each in found.told:
        if each.entity == "measure" and each.from_state != each.to_state:
            for tie in lookup.every(unit, MeasureGoal, measure_id=each.entity_id):
                unit.get(Goal, tie.goal_id).uncovered = not covered(unit.reading(), tie.goal_id)
