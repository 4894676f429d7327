"""What is overdue goes to a superior, to steering or to a body only when the planner lets it."""

from dataclasses import dataclass

from cycle.errors import Conflict, Fault, Invalid
from cycle.i18n import N_
from cycle.machine.overdue import BODY, BY_CODE, EXTERNAL, LEVELS, Rule, days_over, reach
from cycle.machine.standing import Entry
from cycle.model.columns import Entity
from cycle.model.cycles import Cycle
from cycle.model.decisions import Consultation, Decision, DecisionSubject
from cycle.model.duties import Release
from cycle.model.goals import Goal
from cycle.model.indicators import Indicator
from cycle.model.measures import Measure
from cycle.model.reports import Finding, Recommendation, Report
from cycle.reading.overdue_rules import entries
from cycle.reading.town import town
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import strange
from cycle.usecases.minutes import ADOPTED
from cycle.usecases.rights import need

_MODELS: dict[str, type[Entity]] = {
    "measure": Measure,
    "goal": Goal,
    "finding": Finding,
    "report": Report,
    "recommendation": Recommendation,
    "round": Cycle,
    "indicator": Indicator,
}


@dataclass(frozen=True, slots=True)
class _Case:
    """A rule and the record it is about."""

    rule: Rule
    key: str
    noun: str
    record: Entity


def release(
    unit: Unit,
    rule: str,
    key: str,
    *,
    level: str,
    body: str | None = None,
    note: str | None = None,
    about: str = "",
) -> Release:
    """Let an overdue item go on, as far as its age and the town's policy allow.

    `about` tells which one where the record has several of the rule; a body not named is the one
    that decided. Raises Forbidden, NotFound, Invalid and Conflict.
    """
    role = need(unit, "planner")
    case = _case(unit, _rule(rule), key)
    given.insist(strange("level", level, LEVELS))
    item = _item(unit, case, about)
    given.insist(_too_high(unit, case.record, item, level))
    whom = _body(unit, case.record, level, body)
    _only_once(unit, item, key, level)
    let = unit.add(
        Release(
            rule=item.name, noun=item.noun, subject=item.subject, about=item.about, level=level,
            body_id=whom, released_on=unit.day, note=given.maybe(note),
        )
    )  # fmt: skip
    unit.tell(let, "released", key=key, role=role)
    unit.session.flush()
    return let


def note_done(unit: Unit, rule: str, key: str, *, about: str = "") -> list[Release]:
    """Note that those who were told know it is done (Erledigungsvermerk): then it drops out.

    Raises Forbidden, NotFound, Invalid, and Conflict where nothing was released or it is still
    overdue.
    """
    role = need(unit, "planner")
    case = _case(unit, _rule(rule), key)
    passed_on = lookup.every(
        unit, Release, noun=case.noun, subject=case.record.id, rule=case.rule.code, noted_on=None
    )
    told = [each for each in passed_on if about in ("", each.about)]
    still = {item.about for item in _overdue(unit, case)}
    done = [each for each in told if each.about not in still]
    if not done:
        raise _still(case) if told else _nothing(case)
    for each in done:
        each.settled_on, each.noted_on = each.settled_on or unit.day, unit.day
        unit.tell(each, "noted", key=key, role=role)
    return done


def _rule(named: str) -> Rule:
    known = {rule.id: rule for rule in BY_CODE.values()} | dict(BY_CODE)
    word = named if named in known else named.upper()
    given.insist(strange("rule", word, known) and strange("rule", word, BY_CODE))
    return known[word]


def _case(unit: Unit, rule: Rule, key: str) -> _Case:
    """Find the record of that key among the nouns of the rule."""
    for noun in rule.nouns:
        found = lookup.by(unit, _MODELS[noun], **{_column(noun): key})
        if found is not None:
            return _Case(rule, key, noun, found)
    noun = rule.nouns[0]
    raise lookup.unknown(unit, _MODELS[noun], _column(noun), key)


def _column(noun: str) -> str:
    return "code" if noun == "indicator" else "ref"


def _overdue(unit: Unit, case: _Case) -> list[Entry]:
    reader = unit.reading()
    found = entries(reader, town(reader).policy, case.noun, (case.record.id,))
    return [e for e in found if e.name == case.rule.code and e.day <= unit.day]


def _item(unit: Unit, case: _Case, about: str) -> Entry:
    """Give the one item that is meant."""
    found = [e for e in _overdue(unit, case) if about in ("", e.about)]
    if not found:
        raise Conflict(
            N_("{key} has nothing overdue by {rule}."),
            code="not_overdue",
            fix=N_("`cycle overdue` shows what is."),
            key=case.key,
            rule=case.rule.code,
        )
    if len(found) > 1:
        raise Invalid(
            N_("{key} has {count} items overdue by {rule}."),
            fix=N_("Tell which one with --about: {known}."),
            key=case.key,
            count=len(found),
            rule=case.rule.code,
            known=tuple(sorted(e.about for e in found)),
        )
    return found[0]


def _too_high(unit: Unit, record: Entity, item: Entry, level: str) -> Fault | None:
    """Find that it is too young to go so far, or that the policy or its binding keeps it back."""
    here = town(unit.reading())
    own = here.policy_of(record.raised_to) if isinstance(record, Measure) else here.policy
    external = isinstance(record, Measure) and record.binding in EXTERNAL
    days = days_over(item.since or item.day, unit.day)
    highest = reach(days, own, external=external)
    if highest and LEVELS.index(level) <= LEVELS.index(highest):
        return None
    values = {"level": level, "days": days, "highest": highest or "", "preset": own.preset}
    if own.escalation == "off":
        says = N_("Under the policy {preset} nothing that is overdue goes on.")
    elif external and level == BODY:
        says = N_("What others do for the town by their own promise goes to steering at most.")
    elif highest:
        says = N_("After {days} days it goes to {highest} at most, not to {level}.")
    else:
        says = N_("After {days} days it does not go on yet.")
    return Fault("level", "too_high", says, values)


def _body(unit: Unit, record: Entity, level: str, named: str | None) -> str | None:
    """Give the body that is told: the one named, else the one that decided."""
    if level != BODY:
        return None
    if named:
        return lookup.body(unit, named).id
    found = _decided_by(unit, record) if isinstance(record, Measure) else None
    given.insist(given.missing("body", found))
    return found


def _decided_by(unit: Unit, record: Measure) -> str | None:
    subjects = lookup.every(unit, DecisionSubject, measure_id=record.id)
    decisions = [unit.get(Decision, subject.decision_id) for subject in subjects]
    adopted = [d for d in decisions if d.result in ADOPTED and d.consultation_id]
    last = max(adopted, key=lambda d: (d.decided_on, d.ref), default=None)
    return unit.get(Consultation, last.consultation_id).body_id if last else None


def _only_once(unit: Unit, item: Entry, key: str, level: str) -> None:
    there = lookup.by(
        unit, Release, noun=item.noun, subject=item.subject, rule=item.name, about=item.about,
        level=level, noted_on=None,
    )  # fmt: skip
    if there:
        raise Conflict(
            N_("{rule} of {key} was passed on to {level} on {day} already."),
            code="duplicate",
            fix=N_("`cycle overdue` shows how far it has gone."),
            rule=item.name,
            key=key,
            level=level,
            day=there.released_on,
        )


def _nothing(case: _Case) -> Conflict:
    return Conflict(
        N_("Nothing of {key} overdue by {rule} was passed on."),
        code="not_released",
        fix=N_("`cycle overdue` shows how far things have gone."),
        key=case.key,
        rule=case.rule.code,
    )


def _still(case: _Case) -> Conflict:
    return Conflict(
        N_("{key} is still overdue by {rule}; there is nothing to note yet."),
        code="still_overdue",
        fix=N_("`cycle overdue` names the command that settles it."),
        key=case.key,
        rule=case.rule.code,
    )
