"""Records by the keys and codes people see."""

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from sqlmodel import SQLModel

from cycle.errors import Conflict, NotFound
from cycle.i18n import N_
from cycle.model.access import Token
from cycle.model.columns import Entity
from cycle.model.cycles import Cycle
from cycle.model.decisions import Body, Decision, Paper
from cycle.model.evaluations import Evaluation
from cycle.model.goals import Goal
from cycle.model.indicators import Indicator
from cycle.model.measures import Measure
from cycle.model.reports import Finding, Recommendation, Report
from cycle.model.space import Area, AreaScheme
from cycle.model.town import Account, FieldOfAction, OrgUnit
from cycle.model.webhooks import Webhook
from cycle.reading.measures import hidden
from cycle.store.records import by, every, keys
from cycle.store.unit import Unit

__all__ = [
    "account", "area", "body", "by", "cycle", "decision", "department", "evaluation", "every",
    "expect", "field", "finding", "goal", "in_sight", "indicator", "measure", "paper",
    "recommendation", "report", "scheme", "sees", "token", "unknown", "valid_on", "webhook",
]  # fmt: skip

R = TypeVar("R", bound=SQLModel)
_NOUNS: dict[type[SQLModel], str] = {
    OrgUnit: "department",
    FieldOfAction: "field",
    Cycle: "round",
    AreaScheme: "area",
}


def _must(unit: Unit, model: type[R], column: str, key: str) -> R:
    found = by(unit, model, **{column: key})
    if found is None:
        raise unknown(unit, model, column, key)
    return found


def unknown(unit: Unit, model: type[SQLModel], column: str, key: str) -> NotFound:
    """Say that nothing is known by this key, and which keys in sight are like it."""
    known = keys(unit, model, column) if _all_in_sight(unit, model) else ()
    near = get_close_matches(key, known, n=3, cutoff=0.6)
    if near:
        return NotFound(
            N_("Nothing is known by the key {key}."),
            fix=N_("Did you mean {near}?"),
            key=key,
            near=", ".join(near),
        )
    return NotFound(
        N_("Nothing is known by the key {key}."),
        fix=N_("`cycle {noun} list` shows what there is."),
        key=key,
        noun=_NOUNS.get(model, model.__name__.lower()),
    )


def _all_in_sight(unit: Unit, model: type[SQLModel]) -> bool:
    """Tell whether every key of this kind may be told to who acts."""
    sight = unit.actor.sight
    if model in {Account, Token, Webhook}:
        return sight.accounts
    if model in {Paper, Decision}:
        return sight.internal
    return model is not Measure or sight.whole


def measure(unit: Unit, key: str) -> Measure:
    """Give the measure of that key, e.g. M-2026-014."""
    return _must(unit, Measure, "ref", key)


def sees(unit: Unit, record: Measure) -> bool:
    """Tell whether who acts sees a measure: drafts of other departments are not for everyone."""
    return not hidden(unit.reading(), unit.actor.sight, [record.ref])


def in_sight(unit: Unit, record: Measure) -> Measure:
    """Give a measure that who acts sees; any other is as unknown as one that is not there."""
    if not sees(unit, record):
        raise unknown(unit, Measure, "ref", record.ref)
    return record


def goal(unit: Unit, key: str) -> Goal:
    """Give the goal of that key."""
    return _must(unit, Goal, "ref", key)


def cycle(unit: Unit, key: str) -> Cycle:
    """Give the round of that key."""
    return _must(unit, Cycle, "ref", key)


def report(unit: Unit, key: str) -> Report:
    """Give the report of that key."""
    return _must(unit, Report, "ref", key)


def finding(unit: Unit, key: str) -> Finding:
    """Give the finding of that key."""
    return _must(unit, Finding, "ref", key)


def recommendation(unit: Unit, key: str) -> Recommendation:
    """Give the recommendation of that key."""
    return _must(unit, Recommendation, "ref", key)


def decision(unit: Unit, key: str) -> Decision:
    """Give the decision of that key."""
    return _must(unit, Decision, "ref", key)


def evaluation(unit: Unit, key: str) -> Evaluation:
    """Give the evaluation of that key."""
    return _must(unit, Evaluation, "ref", key)


def paper(unit: Unit, key: str) -> Paper:
    """Give the paper of that number; `~` may stand for `/`."""
    return _must(unit, Paper, "ref", key.replace("~", "/"))


def body(unit: Unit, name: str) -> Body:
    """Give the body of that short name, or of its full name."""
    return by(unit, Body, short_name=name) or _must(unit, Body, "name", name)


def department(unit: Unit, code: str) -> OrgUnit:
    """Give the department, provider or authority of that code."""
    return _must(unit, OrgUnit, "code", code)


def field(unit: Unit, code: str) -> FieldOfAction:
    """Give the field of action of that code."""
    return _must(unit, FieldOfAction, "code", code)


def scheme(unit: Unit, code: str) -> AreaScheme:
    """Give the scheme of areas of that code."""
    return _must(unit, AreaScheme, "code", code)


def area(unit: Unit, code: str, on: date | None = None) -> Area:
    """Give the area of that code that is valid on a day, the unit's own; else the one before."""
    day = on or unit.day
    found = sorted(every(unit, Area, code=code), key=lambda a: a.valid_from)
    if not found:
        raise unknown(unit, Area, "code", code)
    return valid_on(found, day)


def valid_on(found: Sequence[Area], day: date) -> Area:
    """Give the area of one code that is valid on a day, oldest first; else the one before."""
    valid = [a for a in found if a.valid_from <= day <= (a.valid_to or day)]
    begun = [a for a in found if a.valid_from <= day]
    return (valid or begun or found[:1])[-1]


def indicator(unit: Unit, code: str) -> Indicator:
    """Give the indicator of that code."""
    return _must(unit, Indicator, "code", code)


def account(unit: Unit, name: str) -> Account:
    """Give the account of that name."""
    return _must(unit, Account, "name", name)


def token(unit: Unit, name: str) -> Token:
    """Give the token of that name."""
    return _must(unit, Token, "name", name)


def webhook(unit: Unit, name: str) -> Webhook:
    """Give the webhook of that name."""
    return _must(unit, Webhook, "name", name)


def expect(record: Entity, version: int | None) -> None:
    """Refuse a change that was decided on an older version of the record."""
    if version is not None and record.version != version:
        raise Conflict(
            N_("{key} has changed meanwhile: it is at version {here}, you saw {seen}."),
            fix=N_("Look at it again and repeat your change."),
            key=getattr(record, "ref", ""),
            here=record.version,
            seen=version,
        )
