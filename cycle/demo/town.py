"""Saalestadt itself: its areas, departments, bodies and the accounts that act in it."""

from datetime import date

from cycle.demo.deeds import Deed, deed
from cycle.demo.outlines import outlines
from cycle.model.town import Municipality
from cycle.store.unit import Unit
from cycle.usecases import accounts, area_shapes, areas, bodies, passwords, towns

NAME, AGS, ARS = "Saalestadt", "16999000", "169990000000"
TODAY = date(2026, 11, 22)
FOUNDED = "2023-09-04"
SCHEME = "PR2020"

# code, name
AREAS = (
    ("01", "Nord"),
    ("02", "Mitte"),
    ("03", "West"),
    ("04", "Ost"),
    ("05", "Süd"),
    ("06", "Neustadt"),
)

# code, name, kind
DEPARTMENTS = (
    ("20", "Kämmerei", "department"),
    ("50", "Fachdienst Soziales", "department"),
    ("51", "Fachdienst Jugend und Bildung", "department"),
    ("52", "Fachdienst Integration", "department"),
    ("53", "Fachdienst Gesundheit", "department"),
    ("65", "Fachdienst Hochbau", "department"),
    ("StP", "Stabsstelle Sozialplanung", "staff_unit"),
    ("WVA", "Wohlfahrtsverband A", "independent_provider"),
    ("TRB", "Träger B", "independent_provider"),
    ("LSA", "Landesschulamt", "state_authority"),
    ("JC", "Jobcenter Saalestadt", "job_centre"),
)

# short name, name, kind
BODIES = (
    ("SR", "Stadtrat", "council"),
    ("JHA", "Jugendhilfeausschuss", "youth_welfare_committee"),
    ("SOA", "Sozialausschuss", "committee"),
    ("LIP", "Lenkungsgruppe Integrierte Planung", "steering_group"),
)

# role and name of the account, its departments, kind
ACCOUNTS = (
    ("reader", (), "person"),
    ("department_head", ("51",), "person"),
    ("planner", (), "person"),
    ("statistician", (), "person"),
    ("finance", ("20",), "person"),
    ("committee_clerk", (), "person"),
    ("steering", (), "person"),
    ("evaluator", (), "service"),
    ("admin", (), "person"),
)
PASSWORD = "saalestadt-demo"  # noqa: S105 - of an invented town; its sign-in page tells it


def found(unit: Unit) -> Municipality:
    """Found the town with its own day, so that the demo stands still at that day."""
    return towns.found(
        unit, name=NAME, ags=AGS, ars=ARS, preset="standard", day=TODAY, fictional=True,
        open_round=False,
    )  # fmt: skip


def deeds() -> list[Deed]:
    """Set the town up as it is on the day it begins to work with the system."""
    return [
        deed(
            FOUNDED, "local", areas.add_scheme, SCHEME, "Planungsräume 2020",
            valid_from="2020-01-01",
        ),
        *(
            deed(FOUNDED, "local", areas.add, code, name, scheme=SCHEME, parent=AGS)
            for code, name in AREAS
        ),
        deed(FOUNDED, "local", area_shapes.draw, outlines(), scheme=SCHEME),
        *(
            deed(FOUNDED, "local", towns.add_department, code, name, kind=kind)
            for code, name, kind in DEPARTMENTS
        ),
        *(
            deed(FOUNDED, "local", bodies.add, short, name, kind=kind)
            for short, name, kind in BODIES
        ),
        *(
            deed(FOUNDED, "local", accounts.add, role, roles=(role,), departments=units, kind=kind)
            for role, units, kind in ACCOUNTS
        ),
        *(
            deed(FOUNDED, "local", passwords.set_password, role, PASSWORD)
            for role, _, kind in ACCOUNTS
            if kind == "person"
        ),
    ]  # fmt: skip
