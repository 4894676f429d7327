"""What the guards of a measure ask: one flat, frozen picture of it, drawn by one query.

Counts instead of lists, except where a sentence names the things.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from cycle.machine.days import months_later
from cycle.machine.policy import PRESETS, Policy


@dataclass(frozen=True, slots=True)
class Ask:
    """What a move itself was given; empty while somebody only looks at the offers."""

    actor: str | None = None  # account
    by_import: bool = False  # an OParl import is the second pair of eyes
    title: str | None = None
    reason: str | None = None
    code: str | None = None
    on: date | None = None
    review_on: date | None = None  # None: the policy's interval counts
    forecast_end: date | None = None
    decision: str | None = None  # key
    successor: tuple[str, ...] = ()  # keys
    shares: tuple[Fraction, ...] = ()
    source: str | None = None  # paper, list or report
    source_date: date | None = None
    start: date | None = None
    state: str | None = None
    disposition: str | None = None
    changes: str | None = None  # what `adapt` changes


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """Everything that decides where a measure may go from where it stands."""

    today: date
    key: str = ""
    title: str = ""
    state: str | None = None
    version: int = 0
    policy: Policy = PRESETS["standard"]
    raised_to: str | None = None  # the preset this measure was raised to; `policy` knows it
    # Its round
    cycle: str | None = None
    cycle_stage: str | None = None
    cycle_open: bool = False
    # Who and how
    lead: str | None = None  # code of the unit
    finance_unit: str | None = None  # code of the finance office, for the sentence
    binding: str = "council_resolution"
    mandate: str | None = None
    # Time
    is_ongoing: bool = False
    planned_start: date | None = None
    planned_end: date | None = None
    period_text: str | None = None
    actual_start: date | None = None
    actual_end: date | None = None
    suspended_on: date | None = None
    # Place and field
    citywide: bool = False
    areas: int = 0
    youth_welfare: bool = False
    # Goals and findings
    goals: int = 0
    main_goals: int = 0
    main_goal: str | None = None  # key
    main_goal_level: str | None = None
    main_goal_targets: int = 0  # with indicator, value and date
    main_goal_criterion: bool = False  # qualitative
    main_goal_baselines: int = 0  # targets with a baseline
    findings: int = 0  # directly or through a goal
    origin: str | None = None
    # What it demands and who backs it
    open_consequences: tuple[str, ...] = ("built", "staffing", "organisational", "financial")
    unexplained_consequences: tuple[str, ...] = ()  # "none" without "because"
    stale_consequences: tuple[str, ...] = ()  # older than policy.consequence_valid_days
    countersigned: bool = False
    participation: bool = False  # level ≥ consult, in its area, goal or round
    providers_heard: bool = False
    evaluation_planned: bool = False
    levers: int = 0
    uncommitted_partners: tuple[str, ...] = ()
    # Bodies
    dossier_changed: bool = False
    adopted: bool = False
    adopted_on: date | None = None
    adopted_by_council: bool = False
    amended: bool = False
    amendment_confirmed: bool = False
    outcome: str | None = None  # of the latest decision on it
    noted: bool = False  # a body took note of its paper, or the mayor ordered it
    youth_heard: bool = False
    repealed: bool = False
    proposed_by: str | None = None  # account
    # Delivery
    budget_reserved: bool = False
    early_start: bool = False  # permit
    milestones: int = 0
    open_milestones: int = 0
    final_progress: bool = False
    costs_known: bool = False
    # Evaluation and feedback
    evaluation: str | None = None  # key of the final one that counts for `evaluate`
    evaluation_open: bool = False  # there is one that is not final yet
    evaluation_purpose: str | None = None
    evaluation_start: date | None = None
    evaluation_overall: str | None = None
    evaluation_text: bool = False
    effectiveness_rated: bool = False
    targets_without_result: int = 0
    evaluator_kind: str | None = None
    evaluator_unit: str | None = None
    disposition: str | None = None
    disposition_reasoned: bool = False
    feedback: bool = False  # its finding is filed in a later report
    open_recommendations: int = 0
    unanswered: tuple[str, ...] = ()  # their keys
    # Lineage and taking over
    live_successors: int = 0
    shares: Fraction | None = None  # sum over the whole deed
    money_or_lead_changes: bool = True  # unless the deed is known to leave both alone
    taken_over: bool = False
    moves: int = 0  # after `log`
    take_over_until: date | None = None
    # The move
    waived: frozenset[str] = frozenset()
    ask: Ask = field(default_factory=Ask)

    @property
    def begins(self) -> date:
        """The day it begins or began, as far as this move knows."""
        return self.ask.on or self.actual_start or self.today

    @property
    def ran_half_a_year(self) -> bool:
        """Tell whether it ran six months or longer; a suspension stops the count."""
        if self.actual_start is None:
            return False
        return months_later(self.actual_start, 6) <= (self.suspended_on or self.today)
