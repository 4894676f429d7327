"""The closed lists of words a command takes; the store knows them too, and a test compares."""

from cycle.machine import words


def of(kind: str) -> tuple[str, ...]:
    """Give the codes that have a name."""
    return tuple(code for code in words.names(kind, "en") if code)


ACCOUNTS = ("person", "service")
AGREEMENTS = ("agreed", "objected", "amended")
ANSWERS = ("accepted", "partly", "rejected")
BASES = ("measured", "recalculated", "estimated", "interpolated")
COMPARABLE = ("yes", "no", "with_factor")
COLOURS = ("green", "yellow", "red", "grey")
CONDITIONS = ("budget_reservation", "report_due", "other")
COVERS = ("budgeted", "to_be_budgeted", "grant", "reallocation")
DECISIONS = ("resolution", "administrative", "urgent", "commitment", "contract")
DELIVERIES = ("waiting", "delivered", "dead", "skipped")
FREQUENCIES = ("monthly", "quarterly", "half_yearly", "yearly", "school_year", "irregular")
FUNDINGS = ("own", "state", "federal", "esf", "foundation", "other")
LEVELS = ("guiding", "intermediate", "operational", "open")
LIGHTS = ("delivery", "effect", "data")
MAJORITIES = ("unanimous", "majority")
MEASURE_TYPES = ("count", "share", "rate", "mean", "index", "ordinal", "qualitative")
NEEDS = ("new", "conversion", "rent", "none")
POLARITIES = ("higher_better", "lower_better", "target_band", "context")
PURPOSES = ("formative", "summative", "ex_ante")
RAISED = ("standard", "strict")
RESPONSES = ("goal", "no_action", "deferred_to_next_round")
ROLES = (
    "reader", "department_head", "planner", "statistician", "finance", "committee_clerk",
    "steering", "evaluator", "admin",
)  # fmt: skip
SCHEMES = ("administrative", "planning", "school_district", "statistical")
SUCCESSIONS = ("rename", "merge", "split", "boundary")
STAGES = ("report", "goal", "measure", "evaluation", "closed")
TARGETS = ("reach", "at_least", "at_most", "keep_band", "reduce_gap")
RATED = ("achieved", "missed", "dropped")
VALUES = (
    "final", "provisional", "revised", "estimated", "zero_rounded", "uncertain", "nil",
    "confidential_or_unknown", "pending", "unreliable", "not_applicable",
)  # fmt: skip
