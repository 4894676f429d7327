"""The light of the delivery (Umsetzung): whether it is done, in time, within its money and told.

The worst of time, milestones, money and freshness. What is finished is judged as of the day it
was finished; silence is never green.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.machine.colours import GREEN, GREY, RED, YELLOW, Light, after, lit, until, worst
from cycle.machine.lights_money import Money, cut, days_of_money, overspent, unspent
from cycle.machine.policy import Policy

_UNDECIDED: Final = frozenset({"draft", "targeted", "proposed", "deferred"})
_OFF: Final = frozenset({"rejected", "cancelled", "superseded"})
_RUNNING: Final = frozenset({"approved", "in_progress"})
_FINISHED: Final = frozenset({"implemented", "evaluated", "reported"})
_EXTERNAL: Final = frozenset(
    {"voluntary_commitment", "contract"}
)  # the council binds the city only
_COUNCIL: Final = "council_resolution"


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A milestone that is neither done nor dropped."""

    title: str
    due: date


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """Everything the delivery of a measure is judged by."""

    state: str = "draft"
    binding: str = _COUNCIL
    is_ongoing: bool = False
    planned_start: date | None = None
    planned_end: date | None = None
    forecast_end: date | None = None
    finished_on: date | None = None
    suspended_on: date | None = None
    review_on: date | None = None
    reason_code: str | None = None
    open_steps: tuple[OpenStep, ...] = ()
    money: tuple[Money, ...] = ()
    choice_due: date | None = None  # its budget was cut by half: what is to become of it?
    last_report: date | None = None
    first_report_due: date | None = None  # the first report that was asked for
    running_since: date | None = None


def interval_months(binding: str, policy: Policy) -> int:
    """Give the months between two reports: under a resolution of the council it may be fewer."""
    of_council = policy.council_interval_months if binding == _COUNCIL else None
    return of_council or policy.status_interval_months


def delivery_light(facts: DeliveryFacts, policy: Policy, today: date) -> Light:
    """Judge how a measure is carried out."""
    if facts.state in _UNDECIDED:
        return lit(GREY, "not_decided")
    if facts.state in _OFF:
        return lit(GREY, "off_circle")
    if facts.state == "suspended":
        judged = _suspended(facts, today)
    else:
        judged = worst([Light(GREEN), *_findings(facts, policy, _day(facts, today))])
    if facts.binding not in _EXTERNAL:
        return judged
    return Light(judged.colour, (*judged.reasons, *lit(GREY, "external").reasons))


def delivery_days(facts: DeliveryFacts, policy: Policy) -> set[date]:
    """Give the days on which the light may change by itself."""
    if facts.state == "suspended":
        return {after(facts.review_on)} if facts.review_on else set()
    if facts.state in _UNDECIDED | _OFF or (facts.state in _FINISHED and facts.finished_on):
        return set()
    return {after(day) for day in _last_days(facts, policy)} | days_of_money(facts.money, policy)


def _day(facts: DeliveryFacts, today: date) -> date:
    """Give the day to judge by: what is finished stays as it was then."""
    finished = facts.finished_on if facts.state in _FINISHED else None
    return finished or today


def _suspended(facts: DeliveryFacts, today: date) -> Light:
    values = {"day": facts.suspended_on, "review": facts.review_on, "code": facts.reason_code}
    if facts.review_on and today > facts.review_on:
        return lit(RED, "review_past", **values)
    return lit(GREY, "suspended", **values)


def _findings(facts: DeliveryFacts, policy: Policy, today: date) -> Iterator[Light]:
    if facts.state == "approved":
        yield _start(facts, policy, today)
    else:
        yield _end(facts, policy, today)
        yield _moved_end(facts)
        yield _reports(facts, policy, today)
        yield unspent(facts.money, policy, today)
    yield _steps(facts, policy, today)
    yield overspent(facts.money, policy, today)
    if facts.choice_due and facts.state in _RUNNING:
        yield lit(YELLOW, "budget_choice", day=facts.choice_due)
    if facts.state == "in_progress":
        yield from cut(facts.money, today)


def _start(facts: DeliveryFacts, policy: Policy, today: date) -> Light:
    planned = facts.planned_start
    if planned is None or today <= until(planned, days=policy.start_yellow_days):
        return Light(GREEN)
    late = today > until(planned, days=policy.start_red_days)
    return lit(RED if late else YELLOW, "start_late", day=planned)


def _end(facts: DeliveryFacts, policy: Policy, today: date) -> Light:
    planned = facts.planned_end
    if facts.is_ongoing or planned is None or today <= planned:
        return Light(GREEN)
    late = today > until(planned, days=policy.end_red_days)
    return lit(RED if late else YELLOW, "end_past", day=planned)


def _moved_end(facts: DeliveryFacts) -> Light:
    """Find that it is expected to take longer; once it is finished, the day itself tells."""
    planned, forecast = facts.planned_end, facts.forecast_end
    if facts.state != "in_progress" or facts.is_ongoing or not planned or not forecast:
        return Light(GREEN)
    return (
        lit(YELLOW, "end_moved", day=planned, to=forecast) if forecast > planned else Light(GREEN)
    )


def _steps(facts: DeliveryFacts, policy: Policy, today: date) -> Light:
    late = sorted((s for s in facts.open_steps if today > s.due), key=lambda s: (s.due, s.title))
    if not late:
        return Light(GREEN)
    if len(late) > 1:
        return lit(RED, "steps_late", count=len(late), day=late[0].due)
    long = today > until(late[0].due, days=policy.milestone_red_days)
    return lit(RED if long else YELLOW, "step_late", title=late[0].title, day=late[0].due)


def _reports(facts: DeliveryFacts, policy: Policy, today: date) -> Light:
    due, red = _report_days(facts, policy)
    if due is None or red is None or today <= min(until(due, days=policy.grace_days), red):
        return Light(GREEN)
    return lit(RED if today > red else YELLOW, "report_missing", day=due)


def _report_days(facts: DeliveryFacts, policy: Policy) -> tuple[date | None, date | None]:
    """Give the day the next report is due and the last one before its lack is red."""
    months = interval_months(facts.binding, policy)
    told, asked = facts.last_report, facts.first_report_due
    if told is None and asked:
        return asked, until(asked, months=months)
    since = told or facts.running_since
    if since is None:
        return None, None
    return until(since, months=months), until(since, months=2 * months)


def _last_days(facts: DeliveryFacts, policy: Policy) -> Iterator[date]:
    """Give the last days on which something is still well."""
    for day, spans in (
        (facts.planned_start, (policy.start_yellow_days, policy.start_red_days)),
        (facts.planned_end, (0, policy.end_red_days)),
        *((step.due, (0, policy.milestone_red_days)) for step in facts.open_steps),
    ):
        if day:
            yield from (until(day, days=days) for days in spans)
    due, red = _report_days(facts, policy)
    if due and red:
        yield from (until(due, days=policy.grace_days), red)
