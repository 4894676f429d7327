"""What everyone sees of an open town, and that nothing internal is ever among it."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cycle.errors import NotFound
from cycle.model.duties import LightOverride
from cycle.model.goals import GoalTarget
from cycle.model.space import Area
from cycle.reading import public
from cycle.reading.door import Reader
from cycle.reading.pages import Page
from cycle.reading.public import PublicFilters
from cycle.reading.shapes import plain
from cycle.store.store import Store
from cycle.usecases import areas, lookup, public_view
from tests.conftest import STORES, FreshUrl
from tests.reading.rows import TODAY, City, building, looking, settled

SECRET = "GEHEIM"
ENDED = date(2025, 12, 31)
COUNTS = {"01": (30, 300), "02": (12, 200), "03": (2, 250), "04": (25, 400)}


def _build(city: City) -> None:
    """Put a round with a published report into the town, and one without."""
    unit = city.unit
    areas.add_scheme(unit, "PR", "Planungsräume", valid_from=date(2020, 1, 1))
    for code in COUNTS:
        areas.add(unit, code, f"Gebiet {code}", scheme="PR", parent="16999000")
    city.report(status="published", published_on=date(2026, 2, 1), title="Sozialbericht")
    city.report(status="draft", title=f"{SECRET} Entwurf eines Berichts")
    city.round("Z-2030", date(2030, 1, 1), round=2)
    city.report(cycle="Z-2030", status="approved", title=f"{SECRET} nicht veröffentlicht")
    _measures(city)
    _values(city)


def _measures(city: City) -> None:
    texts = ("description", "reason", "source", "origin_note", "target_group", "legal_basis")
    internal: dict[str, Any] = dict.fromkeys(texts, SECRET)
    agreed = city.goal(text="Alle Kinder sprechen Deutsch", status="adopted")
    draft_goal = city.goal(text=f"{SECRET} Ziel im Entwurf", status="draft")
    shown = city.measure(
        state="in_progress", goal=agreed, areas=("01",), fields=("JUG",), period_text="bis 2027",
        title="Übergang Kita und Schule", **internal,
    )  # fmt: skip
    city.measure(state="approved", goal=draft_goal, lead="40", title="Lesepaten", **internal)
    for state in ("draft", "targeted"):
        city.measure(state=state, title=f"{SECRET} {state}", **internal)
    for state in ("proposed", "deferred", "rejected"):
        city.measure(state=state, title=f"{SECRET} {state}", **internal)
    city.measure(cycle="Z-2030", state="approved", title=f"{SECRET} andere Runde", **internal)
    city.measure(state="cancelled", reason_code="no_need", title=f"{SECRET} nie beschlossen")
    _papers(city, shown, internal)
    ended = city.measure(state="cancelled", reason_code="no_need", title="Bücherbus", **internal)
    city.unit.tell(ended, "cancelled", move=("in_progress", "cancelled"))
    wrong = city.measure(state="cancelled", reason_code="entered_in_error",
                         title=f"{SECRET} falsch erfasst")  # fmt: skip
    city.unit.tell(wrong, "cancelled", move=("approved", "cancelled"))
    city.add(LightOverride(measure_id=shown.id, light="delivery", colour="red", reason=SECRET,
                           by_role="planner", set_on=TODAY,
                           expires_on=TODAY + timedelta(days=30)))  # fmt: skip


def _papers(city: City, shown: Any, internal: dict[str, Any]) -> None:  # noqa: ANN401 - a measure
    """Bring papers before bodies: in public, behind closed doors, and half of both."""
    when = date(2026, 3, 1)
    open_ = city.consultation(city.paper("1/2026", name="Kita"), "SR", when, "adopted")
    city.decision(open_, shown, text="Der Stadtrat beschließt.", votes_yes=30, votes_no=2)
    closed = city.consultation(
        city.paper("2/2026", name=f"{SECRET} Vorlage", public=False), "SR", when, "adopted"
    )
    city.decision(closed, shown, text=f"{SECRET} Beschluss", document=SECRET)
    behind = city.consultation(city.paper("3/2026"), "JHA", when, "adopted", public=False)
    city.decision(behind, shown, text=f"{SECRET} hinter Türen")
    city.decision(open_, city.measure(state="proposed", title=f"{SECRET} im Gang", **internal))
    hushed = city.measure(state="rejected", title=f"{SECRET} nicht öffentlich", **internal)
    city.decision(behind, hushed)
    refused = city.measure(state="rejected", title="Seilbahn", **internal)
    city.decision(city.consultation(city.paper("4/2026"), "SR", when, "rejected"), refused)


def _values(city: City) -> None:
    version = city.indicator("SPRACHE", measure_type="share")
    for code, (numerator, base) in COUNTS.items():
        _share(city, version, code, numerator, base)
    _share(city, version, "16999000", 69, 1150)
    city.observation(version, "01", date(2026, 6, 30), "77.77", status="provisional")
    city.observation(version, "01", ENDED, "88.88", breakdown="sex=w")
    few = city.indicator("FEW", measure_type="count", unit="Personen")
    for code, count in (("01", "40"), ("02", "2"), ("03", "50"), ("04", "60")):
        city.observation(few, code, ENDED, count)
        city.observation(few, code, date(2024, 12, 31), "70")
    city.observation(few, "01", date(2023, 12, 31), None, status="nil")
    city.observation(few, "02", date(2023, 12, 31), None, status="unreliable")
    city.observation(few, "02", ENDED, "9", vintage=2)  # mended: it was withheld once
    city.observation(few, "16999000", ENDED, "161")
    goal = city.goal(text="Weniger Auffällige im Gebiet 03", status="adopted")
    city.add(GoalTarget(goal_id=goal.id, indicator_version_id=version.id, target_value=Decimal(1),
                        area_id=next(a.id for a in _areas(city) if a.code == "03"),
                        target_date=date(2027, 12, 31)))  # fmt: skip
    city.measure(state="in_progress", goal=goal, title="Elterncafé")


def _areas(city: City) -> Any:  # noqa: ANN401 - records
    return lookup.every(city.unit, Area)


def _share(city: City, version: Any, code: str, numerator: int, base: int) -> None:  # noqa: ANN401 - a version
    value = Decimal(100 * numerator) / base
    city.observation(version, code, ENDED, f"{value:.4f}", numerator=numerator, denominator=base)


_TOWN = settled(_build)


def _opened(url: str) -> None:
    _TOWN(url)
    store = Store.open(url)
    with store.unit("admin", day=TODAY) as unit:
        public_view.propose_open(unit)
    with store.unit("steering", day=TODAY) as unit:
        public_view.confirm_open(unit)
    store.close()


@pytest.fixture(scope="module", params=STORES)
def city(request: pytest.FixtureRequest, module_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(module_url(request.param, _opened))
    yield opened
    opened.close()


def _titles(reader: Reader, **filters: str) -> list[str]:
    return [m.title for m in public.measures(reader, PublicFilters(**filters), today=TODAY)]


VISIBLE = [
    "Übergang Kita und Schule",
    "Lesepaten",
    "Seilbahn",
    "Bücherbus",
    "Elterncafé",
]
ALL: dict[str, Callable[[Reader], object]] = {
    "rounds": public.rounds,
    "choices": public.choices,
    "counts": public.counts,
    "measures": lambda r: public.measures(r, today=TODAY),
    "indicators": public.indicators,
    "values": lambda r: [public.values(r, code) for code in ("SPRACHE", "FEW")],
    "latest": lambda r: [public.latest(r, code, on=TODAY) for code in ("SPRACHE", "FEW")],
    "each measure": lambda r: [
        public.measure(r, m.key, today=TODAY) for m in public.measures(r, today=TODAY)
    ],
}


def test_only_what_was_decided_is_shown_and_what_was_refused_in_public(city: Store) -> None:
    with looking(city) as reader:
        assert _titles(reader) == VISIBLE
        assert public.counts(reader) == {
            "approved": 1, "in_progress": 2, "rejected": 1, "cancelled": 1,
        }  # fmt: skip
        assert [r.key for r in public.rounds(reader)] == ["Z-2026"]
        assert [r.title for r in public.rounds(reader)[0].reports] == ["Sozialbericht"]


def test_nothing_internal_is_anywhere_in_it(city: Store) -> None:
    with looking(city) as reader:
        for name, ask in ALL.items():
            told = json.dumps(plain(ask(reader)), ensure_ascii=False)
            assert told not in ("[]", "{}"), name
            for canary in (SECRET, "77.77", "88.88", "numerator", "denominator", "2/2026", "3/2026",
                           "Z-2030", "manual"):  # fmt: skip
                assert canary not in told, (name, canary)


def test_a_measure_shows_its_goals_and_what_was_decided_in_public(city: Store) -> None:
    with looking(city) as reader:
        key = public.measures(reader, today=TODAY)[0].key
        found = public.measure(reader, key, today=TODAY)
        assert [goal["text"] for goal in found["goals"]] == ["Alle Kinder sprechen Deutsch"]
        (decision,) = found["decisions"]
        assert (decision["text"], decision["votes_yes"]) == ("Der Stadtrat beschließt.", 30)
        assert (found["department"], found["areas"], found["fields"]) == ("51", ["01"], ["JUG"])
        assert (found["stage"], found["period_text"]) == ("measure", "bis 2027")
        assert found["lights"]["delivery"] != "red"
        draft = _titles(reader, text="Lesepaten")
        assert draft == ["Lesepaten"]


def test_a_measure_that_is_not_public_is_not_to_be_found(city: Store) -> None:
    with looking(city) as reader:
        seen = {m.key for m in public.measures(reader, today=TODAY)}
        every = [
            key for (key,) in reader.pairs("SELECT ref FROM measure WHERE municipality_id = :m")
        ]
        unseen = [key for key in every if key not in seen]
        assert len(unseen) == 10
        for key in (*unseen, "M-1999-999", "@last", "14", "' OR 1=1"):
            with pytest.raises(NotFound) as caught:
                public.measure(reader, key, today=TODAY)
            assert "near" not in caught.value.values


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"department": "40"}, ["Lesepaten"]), ({"field": "JUG"}, VISIBLE[:1]),
        ({"area": "01"}, VISIBLE[:1]), ({"state": "rejected"}, ["Seilbahn"]),
        ({"cycle": "Z-2026"}, VISIBLE), ({"cycle": "Z-2030"}, []), ({"state": "draft"}, []),
        ({"text": "üBERGANG"}, VISIBLE[:1]), ({"text": "kita und"}, VISIBLE[:1]),
        ({"text": "100%"}, []), ({"text": "_"}, []), ({"text": "!"}, []), ({"text": SECRET}, []),
        ({"department": "40", "state": "in_progress"}, []),
    ],
)  # fmt: skip
def test_measures_are_picked_and_counted_alike(
    city: Store, filters: dict[str, str], found: list[str]
) -> None:
    with looking(city) as reader:
        assert _titles(reader, **filters) == found
        assert sum(public.counts(reader, PublicFilters(**filters)).values()) == len(found)


def test_what_can_be_chosen_is_what_is_shown(city: Store) -> None:
    with looking(city) as reader:
        found = {(each.kind, each.code, each.name) for each in public.choices(reader)}
    assert found == {
        ("area", "01", "Gebiet 01"), ("department", "40", "Schulen"),
        ("department", "51", "Jugend und Bildung"), ("field", "JUG", "Jugendhilfe"),
    }  # fmt: skip


def test_pages_of_measures_join_without_a_gap(city: Store) -> None:
    with looking(city) as reader:
        seen: list[str] = []
        after = None
        while page := public.measures(reader, today=TODAY, page=Page(after, 2)):
            seen += [m.title for m in page]
            after = page[-1].key
    assert seen == VISIBLE


def test_few_cases_are_withheld_and_so_is_what_would_tell_them(city: Store) -> None:
    with looking(city) as reader:
        shares = {v.area: (v.value, v.status) for v in public.values(reader, "SPRACHE")}
        assert shares["03"] == shares["02"] == (None, "confidential_or_unknown")
        assert shares["01"][0] == 10
        assert set(shares) == {*COUNTS, "16999000"}
        only = public.values(reader, "SPRACHE", area="02")
        assert [each.value for each in only] == [None]


def test_what_was_withheld_once_stays_withheld_for_its_period(city: Store) -> None:
    with looking(city) as reader:
        found = {(v.area, v.period_end): v.value for v in public.values(reader, "FEW")}
        newest = {v.area: v.value for v in public.latest(reader, "FEW", on=TODAY)}
        before = public.latest(reader, "FEW", on=date(2024, 12, 31))
    assert found["02", ENDED] is None
    assert [at for at, value in newest.items() if value is None] == ["01", "02"]
    assert [each.value for each in before] == [70] * 4


def test_nothing_at_all_is_a_number_and_what_is_no_number_says_why(city: Store) -> None:
    with looking(city) as reader:
        found = public.values(reader, "FEW", until=date(2023, 12, 31))
    assert [(each.area, each.value, each.status) for each in found] == [
        ("01", 0, "nil"),
        ("02", None, "unreliable"),
    ]


def test_a_light_by_a_withheld_value_is_dark(city: Store) -> None:
    with looking(city) as reader:
        lights = {m.title: m.lights for m in public.measures(reader, today=TODAY)}
    dark = lights["Elterncafé"]
    assert dark
    assert (dark.effect, dark.data) == ("grey", "grey")


def test_an_indicator_nobody_knows_is_not_found(city: Store) -> None:
    with looking(city) as reader:
        assert [i.code for i in public.indicators(reader)] == ["FEW", "SPRACHE"]
        with pytest.raises(NotFound):
            public.values(reader, "SPRACH")


@pytest.mark.parametrize("kind", STORES)
def test_shut_there_is_nothing_to_be_found(fresh_url: FreshUrl, kind: str) -> None:
    store = Store.open(fresh_url(kind, _opened))
    with store.unit("admin", day=TODAY) as unit:
        public_view.close(unit)
    with looking(store) as reader:
        for name, ask in ALL.items():
            with pytest.raises(NotFound) as caught:
                ask(reader)
            assert caught.value.code == "not_public", name
    store.close()


@pytest.mark.parametrize("kind", STORES)
def test_it_asks_as_often_however_much_there_is(fresh_url: FreshUrl, kind: str) -> None:
    store = Store.open(fresh_url(kind, _opened))
    few = _asked(store)
    with building(store) as more:
        more.start_at(100)
        for n in range(30):
            version = more.indicator(f"I{n}", measure_type="count")
            more.observation(version, "01", ENDED, "2")
            goal = more.goal(status="adopted")
            more.add(GoalTarget(goal_id=goal.id, indicator_version_id=version.id))
            more.measure(state="approved", goal=goal)
            more.report(status="published")
    assert _asked(store) == few
    assert max(few.values()) <= 8
    store.close()


def _asked(store: Store) -> dict[str, int]:
    found = {}
    for name, ask in ALL.items():
        if not name.startswith("each"):
            with looking(store) as reader:
                ask(reader)
                found[name] = reader.statements
    return found
