"""One cast for all tests: one account per role and named like it, departments beside it."""

from cycle.store.unit import Unit
from cycle.usecases import accounts, bodies, towns

DEPARTMENTS = {
    "20": ("Kämmerei", "department"),
    "40": ("Schulen", "department"),
    "50": ("Soziales", "department"),
    "51": ("Jugend und Bildung", "department"),
    "53": ("Gesundheit", "department"),
    "65": ("Hochbau", "department"),
    "StP": ("Stabsstelle Sozialplanung", "staff_unit"),
    "WV-A": ("Wohlfahrtsverband A", "independent_provider"),
}
BODIES = {
    "SR": ("Stadtrat", "council"),
    "JHA": ("Jugendhilfeausschuss", "youth_welfare_committee"),
    "SozA": ("Sozialausschuss", "committee"),
    "LG": ("Lenkungsgruppe Integrierte Planung", "steering_group"),
}
CAST: dict[str, tuple[str, tuple[str, ...]]] = {
    "planner": ("planner", ("StP",)),
    "youth": ("department_head", ("51",)),
    "schools": ("department_head", ("40",)),
    "statistician": ("statistician", ()),
    "finance": ("finance", ("20",)),
    "clerk": ("committee_clerk", ()),
    "steering": ("steering", ()),
    "reader": ("reader", ()),
    "evaluator": ("evaluator", ()),
    "admin": ("admin", ()),
}
ROBOTS = {"evaluator"}


def move_in(unit: Unit) -> None:
    """Let everyone in, with the departments they speak for and the bodies they go to."""
    for code, (name, kind) in DEPARTMENTS.items():
        towns.add_department(unit, code, name, kind=kind)
    for short_name, (name, kind) in BODIES.items():
        bodies.add(unit, short_name, name, kind=kind)
    for name, (role, departments) in CAST.items():
        kind = "service" if name in ROBOTS else "person"
        accounts.add(unit, name, roles=[role], departments=departments, kind=kind)
