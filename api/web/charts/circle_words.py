"""The words and signs of the steering circle: its table, its sentence, what is meant by what."""

from collections.abc import Iterator

from markupsafe import Markup

from api.web.charts.drawing import Box, Table, clean, path, swatch, tag, texts
from cycle.i18n import N_, Tongue
from cycle.machine import words
from cycle.reading.shapes import Json


def stands(stage: Json, key: str) -> bool:
    """Tell whether the round that is asked for stands here; without one, whether any does."""
    return key in stage["rounds"] if key else bool(stage["rounds"])


def frame(box: Box, *, here: bool) -> Markup:
    """Draw the frame of a station, a strong one where the round stands."""
    kind = "chart__station chart__station--here" if here else "chart__station"
    return tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=6, class_=kind)


def pointer(x: float, y: float) -> Markup:
    """Draw the sign that points at a round."""
    return tag("path", d=path((x, y - 7), (x + 11, y), (x, y + 7), closed=True),
               class_="chart__head")  # fmt: skip


def cross(x: float, y: float) -> Markup:
    """Draw the sign of open ends."""
    down, up = path((x - 6, y - 6), (x + 6, y + 6)), path((x - 6, y + 6), (x + 6, y - 6))
    return tag("path", d=down + up, class_="chart__cross")


def summary(found: Json, tongue: Tongue, key: str) -> str:
    """Say in a sentence how many measures stand where, and what is open between the stages."""
    parts = [
        f"{words.name('stage', each['stage'], tongue.lang)} {tongue.number(each['count'])}"
        for each in found["stages"]
    ]
    told = [tongue.say(N_("The steering circle with its measures: {parts}."),
                       parts=", ".join(parts))]  # fmt: skip
    told += [
        tongue.say(
            N_("{key} stands here: {stage}."), key=clean(key),
            stage=words.name("stage", each["stage"], tongue.lang),
        )
        for each in found["stages"] if key and stands(each, key)
    ]  # fmt: skip
    open_ = sum(arrow["open"] for arrow in found["arrows"])
    told.append(tongue.plural("{n} end is open.", "{n} ends are open.", open_))
    return " ".join(told)


def table(found: Json, tongue: Tongue) -> Table:
    """Give a row for each station: its measures, its rounds, what is open to the next one."""
    rows = [
        (
            words.name("stage", stage["stage"], tongue.lang),
            tongue.number(stage["count"]),
            _states(stage, tongue),
            ", ".join(stage["rounds"]) or "–",
            tongue.number(arrow["open"]),
        )
        for stage, arrow in zip(found["stages"], found["arrows"], strict=True)
    ]
    head = (
        (tongue.say(N_("Station")), ""),
        (tongue.say(N_("Measures")), "num"),
        (tongue.say(N_("of these")), ""),
        (tongue.say(N_("Rounds that stand there")), ""),
        (tongue.say(N_("Open ends to the next one")), "num"),
    )
    return Table(tongue.say(N_("The steering circle")), head, texts(rows))


def _states(stage: Json, tongue: Tongue) -> str:
    told = [
        f"{words.name('state', name, tongue.lang)} {tongue.number(n)}"
        for name, n in stage["states"].items() if n
    ]  # fmt: skip
    return ", ".join(told) or "–"


def legend(found: Json, tongue: Tongue, key: str) -> Iterator[tuple[Markup, str]]:
    """Say what the signs mean that are there."""
    if any(stands(each, key) for each in found["stages"]):
        yield swatch(frame(Box(2, 2, 24, 12), here=True)), tongue.say(N_("here stands the round"))
    if any(not arrow["open"] for arrow in found["arrows"]):
        yield swatch(tag("path", d="M0 8L28 8", class_="chart__arrow")), tongue.say(N_("whole"))
    if any(arrow["open"] for arrow in found["arrows"]):
        broken = tag("path", d="M0 8L28 8", class_="chart__arrow chart__arrow--broken")
        ground = tag("circle", cx=14, cy=8, r=8, class_="chart__ground")
        yield swatch(broken, ground, cross(14, 8)), tongue.say(N_("open ends"))
