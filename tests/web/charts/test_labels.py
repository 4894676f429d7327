from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.web.charts.labels import SIZE, Box, Wish, box_of, fitted, folded, near, settle, width_of

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ROOM = Box(0, 0, 400, 300)
spots = st.tuples(
    st.floats(-50, 450), st.floats(-50, 350), st.sampled_from(("start", "middle", "end"))
)
wishes = st.builds(
    Wish,
    st.lists(st.text(max_size=30) | st.tuples(st.text(max_size=9), st.text(max_size=9)),
             min_size=1, max_size=3).map(tuple),
    st.lists(spots, max_size=6).map(tuple),
    size=st.floats(8, 30),
)  # fmt: skip


@CALM
@given(st.lists(wishes, max_size=30))
def test_no_two_words_share_room_and_none_leaves_the_sheet(wanted: list[Wish]) -> None:
    taken: list[Box] = []
    for wish in wanted:
        placed = settle(wish, ROOM, taken)
        if placed:
            assert ROOM.holds(placed.box)
            assert not any(placed.box.meets(each) for each in taken)
            taken.append(placed.box)


@CALM
@given(st.text(max_size=80), st.floats(0, 300))
def test_a_shortened_text_is_never_wider_than_its_room(text: str, width: float) -> None:
    told = fitted(text, width)
    assert not told or width_of(told) <= width + 1e-6


@CALM
@given(st.text(max_size=120), st.floats(20, 300), st.integers(1, 4))
def test_a_folded_text_keeps_to_its_lines_and_width(text: str, width: float, most: int) -> None:
    lines = folded(text, width, most)
    assert len(lines) <= most
    assert all(width_of(line) <= width + 1e-6 for line in lines if line)


def test_words_take_the_place_that_hides_least_of_a_line() -> None:
    line = [Box(x, 140, 2, 2) for x in range(0, 400, 2)]
    placed = settle(Wish(("21,6",), near(200, 150)), ROOM, (), line)
    assert placed
    assert not any(placed.box.meets(each) for each in line)


def test_a_shorter_wording_is_taken_where_the_long_one_has_no_room() -> None:
    wish = Wish(("Neustadt am langen Kanal", "06"), ((20, 20, "start"),))
    placed = settle(wish, Box(0, 0, 80, 40), ())
    assert placed
    assert placed.lines == ("06",)


def test_words_without_any_free_place_are_left_out() -> None:
    wish = Wish(("Nord",), ((20, 20, "start"),))
    assert settle(wish, ROOM, [box_of(("Nord",), (20, 20, "start"))]) is None


def test_signs_of_other_scripts_are_given_more_room_than_ours() -> None:
    assert width_of("漢") > width_of("m") > width_of("i")
    assert width_of("Zahl", 2 * SIZE) == 2 * width_of("Zahl")
