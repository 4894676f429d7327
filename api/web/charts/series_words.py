"""The words of an indicator's chart: its table, its sentence, what stands small beneath it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from markupsafe import Markup

from api.web.charts.drawing import Table, clean, texts
from api.web.charts.scales import figure, with_unit
from api.web.charts.series import WITHHELD, SeriesData, Target, Value, known, places
from api.web.stored import marked
from cycle.i18n import N_, Tongue
from cycle.machine import words

HIDDEN: Final = N_("withheld")
_NAMES: Final = {
    "baseline": N_("Baseline"),
    "path": N_("Way to the target"),
    "target": N_("Target value"),
    "break": N_("Break in the series: values do not compare with those before"),
}
_BREAKS: Final = {
    "definition": N_("{day}: counted otherwise from here on"),
    "boundaries": N_("{day}: other boundaries from here on"),
}


def named(name: str, tongue: Tongue) -> str:
    """Name a part of the chart."""
    return tongue.say(_NAMES[name])


def meaning(each: Value, tongue: Tongue) -> str:
    """Say what kind of value it is: final, provisional, withheld and so on."""
    if each.status == WITHHELD:
        return tongue.say(HIDDEN)
    plain = each.status in {"final", "revised"} and each.basis != "measured"
    kind, code = ("basis", each.basis) if plain else ("value_status", each.status)
    return clean(words.name(kind, code, tongue.lang))


def caption(data: SeriesData, tongue: Tongue) -> str:
    """Name the indicator, its unit and the area."""
    return tongue.say(
        "{name} ({unit}): {area}",
        name=clean(data.name),
        unit=clean(data.unit),
        area=clean(data.area),
    )


def summary(data: SeriesData, tongue: Tongue) -> str:
    """Say in a sentence how the indicator went and where it is to go."""
    there = [(each.day, value) for each in data.values if (value := known(each)) is not None]
    parts = [f"{clean(data.name)}, {clean(data.area)}"]
    if not there:
        parts.append(tongue.say("no values that can be shown"))
    elif len(there) == 1:
        parts.append(_at(data, there[0], tongue))
    else:
        first, last = min(there), max(there)
        parts.append(
            tongue.say(
                "from {first} to {last}", first=_at(data, first, tongue),
                last=_at(data, last, tongue),
            )
        )  # fmt: skip
    hidden = sum(each.status == WITHHELD for each in data.values)
    if hidden:
        parts.append(tongue.plural("{n} value withheld", "{n} values withheld", hidden))
    parts += [_aim(data, each, tongue) for each in data.targets]
    return f"{parts[0]}: {'; '.join(parts[1:])}."


def _at(data: SeriesData, point: tuple[date, Decimal], tongue: Tongue) -> str:
    told = with_unit(tongue, point[1], clean(data.unit), places(data))
    return tongue.say("{value} on {day}", value=told, day=point[0])


def _aim(data: SeriesData, target: Target, tongue: Tongue) -> str:
    told = with_unit(tongue, target.value, clean(data.unit), places(data))
    if target.kind == "keep_band" and target.tolerance:
        told = f"{told} ± {figure(tongue, target.tolerance, data.unit)}"
    kind = words.name("target_kind", target.kind, tongue.lang)
    return tongue.say(
        "target {goal}: {kind} {value} by {day}",
        goal=clean(target.goal), kind=kind, value=told, day=target.day,
    )  # fmt: skip


def notes(data: SeriesData, tongue: Tongue, *, cut: bool) -> tuple[str, ...]:
    """Say what one must know to read the chart rightly."""
    return tuple(_notes(data, tongue, cut=cut))


def _notes(data: SeriesData, tongue: Tongue, *, cut: bool) -> Iterator[str]:
    if data.polarity != "context":
        better = words.name("polarity", data.polarity, tongue.lang)
        yield tongue.say("Better when: {direction}.", direction=better)
    same = {(each.day.month, each.day.day) for each in data.values}
    if len(same) == 1 and len(data.values) > 1:
        month, day = same.pop()
        told = f"{day:02}.{month:02}." if tongue.lang == "de" else f"{month:02}-{day:02}"
        yield tongue.say("As of {day} of each year.", day=told)
    for each in data.breaks:
        says = tongue.say(_BREAKS[each.kind], day=each.on)
        reason = marked(clean(each.reason), tongue.lang) if each.reason else ""
        yield Markup("{} ({}).").format(says, reason) if reason else f"{says}."
    if any(each.status == WITHHELD for each in data.values):
        yield tongue.say("Withheld values protect single persons or are not known.")
    if any(each.status == "uncertain" for each in data.values):
        yield tongue.say("Values in brackets rest on few cases.")
    if cut:
        yield tongue.say("The scale does not begin at zero.")


def table(data: SeriesData, tongue: Tongue) -> Table:
    """Give the figures of the chart as rows, those of targets among them."""
    head = ((tongue.say("Day"), ""), (tongue.say("Value"), "num"), (tongue.say("Target"), "num"),
            (tongue.say("Remark"), ""))  # fmt: skip
    rows = sorted(_rows(data, tongue), key=lambda row: row[0])
    told = texts((tongue.date(day), *cells) for day, *cells in rows)
    return Table(caption(data, tongue), head, told)


def _rows(data: SeriesData, tongue: Tongue) -> Iterator[tuple[date, str, str, str]]:
    exact = places(data)
    for each in data.values:
        value, word = known(each), meaning(each, tongue)
        told = word if value is None else figure(tongue, value, data.unit, exact)
        yield each.day, told, "", "" if value is None else word
    for target in data.targets:
        steps = target.steps if target.kind == "reach" else ()
        for day, value in steps:
            yield day, "", figure(tongue, value, data.unit, exact), _step(target, tongue)
        told = figure(tongue, target.value, data.unit, exact)
        if target.kind == "keep_band":
            told = f"{told} ± {figure(tongue, target.tolerance, data.unit)}"
        yield target.day, "", told, f"{named('target', tongue)} {clean(target.goal)}"
        if target.kind == "reach" and target.baseline:
            day, value = target.baseline
            base = f"{named('baseline', tongue)} {clean(target.goal)}"
            yield day, "", figure(tongue, value, data.unit, exact), base
    for gap in data.breaks:
        yield gap.on, "", "", tongue.say(_BREAKS[gap.kind], day=gap.on)


def _step(target: Target, tongue: Tongue) -> str:
    return tongue.say("step on the way, {goal}", goal=clean(target.goal))
