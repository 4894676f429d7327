"""Invented figures, also impossible and hostile ones, for charts to bear."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from api.web.charts.area_map import MapArea, MapData
from api.web.charts.series import Break, SeriesData, Target, Value

HOSTILE = "</text><script>alert(1)</script>\x00\x1b[31m\u202e\ufffe & \"'"
STATUS = (
    "final", "provisional", "revised", "estimated", "zero_rounded", "uncertain", "nil",
    "confidential_or_unknown", "pending", "unreliable", "not_applicable",
)  # fmt: skip

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
amounts = st.decimals(-1_000_000_000, 10_000_000_000, places=3, allow_nan=False)
names = st.text(max_size=60) | st.just(HOSTILE)
values = st.builds(
    Value, days, st.none() | amounts, st.sampled_from(STATUS),
    st.sampled_from(("measured", "recalculated", "estimated", "interpolated")), st.integers(0, 3),
)  # fmt: skip
points = st.tuples(days, amounts)
targets = st.builds(
    Target, names, st.sampled_from(("reach", "at_least", "at_most", "keep_band")), amounts, days,
    st.none() | points, st.lists(points, max_size=4).map(tuple), st.decimals(0, 1000, places=1),
)  # fmt: skip
breaks = st.builds(Break, days, st.sampled_from(("definition", "boundaries")), names)
series = st.builds(
    SeriesData, names, names, names, st.lists(values, max_size=40).map(tuple),
    st.lists(targets, max_size=3).map(tuple), st.lists(breaks, max_size=3).map(tuple),
    st.sampled_from(("", "yearly", "monthly")), st.sampled_from(("context", "lower_better")),
)  # fmt: skip


@st.composite
def maps(draw: st.DrawFn) -> MapData:
    """Invent areas of any form on a grid, with or without a value."""
    places = st.tuples(st.floats(0, 500, width=32), st.floats(0, 300, width=32))
    rings = st.lists(places, min_size=3, max_size=8).map(tuple)
    area = st.builds(
        MapArea, st.from_regex(r"\A\d{1,3}\Z"), names, st.tuples(st.tuples(rings)), places,
        st.none() | amounts, st.booleans(), st.just("steht aus") | st.just(""),
    )  # fmt: skip
    return MapData(draw(names), draw(names), tuple(draw(st.lists(area, max_size=25))), 500, 300)


def circle(**changes: object) -> dict[str, Any]:
    """Give a circle as the reading room does."""
    stages = ("report", "goal", "measure", "evaluation")
    states = {"report": "draft", "goal": "targeted", "measure": "approved",
              "evaluation": "implemented"}  # fmt: skip
    found = {
        "stages": [
            {"stage": name, "count": 12, "states": {states[name]: 12, "suspended": 0},
             "rounds": ["Z-2024"] if name == "measure" else []}
            for name in stages
        ],
        "arrows": [
            {"from": one, "to": two, "open": 3 if one == "goal" else 0, "ends": []}
            for one, two in zip(stages, [*stages[1:], stages[0]], strict=True)
        ],
    }  # fmt: skip
    return found | changes


def months(*, planned: int = 9, known: int = 10) -> dict[str, Any]:
    """Give the months of a round as the reading room does, the last of them to come."""
    told = []
    for i in range(24):
        year, month = 2024 + i // 12, i % 12 + 1
        there = i < known
        told.append({
            "month": f"{year}-{month:02}", "until": f"{year}-{month:02}-28",
            "all": 12 + i if there else None, "begun": i if there else None,
            "implemented": i // 2 if there else None, "planned": planned * i // 23,
        })  # fmt: skip
    return {"cycle": {"key": "Z-2024"}, "today": f"2024-{known:02}-28", "months": told}


def a_series(**changes: object) -> SeriesData:
    """Give five years of an indicator with a target, the third of them withheld."""
    numbers = ("33.3", "33.1", "777.7", "29.4", "30.3")
    status = ("final", "final", "confidential_or_unknown", "uncertain", "provisional")
    own = tuple(
        Value(date(2021 + i, 12, 31), Decimal(n), s)
        for i, (n, s) in enumerate(zip(numbers, status, strict=True))
    )
    target = Target("G-2024-003", "reach", Decimal("22.0"), date(2028, 12, 31),
                    (date(2022, 12, 31), Decimal("33.1")))  # fmt: skip
    words: dict[str, Any] = {
        "name": "Auffälliger Sprachbefund", "unit": "%", "area": "Neustadt", "values": own,
        "targets": (target,), "frequency": "yearly", "polarity": "lower_better",
    }  # fmt: skip
    return SeriesData(**words | changes)
