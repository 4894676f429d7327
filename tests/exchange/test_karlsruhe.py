"""A real city's files, which lie beside the project where it is developed; figures only."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cycle.exchange import imports
from cycle.model.decisions import Body, Consultation, Decision, Paper
from cycle.model.goals import Goal
from cycle.model.indicators import Indicator, Observation
from cycle.model.measures import Measure, MeasureGoal
from cycle.model.space import Area
from cycle.model.town import FieldOfAction, OrgUnit
from cycle.store.store import Store
from cycle.usecases import lookup, towns
from tests.conftest import STORES, FreshUrl
from tests.exchange.files import a_map, count, journal

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "karlsruhe"
DAY = date(2026, 11, 22)
FILES = {
    "areas": "areas.csv",
    "indicators": "indicators.csv",
    "observations": "indicator_values.csv",
    "measures": "measures-2026.csv",
    "oparl": "oparl",
}
PLAN = """
[columns]
handlungsfelder = "Handlungsfeld"
ziel_nummer = "Ziel-Nr."
ziel = "Ziel"
nummer = "Maßnahme-Nr."
massnahme = "Maßnahme"
vorlage = "Vorlage"
[constants]
quelle_datum = "2026-04-29"
"""


def settle_karlsruhe(url: str) -> None:
    """Prepare a store with the city and everything its files hold."""
    store = Store.create(url)
    with store.unit(None, day=DAY) as unit:
        towns.found(unit, name="Karlsruhe", ags="08212000", open_round=True)
    for kind, name in FILES.items():
        imports.run(store, kind, FOLDER / name, day=DAY)
    store.close()


@pytest.fixture(params=STORES)
def karlsruhe(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    if not FOLDER.is_dir():
        pytest.skip(
            "the files of Karlsruhe do not lie beside the project (../shared/data/karlsruhe)"
        )
    store = Store.open(fresh_url(request.param, settle_karlsruhe))
    yield store
    store.close()


def test_everything_arrives_once(karlsruhe: Store) -> None:
    found = {
        model: count(karlsruhe, model)
        for model in (Area, Indicator, Observation, Goal, Measure, Paper, Consultation, Decision)
    }
    assert list(found.values()) == [28, 7, 97, 24, 31, 366, 575, 0]
    assert count(karlsruhe, Body) + count(karlsruhe, OrgUnit) == 28


def test_importing_twice_changes_nothing(karlsruhe: Store) -> None:
    told = journal(karlsruhe)
    for kind, name in FILES.items():
        outcome = imports.run(karlsruhe, kind, FOLDER / name, day=DAY)
        assert (outcome.already, outcome.written) == (True, False)
    plan = FOLDER / FILES["measures"]
    with_map = imports.run(karlsruhe, "measures", plan, mapping=a_map(PLAN), dry_run=True, day=DAY)
    assert (with_map.rows_same, with_map.faults) == (31, [])
    assert journal(karlsruhe) == told


def test_the_withheld_value_stays_withheld(karlsruhe: Store) -> None:
    with karlsruhe.unit() as unit:
        empty = [o for o in lookup.every(unit, Observation) if o.value is None]
        assert [(o.status, unit.get(Area, o.area_id).code) for o in empty] == [
            ("confidential_or_unknown", "08212000-025")
        ]


def test_no_state_and_no_lead_is_invented(karlsruhe: Store) -> None:
    with karlsruhe.unit() as unit:
        found = lookup.every(unit, Measure)
        ties = lookup.every(unit, MeasureGoal)
        fields = {field.name for field in lookup.every(unit, FieldOfAction)}
    assert {(m.state, m.lead_id, m.taken_over, m.source, m.moves) for m in found} == {
        ("draft", None, True, "2025/0438", 0)
    }
    assert len(fields) == 9  # the five usual ones and the plan's four
    assert len({tie.goal_id for tie in ties}) == 24
    assert all(len(m.title) <= 90 and m.description and not m.title_confirmed for m in found)
    assert len({measure.external_id for measure in found}) == 31


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        (
            "2019/0383",
            [
                ("JHA", date(2019, 5, 8), "preparatory", "unknown", None),
                ("GR", date(2019, 6, 25), "deciding", "adopted", "unanimous"),
            ],
        ),
        ("2024/0482", [("JHA", date(2024, 6, 26), "information", "noted", None)]),
        (
            "2025/0438",
            [
                ("JHA", date(2026, 6, 19), "preparatory", "recommended", None),
                ("GR", date(2026, 6, 23), "information", "settled", None),
            ],
        ),
    ],
)
def test_the_guidelines_went_through_their_bodies(
    karlsruhe: Store, ref: str, told: list[tuple[str, date, str, str, str | None]]
) -> None:
    with karlsruhe.unit() as unit:
        found = lookup.every(unit, Consultation, paper_id=lookup.paper(unit, ref).id)
        assert [
            (unit.get(Body, c.body_id).short_name, c.meeting_date, c.role, c.outcome, c.majority)
            for c in sorted(found, key=lambda c: c.order_no)
        ] == told


def test_what_is_not_mapped_is_counted_in_a_few_seconds(karlsruhe: Store) -> None:
    begun = time.monotonic()
    outcome = imports.run(karlsruhe, "oparl", FOLDER / "oparl", dry_run=True, day=DAY)
    assert time.monotonic() - begun < 20
    counts = [n.values["count"] for n in outcome.notes if n.code.startswith("unmapped")]
    assert counts == [33, 17, 2, 2]
