from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.web.charts.circle import circle
from api.web.charts.course import course
from cycle.i18n import Tongue
from tests.web.charts import invented
from tests.web.charts.invented import HOSTILE
from tests.web.charts.looking import faults, pictures, words

DE = Tongue("de")


def test_the_circle_tells_stations_with_counts_and_states() -> None:
    drawn = circle(invented.circle(), DE)
    assert [row[:3] for row in drawn.table.rows][1] == ("Ziele", "12", "Ziel zugeordnet 12")
    for picture in pictures(drawn):
        texts = [text for text, _ in words(picture)]
        assert texts.count("12") == 8
        assert "Evaluation" in texts


def test_where_the_round_stands_is_said_in_words_and_by_a_sign() -> None:
    drawn = circle(invented.circle(), DE, "Z-2024")
    assert "Z-2024 steht hier: Maßnahmen." in drawn.summary
    for picture in pictures(drawn):
        assert any("Z-2024" in text for text, _ in words(picture))
        kinds = [each.get("class", "") for each in picture.iter()]
        assert sum("--here" in kind for kind in kinds) == 1


def test_a_broken_way_is_crossed_and_counted() -> None:
    drawn = circle(invented.circle(), DE)
    for picture in pictures(drawn):
        assert [text for text, _ in words(picture) if "offen" in text] == ["3 offen"]
        assert sum(each.get("class") == "chart__cross" for each in picture.iter()) == 1


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(0, 10**7), min_size=16, max_size=16),
    st.lists(st.just(HOSTILE) | st.from_regex(r"\AZ-\d{4}(-\d\d)?\Z"), max_size=7),
    st.sampled_from(("de", "en")),
)
def test_no_words_of_the_circle_collide(numbers: list[int], keys: list[str], lang: str) -> None:
    found = invented.circle()
    for i, stage in enumerate(found["stages"]):
        names = ("proposed", "deferred", "approved", "in_progress", "suspended")
        stage.update(count=numbers[i], rounds=keys, states=dict.fromkeys(names, numbers[4 + i]))
        found["arrows"][i]["open"] = numbers[8 + i]
    drawn = circle(found, Tongue(lang))
    assert len(pictures(drawn)) == 2
    assert faults(drawn) == []


def test_the_course_tells_planned_begun_and_done_month_by_month() -> None:
    drawn = course(invented.months(), DE)
    assert len(drawn.table.rows) == 24
    assert drawn.table.rows[9] == ("28.10.2024", "3", "21", "9", "4")
    assert drawn.table.rows[-1] == ("28.12.2025", "9", "–", "–", "–")
    texts = [text for text, _ in words(pictures(drawn)[0])]
    assert "9 begonnen" in texts
    assert "heute" in texts


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.integers(0, 12))
def test_no_words_of_the_course_collide(planned: int, known: int) -> None:
    assert faults(course(invented.months(planned=planned, known=max(known, 1)), DE)) == []


def test_a_round_without_months_says_that_there_are_no_figures() -> None:
    found = {**invented.months(), "months": []}
    drawn = course(found, DE)
    assert drawn.summary == "Es gibt noch keine Zahlen."
    assert drawn.table.rows == ()
    assert faults(drawn) == []
