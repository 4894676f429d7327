"""What a measure needs until it is decided: the guards of T1 to T8, in the order of the table."""

from cycle.machine.core import Lack
from cycle.machine.facts import MeasureFacts
from cycle.machine.guards import G, may, must, unless, values
from cycle.machine.roles import LEAD

OWN_ORIGINS = frozenset({"motion", "law", "grant"})  # reasons enough without a finding
DEFAULT_LEVERS = {  # what makes a measure binding where nothing else is named
    "council_resolution": "resolution",
    "committee_resolution": "resolution",
    "contract": "contract",
}

# To log and to tie to a goal: T1, T2


def _main_goal_missing(f: MeasureFacts) -> Lack | None:
    if f.goals and f.main_goals == 1:
        return None
    return values(f, variant="many" if f.main_goals > 1 else None)


def _bare(f: MeasureFacts) -> str | None:
    return None if f.main_goal else "bare"


def _target_incomplete(f: MeasureFacts) -> Lack | None:
    whole = f.main_goal_targets or f.main_goal_criterion
    if f.main_goal_level == "operational" and whole:
        return None
    variant = _bare(f) or ("level" if whole else None)
    return values(f, goal=f.main_goal, level=f.main_goal_level, variant=variant)


def _baseline_missing(f: MeasureFacts) -> Lack | None:
    # A goal that is only described has nothing to measure from.
    described = f.main_goal_criterion and not f.main_goal_targets
    if described or f.main_goal_baselines >= max(f.main_goal_targets, 1):
        return None
    return values(f, goal=f.main_goal, variant=_bare(f))


title_missing = must(
    "title_missing", LEAD, unless(lambda f: (f.ask.title or f.title).strip()), asked=True
)
cycle_not_open = must("cycle_not_open", "planner", unless(lambda f: f.cycle_open))
main_goal_missing = must("main_goal_missing", LEAD, _main_goal_missing)
target_incomplete = may("target_incomplete", "planner", _target_incomplete)
baseline_missing = may("baseline_missing", "statistician", _baseline_missing)
finding_missing = may(
    "finding_missing", "planner", unless(lambda f: f.findings or f.origin in OWN_ORIGINS)
)
lead_missing = may("lead_missing", "planner", unless(lambda f: f.lead))

# Into the committees: T3, T7


def _consequence_open(f: MeasureFacts) -> Lack | None:
    unexplained = f.unexplained_consequences if f.policy.none_needs_text else ()
    kinds = tuple(dict.fromkeys((*f.open_consequences, *unexplained)))
    return values(f, kinds=kinds) if kinds else None


def _participation_missing(f: MeasureFacts) -> Lack | None:
    heard = {
        "residents": f.participation,
        "independent_providers": f.providers_heard or not f.youth_welfare,
    }
    missing = tuple(group for group, done in heard.items() if not done)
    return values(f, groups=missing) if missing else None


def _commitment_missing(f: MeasureFacts) -> Lack | None:
    return values(f, partners=f.uncommitted_partners) if f.uncommitted_partners else None


def _consequence_stale(f: MeasureFacts) -> Lack | None:
    days = f.policy.consequence_valid_days
    return values(f, kinds=f.stale_consequences, days=days) if f.stale_consequences else None


consequence_open = must("consequence_open", LEAD, _consequence_open)
financial_not_countersigned = may(
    "financial_not_countersigned", "finance", unless(lambda f: f.countersigned)
)
area_missing = may("area_missing", LEAD, unless(lambda f: f.citywide or f.areas))
participation_missing = may("participation_missing", "planner", _participation_missing)
evaluation_not_planned = may(
    "evaluation_not_planned", "planner", unless(lambda f: f.evaluation_planned)
)
enforcement_missing = may(
    "enforcement_missing", LEAD, unless(lambda f: f.levers or f.binding in DEFAULT_LEVERS)
)
commitment_missing = may("commitment_missing", LEAD, _commitment_missing)
consequence_stale = may("consequence_stale", LEAD, _consequence_stale)

# What the bodies said: T4–T8


def _decision_missing(f: MeasureFacts) -> Lack | None:
    decided = f.adopted or (f.binding == "administrative" and f.noted)
    if decided:
        return None
    resolved = f.binding.endswith("resolution")
    return values(f, binding=f.binding, variant=None if resolved else "office")


def _same_account(f: MeasureFacts) -> Lack | None:
    alone = f.proposed_by is not None and f.proposed_by == f.ask.actor and not f.ask.by_import
    return values(f) if f.policy.four_eyes and alone else None


def outcome_missing(*wanted: str) -> G:
    """Ask for a decision on the measure with one of these results."""

    def lack(f: MeasureFacts) -> Lack | None:
        return None if f.outcome in wanted else values(f, wanted=wanted, outcome=f.outcome)

    return must("outcome_missing", "committee_clerk", lack)


def _review_date_missing(f: MeasureFacts) -> Lack | None:
    # No date given is no fault: the policy's interval counts then.
    review_on = f.ask.review_on
    return values(f, date=review_on) if review_on and review_on <= f.today else None


deferral_missing = outcome_missing("deferred", "referred", "removed", "withdrawn")
rejection_missing = outcome_missing("rejected")
decision_missing = must("decision_missing", "committee_clerk", _decision_missing)
youth_committee_not_heard = may(
    "youth_committee_not_heard",
    "committee_clerk",
    unless(lambda f: f.youth_heard or not (f.youth_welfare and f.policy.youth_office)),
)
amendment_unconfirmed = may(
    "amendment_unconfirmed", "planner", unless(lambda f: f.amendment_confirmed or not f.amended)
)
dossier_changed = may("dossier_changed", "planner", unless(lambda f: not f.dossier_changed))
same_account = may("same_account", "committee_clerk", _same_account)
review_date_missing = must("review_date_missing", LEAD, _review_date_missing, asked=True)
