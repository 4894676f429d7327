from datetime import date

import pytest

from cycle.errors import Invalid, NotFound
from cycle.model.measures import MeasurePartner
from cycle.reading.filters import Filters
from cycle.reading.measures import listed, offers, show
from cycle.reading.shapes import plain
from cycle.store.store import Store
from cycle.usecases import areas, lookup, towns
from tests.conftest import STORES
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, City, Column, looking, settled

KEYS = [
    "key", "title", "description", "state", "stage", "version", "cycle", "lead", "partners",
    "fields", "areas", "citywide", "cross_departmental", "taken_over", "strand", "mandate",
    "binding",
    "planned_start", "planned_end", "first_planned_end", "period_text",
    "is_ongoing", "forecast_end", "actual_start",
    "actual_end", "next_evaluation_due", "policy", "goals", "consequences", "lights",
    "offers", "lineage",
]  # fmt: skip


def _build(city: City) -> None:
    areas.add(city.unit, "06", "Neustadt", valid_from=date(2020, 1, 1))
    towns.add_field(city.unit, "ZZ", "Erprobung")
    goal = city.goal()
    first = city.measure(
        goal=goal, areas=("06",), fields=("ZZ",), state="targeted", planned_start=date(2024, 8, 1)
    )
    city.measure(lead="40", state="approved", prevention_level="universal", citywide=True)
    city.measure(lead=None, state="draft")
    city.succeeds(first, city.measure(lead="51", state="draft"))
    partner = lookup.department(city.unit, "40")
    city.add(MeasurePartner(measure_id=first.id, org_unit_id=partner.id))


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


def _keys(store: Store, **wanted: Column) -> list[str]:
    with looking(store) as reader:
        return [row.key for row in listed(reader, Filters(**wanted), today=TODAY)]


def test_a_measure_shows_exactly_what_every_door_promises(city: Store) -> None:
    with looking(city) as reader:
        shown = show(reader, "M-1", TODAY, "de")
    assert list(shown) == KEYS
    assert shown["stage"] == "goal"
    assert shown["goals"] == [{"key": "G-2026-001", "contribution": "main"}]
    assert shown["consequences"] == {
        "built": {"state": "open"},
        "staffing": {"state": "open"},
        "organisational": {"state": "open"},
        "financial": {"state": "open", "countersigned": False},
    }
    assert shown["lineage"] == {"predecessors": [], "successors": ["M-2026-004"]}
    assert (shown["lead"], shown["partners"]) == ("51", ["40"])
    assert shown["cross_departmental"] is True
    assert (shown["areas"], shown["fields"]) == (["06"], ["ZZ"])
    assert shown["planned_start"] == "2024-08-01"


def test_its_lineage_looks_back_too(city: Store) -> None:
    with looking(city) as reader:
        shown = show(reader, "M-2026-004", TODAY)
    assert shown["lineage"] == {"predecessors": ["M-2026-001"], "successors": []}
    assert shown["cross_departmental"] is False


def test_every_move_of_its_state_is_offered_with_all_that_is_missing(city: Store) -> None:
    with looking(city) as reader:
        german = offers(reader, "M-2026-001", today=TODAY, lang="de")
        english = offers(reader, "M-2026-001", today=TODAY, lang="en")
    found = {each["name"]: each for each in german}
    propose = found["propose"]
    assert (propose["to"], propose["allowed"]) == ("proposed", False)
    blocked = {reason["guard"]: reason for reason in propose["blocked_by"]}
    assert set(blocked["financial_not_countersigned"]) == {
        "guard", "says", "who", "fix", "waivable",
    }  # fmt: skip
    assert blocked["financial_not_countersigned"]["who"] == "Kämmerei (20)"
    assert blocked["financial_not_countersigned"]["waivable"] is True
    assert blocked["consequence_open"]["waivable"] is False
    assert "cycle consequence" in blocked["consequence_open"]["fix"]
    assert [each["name"] for each in english] == list(found)


def test_a_list_tells_what_a_row_needs(city: Store) -> None:
    with looking(city) as reader:
        rows = listed(reader, today=TODAY)
    assert [row.key for row in rows] == [f"M-2026-{n:03d}" for n in range(1, 5)]
    assert plain(rows[0])["goal"] == "G-2026-001"
    assert rows[2].lead is None


def test_every_filter_picks_its_own(city: Store) -> None:
    assert _keys(city, department="40") == ["M-2026-002"]
    assert _keys(city, state="draft") == ["M-2026-003", "M-2026-004"]
    assert _keys(city, area="06") == ["M-2026-001"]
    assert _keys(city, area="16999000") == ["M-2026-002"]  # citywide
    assert _keys(city, field="ZZ") == ["M-2026-001"]
    assert _keys(city, goal="G-1") == ["M-2026-001"]
    assert _keys(city, prevention="universal") == ["M-2026-002"]
    assert len(_keys(city, cycle="Z-2026")) == 4
    assert _keys(city, department="51", state="draft") == ["M-2026-004"]


def test_mine_are_those_of_my_departments(city: Store) -> None:
    with looking(city) as reader:
        mine = listed(reader, Filters(mine=("40", "65")), today=TODAY)
        nobodys = listed(reader, Filters(mine=()), today=TODAY)
    assert [row.key for row in mine] == ["M-2026-002"]
    assert nobodys == []


def test_a_filter_nobody_knows_is_told(city: Store) -> None:
    with looking(city) as reader:
        for unknown in (Filters(department="99"), Filters(cycle="Z-1999"), Filters(goal="G-99")):
            with pytest.raises(NotFound):
                listed(reader, unknown, today=TODAY)
        with pytest.raises(Invalid) as wrong:
            listed(reader, Filters(state="fertig", prevention="alle"), today=TODAY)
    assert [fault.pointer for fault in wrong.value.faults] == ["state", "prevention"]


def test_drafts_stay_inside(city: Store) -> None:
    with looking(city) as reader:
        seen = [row.key for row in listed(reader, today=TODAY, sees_internal=False)]
        assert seen == ["M-2026-002"]
        assert show(reader, "M-2", TODAY, sees_internal=False)["key"] == "M-2026-002"
        with pytest.raises(NotFound) as hidden:
            show(reader, "M-2026-003", TODAY, sees_internal=False)
    assert "M-2026-003" not in str(hidden.value.values.get("near", ""))


def test_an_unknown_measure_is_not_found(city: Store) -> None:
    with looking(city) as reader, pytest.raises(NotFound):
        show(reader, "M-2026-999", TODAY)
