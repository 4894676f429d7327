"""The closed lists of the trade: what a column may hold (domain.md section 2)."""

ROLES = (
    "reader", "department_head", "planner", "statistician", "finance", "committee_clerk",
    "steering", "evaluator", "admin",
)  # fmt: skip
OPENERS = ("admin", "steering")  # who opens the public view, one of each
UNIT_KINDS = (
    "department", "division", "staff_unit", "municipal_enterprise", "independent_provider",
    "state_authority", "job_centre", "network", "other",
)  # fmt: skip
PRESETS = ("light", "standard", "strict")
ACCOUNT_KINDS = ("person", "service")
SCHEME_PURPOSES = ("administrative", "planning", "school_district", "statistical")
STAGES = ("report", "goal", "measure", "evaluation", "closed")
STRANDS = ("sectoral", "area_development", "reporting")
REPORT_KINDS = (
    "social_report", "education_report", "area_profile", "sectoral_plan", "progress_report",
    "evaluation_report",
)  # fmt: skip
REPORT_STATES = ("draft", "approved", "presented", "published")
FINDING_KINDS = (
    "infrastructure", "living_situation", "social_structure", "stock", "need", "evaluation_result",
)  # fmt: skip
SEVERITIES = ("info", "watch", "act")
RESPONSES = ("goal", "no_action", "deferred_to_next_round")
ANSWERS = ("accepted", "partly", "rejected")
GOAL_LEVELS = ("guiding", "intermediate", "operational", "open")
GOAL_STATES = ("draft", "agreed", "adopted", "achieved", "missed", "dropped")
AGREEMENTS = ("agreed", "objected", "amended")
TARGET_KINDS = ("reach", "at_least", "at_most", "keep_band", "reduce_gap")
POLARITIES = ("higher_better", "lower_better", "target_band", "context")
MEASURE_TYPES = ("count", "share", "rate", "mean", "index", "ordinal", "qualitative")
RBA_CLASSES = ("how_much", "how_well", "better_off", "population")
FREQUENCIES = ("monthly", "quarterly", "half_yearly", "yearly", "school_year", "irregular")
COMPARABLE = ("yes", "no", "with_factor")
VALUE_STATES = ("final", "provisional", "revised", "estimated", "zero_rounded", "uncertain")
EMPTY_STATES = ("nil", "confidential_or_unknown", "pending", "unreliable", "not_applicable")
BASES = ("measured", "recalculated", "estimated", "interpolated")
IMPORT_SOURCES = ("ffcsv", "inkar", "ba_akg", "kommonitor", "csv", "oparl", "api")
MEASURE_STATES = (
    "draft", "targeted", "proposed", "deferred", "approved", "in_progress", "suspended",
    "implemented", "evaluated", "reported", "rejected", "cancelled", "superseded",
)  # fmt: skip
ORIGINS = ("finding", "motion", "law", "grant", "running")
PREVENTION = ("universal", "selective", "indicated")
MANDATES = ("statutory", "voluntary")
BINDINGS = (
    "council_resolution", "committee_resolution", "administrative", "voluntary_commitment",
    "contract",
)  # fmt: skip
CONTRIBUTIONS = ("main", "side")
RAISED = ("standard", "strict")
LINKS = ("carried_over", "adapted", "split", "merged", "replaced")
CONSEQUENCES = ("built", "staffing", "organisational", "financial")
CONSEQUENCE_STATES = ("open", "none", "assessed")
NEEDS = ("new", "conversion", "rent", "none")
COVERS = ("budgeted", "to_be_budgeted", "grant", "reallocation")
FUNDINGS = ("own", "state", "federal", "esf", "foundation", "other")
COURSES = ("on_track", "delayed", "suspended", "done")
FORMATS = (
    "survey", "planning_workshop", "area_conference", "open_process", "community_event",
    "interview", "focus_group", "hearing", "advisory_board", "youth_forum", "digital",
)  # fmt: skip
INFLUENCE = ("inform", "consult", "co_decide", "decide")
GROUPS = ("residents", "target_group", "independent_providers", "professionals", "youth")
LEVERS = (
    "resolution", "budget", "contract", "target_agreement", "funding_rule", "statute", "network",
    "public_reporting",
)  # fmt: skip
BODY_KINDS = (
    "council", "committee", "youth_welfare_committee", "advisory_board", "steering_group",
    "administration_board", "district_council", "working_group", "county_council",
)  # fmt: skip
CONSULTATION_ROLES = ("preparatory", "hearing", "deciding", "information", "unknown")
OUTCOMES = (
    "pending", "adopted", "adopted_amended", "recommended", "rejected", "deferred", "referred",
    "withdrawn", "removed", "noted", "settled", "no_vote", "partly_adopted", "unknown",
)  # fmt: skip
MAJORITIES = ("unanimous", "majority")
DECISION_KINDS = ("resolution", "administrative", "urgent", "commitment", "contract")
SUCCESSIONS = ("rename", "merge", "split", "boundary")
PATHS = ("linear", "stepped")
LIGHTS = ("delivery", "effect", "data")
COLOURS = ("green", "yellow", "red", "grey")
RELEASES = ("superior", "steering", "body")
CONDITIONS = ("budget_reservation", "report_due", "other")
DEADLINE_SOURCES = ("policy", "decision", "grant", "law")
PURPOSES = ("formative", "summative", "ex_ante")
EVALUATORS = ("internal", "external", "peer")
EVALUATION_STATES = ("planned", "running", "draft", "final", "corrected")
OVERALL = ("effective", "partly_effective", "not_effective", "not_assessable")
CRITERIA = (
    "relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability",
)  # fmt: skip
ATTRIBUTIONS = ("contribution", "attribution", "unclear")
CHOICES = ("continue", "adapt", "stop", "complete")
CODES = (
    "budget_freeze", "provisional_budget", "budget_withdrawn", "staff_missing", "site_missing",
    "partner_withdrew", "legal_change", "no_need", "council_revoked", "replaced",
    "entered_in_error", "other",
)  # fmt: skip
DELIVERIES = ("waiting", "delivered", "dead", "skipped")
