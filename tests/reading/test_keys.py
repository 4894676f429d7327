import pytest

from cycle.errors import NotFound
from cycle.reading.keys import NOUNS, find, fits
from cycle.store.store import Store
from tests.conftest import STORES
from tests.reading.conftest import Standing
from tests.reading.rows import City, building, looking, settled


def _build(city: City) -> None:
    for ref in ("M-2026-014", "M-2026-015", "M-2024-015"):
        city.measure(ref=ref)
    city.paper("2019/0383")
    city.paper("2024/0482", public=False)


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def town_with_measures(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


def test_a_key_may_be_shortened_where_it_is_unique(town_with_measures: Store) -> None:
    with looking(town_with_measures) as reader:
        for typed in ("M-2026-014", "M-14", "m-14", "14", "014", "2026-14", " M-2026-14 "):
            assert find(reader, "measure", typed) == "M-2026-014"


def test_the_year_tells_two_apart(town_with_measures: Store) -> None:
    with looking(town_with_measures) as reader:
        assert find(reader, "measure", "2024-15") == "M-2024-015"


def test_one_that_fits_several_is_asked_back_with_all_of_them(town_with_measures: Store) -> None:
    with looking(town_with_measures) as reader, pytest.raises(NotFound) as asked:
        find(reader, "measure", "15")
    assert asked.value.values["near"] == "M-2024-015, M-2026-015"


def test_a_wrong_key_names_those_near_it(town_with_measures: Store) -> None:
    with looking(town_with_measures) as reader, pytest.raises(NotFound) as near:
        find(reader, "measure", "M-2026-0I4")
    assert "M-2026-014" in str(near.value.values["near"])


def test_a_key_unlike_any_names_the_list(town_with_measures: Store) -> None:
    with looking(town_with_measures) as reader, pytest.raises(NotFound) as far:
        find(reader, "measure", "nichts dergleichen")
    assert "list" in far.value.fix
    assert far.value.values["noun"] == "measure"


def test_a_tilde_stands_for_the_slash_of_a_paper(town_with_measures: Store) -> None:
    with looking(town_with_measures) as reader:
        assert find(reader, "paper", "2019~0383") == "2019/0383"


def test_what_may_not_be_seen_is_not_even_near(town_with_measures: Store) -> None:
    with looking(town_with_measures) as reader:
        assert find(reader, "paper", "2024/0482") == "2024/0482"
        with pytest.raises(NotFound) as hidden:
            find(reader, "paper", "2024/0482", where="public")
    assert "2024/0482" not in str(hidden.value.values.get("near", ""))


def test_a_code_is_found_whatever_its_case(town_with_measures: Store) -> None:
    with looking(town_with_measures) as reader:
        assert find(reader, "department", "stp") == "StP"
        assert find(reader, "body", "jha") == "JHA"


def test_the_last_one_is_the_one_last_told(town: Store) -> None:
    with looking(town) as reader, pytest.raises(NotFound):
        find(reader, "measure", "@last")
    with building(town) as city:
        first, last = city.measure(ref="M-2026-001"), city.measure(ref="M-2026-002")
        city.unit.tell(last, "log")
        city.unit.tell(first, "log")
    with looking(town) as reader:
        assert find(reader, "measure", "@last") == "M-2026-001"


def test_a_round_is_found_by_its_year_and_its_number() -> None:
    known = ["Z-2024", "Z-2024-02", "Z-2028"]
    assert fits("2028", known) == ["Z-2028"]
    assert fits("Z-2024-2", known) == ["Z-2024-02"]
    assert fits("Z-2024", known) == ["Z-2024"]


def test_every_noun_can_be_looked_up(town_with_measures: Store) -> None:
    with looking(town_with_measures) as reader:
        for noun in NOUNS:
            with pytest.raises(NotFound):
                find(reader, noun, "gibt es nicht")
