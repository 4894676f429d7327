"""Outlines: what is none is named, and on the grid neighbours keep their border."""

from typing import Any

import pytest

from cycle.demo.outlines import outlines
from cycle.machine.outlines import (
    FARTHEST,
    MOST_POINTS,
    Outline,
    box,
    count,
    in_degrees,
    is_swapped,
    on_grid,
    outline_of,
    rounded,
)

SQUARE = [[[0, 0], [0, 10], [10, 10], [10, 0], [0, 0]]]


def test_a_polygon_with_a_hole_and_heights_is_an_outline() -> None:
    hole = [[2, 2, 115.5], [4, 2, 115.5], [4, 4, 115.5], [2, 2, 115.5]]
    found = outline_of([[*SQUARE, hole]][0:1])
    assert not isinstance(found, str)
    assert list(found[0][1]) == [(2, 2), (4, 2), (4, 4), (2, 2)]
    assert count((found,)) == 9


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (None, "empty"), ([], "empty"), ([[]], "empty"), ([7], "empty"),
        ([[7]], "too_few_points"), ([[[[0, 0], [1, 1], [0, 0]]]], "too_few_points"),
        ([[[[0, 0], [0, 1], [1, 1], [1, 0]]]], "not_closed"),
        ([[[[0, 0], [0, float("nan")], [1, 1], [0, 0]]]], "no_number"),
        ([[[[0, 0], [0, float("inf")], [1, 1], [0, 0]]]], "no_number"),
        ([[[[0, 0], [0, 10**400], [1, 1], [0, 0]]]], "no_number"),
        ([[[[0, 0], [0, FARTHEST * 2], [1, 1], [0, 0]]]], "no_number"),
        ([[[[0, 0], [0, True], [1, 1], [0, 0]]]], "no_number"),
        ([[[[0, 0], ["0", "1"], [1, 1], [0, 0]]]], "no_number"),
        ([[[[0, 0], [1], [1, 1], [0, 0]]]], "no_number"),
        ([[[[0, 0], 5, [1, 1], [0, 0]]]], "no_number"),
        ([[[[0, 0]] * (MOST_POINTS + 1)]], "too_many_points"),
        ([[[[0, 0]] * MOST_POINTS], [[[0, 0]] * 4]], "too_many_points"),
    ],
)  # fmt: skip
def test_what_is_no_outline_is_named(given: Any, wrong: str) -> None:  # noqa: ANN401 - any JSON
    assert outline_of(given) == wrong


def _outline(*polygons: Any) -> Outline:  # noqa: ANN401 - any JSON
    found = outline_of(list(polygons))
    assert not isinstance(found, str)
    return found


def test_degrees_are_told_from_metres_and_from_swapped_ones() -> None:
    town = box(tuple(outlines().values()))
    assert in_degrees(town)
    assert not is_swapped(town)
    swapped = _outline([[[51.5, 11.9], [51.5, 12.0], [51.6, 12.0], [51.5, 11.9]]])
    assert is_swapped(box((swapped,)))
    metres = _outline([[[4_500_000, 5_700_000], [4_500_000, 5_700_100.126], [4_500_100, 5_700_000],
                        [4_500_000, 5_700_000]]])  # fmt: skip
    assert not in_degrees(box((metres,)))
    assert rounded(metres)[0][0][1] == (4_500_000, 5_700_100.13)


def test_a_town_of_degrees_is_drawn_as_wide_as_it_is() -> None:
    town = tuple(outlines().values())
    around, grid = box(town), on_grid(town)
    degrees = (around.right - around.left) / (around.top - around.bottom)
    assert max(grid.width, grid.height) == 1000
    assert grid.width / grid.height == pytest.approx(degrees * 0.6225, rel=0.01)


def test_neighbours_keep_their_border_on_the_grid() -> None:
    grid = on_grid(tuple(outlines().values()), 100)
    points = [set(area.outline[0][0]) for area in grid.areas]
    north, middle, west, east, south, estate = points
    for one, other in [(north, middle), (middle, west), (east, south), (west, estate)]:
        assert len(one & other) >= 2


def test_north_is_at_the_top() -> None:
    grid = on_grid((_outline([[[0, 0], [0, 400], [10, 400], [0, 0]]]),))
    assert grid.areas[0].outline[0][0][:2] == ((0, 1000), (0, 0))


def test_a_name_stands_inside_even_where_the_middle_is_outside() -> None:
    u = _outline([[[0, 0], [100, 0], [100, 100], [90, 100], [90, 10], [10, 10], [10, 100],
                   [0, 100], [0, 0]]])  # fmt: skip
    (drawn,) = on_grid((u,)).areas
    x, y = drawn.label
    assert x <= 100 or x >= 900 or y >= 900


def test_what_is_smaller_than_the_grid_sees_is_left_out_but_never_all_of_an_area() -> None:
    big = [[[0, 0], [0, 1e6], [1e6, 1e6], [1e6, 0], [0, 0]]]
    dot = [[[5, 5], [5, 6], [6, 6], [5, 5]]]
    grid = on_grid((_outline(big, dot), _outline(dot)))
    assert [len(area.outline) for area in grid.areas] == [1, 1]
    assert grid.areas[1].label == (0, 1000)
