"""What is overdue: from which day on, who owes it, how far it may be told upwards.

Each overdue item has a date owed (`due`); days are counted from it. It shows from the day after,
or once the grace that the policy leaves has passed too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from cycle.machine.days import months_later
from cycle.machine.gaps import ACT, INFO, WATCH
from cycle.machine.words import guard_who, overdue_de, overdue_en
from cycle.machine.words.overdue_en import Said

if TYPE_CHECKING:
    from cycle.machine.policy import Policy

SUPERIOR: Final = "superior"  # of the department that leads
STEERING: Final = "steering"
BODY: Final = "body"  # the one that decided
LEVELS: Final = (SUPERIOR, STEERING, BODY)

COUNCIL: Final = "council_resolution"
EXTERNAL: Final = ("voluntary_commitment", "contract")  # the council binds only the town
_OWN: Final = ("lead", "owner", "addressee", "named")  # the department of the record itself


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of overdue item; days, months, grace and ahead name a number of the policy."""

    code: str
    id: str
    nouns: tuple[str, ...]  # what has it
    severity: str
    who: tuple[str, ...]  # roles, or the record's own department as lead, owner, addressee, named
    days: str = ""  # until it is owed
    months: str = ""  # until it is owed
    grace: str = ""  # days it may take after that
    ahead: str = ""  # days it is told beforehand


def _rule(code: str, id_: str, nouns: str, severity: str, who: str, **numbers: str) -> Rule:
    return Rule(code, id_, tuple(nouns.split()), severity, tuple(who.split()), **numbers)


# fmt: off
RULES: Final = (
    _rule("O1", "finding_unanswered", "finding", ACT, "planner", days="answer_days"),
    _rule("O2", "report_not_presented", "report", ACT, "planner", days="present_days"),
    _rule("O3", "goal_incomplete", "goal", WATCH, "owner", days="complete_days"),
    _rule("O4", "proposal_undecided", "measure", ACT, "committee_clerk", days="decide_days"),
    _rule("O5", "deferred_review", "measure", WATCH, "planner"),
    _rule("O6", "start_late", "measure", WATCH, "lead", grace="start_days"),
    _rule("O7", "evaluation_missing", "measure", ACT, "evaluator lead"),
    _rule("O8", "status_report_missing", "measure", ACT, "lead",
          months="status_interval_months", grace="grace_days"),
    _rule("O9", "milestone_overdue", "measure", ACT, "lead"),
    _rule("O10", "end_overdue", "measure", ACT, "lead"),
    _rule("O11", "condition_open", "measure round goal report", ACT, "named"),
    _rule("O12", "disposition_missing", "measure", ACT, "steering"),
    _rule("O13", "recommendation_open", "recommendation", WATCH, "addressee",
          days="recommendation_days"),
    _rule("O14", "observation_missing", "indicator", WATCH, "statistician"),
    _rule("O15", "grant_ending", "measure", ACT, "finance lead", ahead="grant_warning_days"),
    _rule("O16", "suspended_review", "measure", ACT, "lead"),
    _rule("O17", "stage_stuck", "round", WATCH, "planner", grace="stuck_days"),
    _rule("O18", "commitment_unconfirmed", "measure", INFO, "lead", months="commitment_months"),
    _rule("O19", "next_round_missing", "round", ACT, "planner", days="next_round_days"),
)
# fmt: on
BY_CODE: Final[Mapping[str, Rule]] = {rule.code: rule for rule in RULES}
UNREPORTED: Final = "report"  # O19 of a round that presents no report, told by months
_UNREPORTED: Final = _rule(
    "O19", "next_round_missing", "round", ACT, "planner", months="report_months"
)


def rule_of(code: str, about: str = "") -> Rule:
    """Give the rule of a code; O19 reckons otherwise where no report is presented."""
    return _UNREPORTED if (code, about) == ("O19", UNREPORTED) else BY_CODE[code]


def due(rule: Rule, basis: date, policy: "Policy", *, binding: str = "") -> date:
    """Give the day by which it is owed; `basis` is the day from which the policy counts.

    A resolution of the council may ask for reports more often.
    """
    if rule.days:
        return basis + timedelta(days=getattr(policy, rule.days))
    if not rule.months:
        return basis
    months: int = getattr(policy, rule.months)
    if rule.code == "O8" and binding == COUNCIL:
        months = policy.council_interval_months or months
    return months_later(basis, months)


def first_day(rule: Rule, owed: date, policy: "Policy") -> date:
    """Give the first day on which it is overdue."""
    if rule.ahead:
        return owed - timedelta(days=getattr(policy, rule.ahead))
    grace: int = getattr(policy, rule.grace) if rule.grace else 0
    return owed + timedelta(days=grace + 1)


def days_over(owed: date, today: date) -> int:
    """Count the days since it was owed; below zero while it is told beforehand."""
    return (today - owed).days


def reach(days: int, policy: "Policy", *, external: bool) -> str | None:
    """Tell how far up an item may be told by its age.

    What others do for the town by their own promise goes to the steering group at most.
    """
    if policy.escalation == "off":
        return None
    ages = (
        (BODY, policy.escalate_body_days),
        (STEERING, policy.escalate_steering_days),
        (SUPERIOR, policy.escalate_superior_days),
    )
    reached = (level for level, age in ages if days >= age)
    return next((level for level in reached if not (external and level == BODY)), None)


def escalation(
    days: int, policy: "Policy", *, external: bool, released: str | None = None
) -> str | None:
    """Tell where the planner may send an item next; None where its age gives no step more."""
    level = reach(days, policy, external=external)
    if level is None or (released and LEVELS.index(released) >= LEVELS.index(level)):
        return None
    return level


def who(rule: Rule, department: str | None, lang: str) -> str:
    """Name who owes it, with the code of the department; planning where nobody leads."""
    known = (_owing(role, department) for role in rule.who)
    return ", ".join(guard_who(role, lang, {"lead": department}) for role in dict.fromkeys(known))


def name(code: str, lang: str, about: str = "") -> str:
    """Name the rule, as the head of a line."""
    return _said(code, about, lang)[0]


def says(code: str, lang: str, about: str = "", **values: object) -> str:
    """Say in a sentence what is overdue."""
    return _said(code, about, lang)[1].format(**values)


def task(code: str, lang: str, about: str = "") -> str:
    """Say what is to be done."""
    return _said(code, about, lang)[2]


def command(code: str, lang: str, about: str = "", **values: object) -> str:
    """Name the command that settles it: `key`, `noun` and `about` tell which."""
    return _said(code, about, lang)[3].format(about=about, **values)


def deadline(code: str, lang: str) -> str:
    """Name the kind of a deadline; the code itself where it has no name."""
    words = overdue_de.DEADLINES if _german(lang) else overdue_en.DEADLINES
    return words.get(code, code)


def level(code: str, lang: str) -> str:
    """Name who is told."""
    return (overdue_de.LEVELS if _german(lang) else overdue_en.LEVELS)[code]


def _owing(role: str, department: str | None) -> str:
    if role not in _OWN:
        return role
    return "lead" if department else "planner"


def _said(code: str, about: str, lang: str) -> Said:
    words = overdue_de.OVERDUE if _german(lang) else overdue_en.OVERDUE
    return words.get(f"{code}.{about}") or words[code]


def _german(lang: str) -> bool:
    return lang[:2].lower() == "de"
