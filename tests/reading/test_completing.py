import pytest

from cycle.reading.completing import LETTERS, MOST, TITLE, begun, keys, load_driver
from cycle.reading.keys import NOUNS
from cycle.reading.records import seen
from cycle.reading.sight import Sight
from cycle.store.store import Store
from cycle.usecases import accounts
from tests.conftest import STORES, FreshUrl
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, City, looking, settled

PLANNER = Sight(frozenset({"planner"}), frozenset({"StP"}))
EYES = {
    "planner": PLANNER,
    "schools": Sight(frozenset({"department_head"}), frozenset({"40"})),
    "robot": Sight(frozenset({"evaluator"})),
    "robot of 51": Sight(frozenset({"evaluator"}), frozenset({"51"})),
    "reader": Sight(frozenset({"reader"})),
    "nobody": Sight(frozenset()),
}


def _build(city: City) -> None:
    for number in (14, 15, 140):
        city.measure(ref=f"M-2026-{number:03d}", title=f"Entwurf {number}")
    city.measure(ref="M-2024-015", title="Lange vorbei", state="reported", lead="40")
    report = city.report(ref="B-2026-02")
    for number in range(MOST + 20):
        city.finding(report, ref=f"F-2025-{number:03d}", text=f"Befund {number}")
    draft = city.measure(ref="M-2027-001", title="Geheimer Entwurf")
    city.evaluation(draft, ref="E-2026-001")
    public = city.paper("2019/0383")
    city.decision(city.consultation(public, "SR", TODAY, "adopted"), ref="D-2026-001")
    city.paper("2024/0482", public=False)
    city.goal(ref="G-2026-001", text="Ziel " * 60)


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


def _found(town: Store, nouns: str, typed: str = "", sight: Sight = PLANNER) -> dict[str, str]:
    with looking(town) as reader:
        return keys(reader, nouns.split(), typed, sight)[0]


def test_keys_that_begin_so_come_with_their_titles(city: Store) -> None:
    assert _found(city, "measure", "M-2026-01") == {
        "M-2026-014": "Entwurf 14",
        "M-2026-015": "Entwurf 15",
    }
    assert list(_found(city, "measure", "m-2026-14")) == ["M-2026-140"]
    assert list(_found(city, "round")) == ["Z-2026"]
    assert _found(city, "body", "j") == {"JHA": "Jugendhilfeausschuss"}
    assert _found(city, "paper", "2024") == {"2024/0482": "Vorlage 2024/0482"}
    assert _found(city, "evaluation") == {"E-2026-001": "Geheimer Entwurf"}
    assert _found(city, "measure", "X") == {}


def test_a_title_is_short_enough_for_a_line(city: Store) -> None:
    assert len(_found(city, "goal")["G-2026-001"]) == TITLE


def test_a_shortened_key_gives_all_it_may_stand_for(city: Store) -> None:
    assert list(_found(city, "measure", "15")) == ["M-2024-015", "M-2026-015"]
    assert list(_found(city, "measure", "M-15")) == ["M-2024-015", "M-2026-015"]
    assert list(_found(city, "measure", "2024-15")) == ["M-2024-015"]
    assert list(_found(city, "report", "2")) == ["B-2026-02"]
    assert list(_found(city, "round", "2026")) == ["Z-2026"]
    assert list(_found(city, "recommendation goal", "1")) == ["G-2026-001"]
    assert _found(city, "measure", "G-15") == {}
    assert _found(city, "body", "15") == {}
    assert _found(city, "measure", "fünfzehn") == {}


def test_of_more_than_fit_the_last_tells_what_all_have_in_common(city: Store) -> None:
    with looking(city) as reader:
        found, cut = keys(reader, ["finding"], "F-2025", PLANNER)
        assert (len(found), cut) == (MOST + 1, True)
        assert list(found)[-2:] == [f"F-2025-{MOST - 1:03d}", f"F-2025-{MOST + 19:03d}"]
        found, cut = keys(reader, ["finding"], "F-2025-00", PLANNER)
        assert (len(found), cut) == (10, False)


def test_several_nouns_are_told_apart_by_their_letters(city: Store) -> None:
    every = " ".join(LETTERS.values())
    assert list(_found(city, every, "D")) == ["D-2026-001"]
    assert {key[0] for key in _found(city, every)} >= {"Z", "B", "F", "M", "E", "D"}


@pytest.mark.parametrize("eyes", EYES)
def test_nobody_is_offered_what_the_list_would_not_show(city: Store, eyes: str) -> None:
    with looking(city) as reader:
        for noun in (*NOUNS, "scheme"):
            offered = keys(reader, [noun], "", EYES[eyes])[0]
            where, values = seen(noun, EYES[eyes])
            table, key = NOUNS.get(noun, ("area_scheme", "code"))
            sql = f"SELECT {key} FROM {table} WHERE municipality_id = :m AND {where}"
            visible = {found for (found,) in reader.pairs(sql, **values)}
            assert set(offered) <= visible
            assert len(offered) == min(len(visible), MOST + 1), noun


def test_the_title_of_a_draft_stays_with_those_who_see_it(city: Store) -> None:
    assert _found(city, "evaluation", sight=EYES["schools"]) == {"E-2026-001": ""}
    assert _found(city, "measure", "1", EYES["schools"]) == {}
    assert list(_found(city, "measure", "15", EYES["schools"])) == ["M-2024-015"]


@pytest.mark.parametrize("kind", STORES)
def test_the_account_decides_what_is_offered(kind: str, fresh_url: FreshUrl) -> None:
    url = fresh_url(kind, _CITY)
    load_driver(url)
    assert list(begun(url, ["measure"], "M-2026-01", "youth")[0]) == ["M-2026-014", "M-2026-015"]
    assert begun(url, ["measure"], "M-2026-01", "schools") == ({}, False)
    assert begun(url, ["measure"], "M-2026-01", "who is that") == ({}, False)
    store = Store.open(url)
    store.perform(lambda unit: accounts.disable(unit, "youth"), "admin", day=TODAY)
    store.close()
    assert begun(url, ["measure"], "M-2026-01", "youth") == ({}, False)
