"""Who acts in the steering cycle; an account may hold several roles."""

from typing import Final

ROLES: Final = frozenset(
    {
        "reader",
        "department_head",
        "planner",
        "statistician",
        "finance",
        "committee_clerk",
        "steering",
        "evaluator",
        "admin",
    }
)
LEAD: Final = "lead"  # not a role: the measure's own department
