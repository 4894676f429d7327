from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.web.charts.lights import COLOURS, LIGHTS, lights, summed
from cycle.i18n import Tongue
from tests.web.charts.looking import faults, pictures, words

DE = Tongue("de")
COUNTS = {
    "delivery": {"green": 13, "yellow": 15, "red": 1, "grey": 22},
    "effect": {"green": 17, "yellow": 18, "red": 0, "grey": 16},
    "data": {"green": 38, "yellow": 2, "red": 0, "grey": 11},
}


def test_the_three_lights_stand_apart_and_no_sum_mixes_them() -> None:
    drawn = lights(COUNTS, DE)
    assert [text for text, _ in drawn.table.head[1:]] == ["Umsetzung", "Wirkung", "Datenlage"]
    assert drawn.table.rows[0] == ("grün/auf Kurs", "13", "17", "38")
    assert len(drawn.table.rows) == 4
    assert "68" not in [text for text, _ in words(pictures(drawn)[0])]


def test_every_bar_has_its_sign_its_word_and_its_number() -> None:
    for picture in pictures(lights(COUNTS, DE)):
        texts = [text for text, _ in words(picture)]
        assert texts.count("rot/kritisch") == 3
        assert texts.count("0") == 2


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 10**9), min_size=12, max_size=12))
def test_no_words_of_the_lights_collide(numbers: list[int]) -> None:
    found = {
        name: dict(zip(COLOURS, numbers[4 * i :], strict=False)) for i, name in enumerate(LIGHTS)
    }
    assert faults(lights(found, DE)) == []


def test_lights_of_departments_are_added_each_for_itself() -> None:
    assert summed([COUNTS, COUNTS])["effect"]["yellow"] == 36
    assert summed([])["data"]["red"] == 0
