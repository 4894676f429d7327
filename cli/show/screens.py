"""Screens that tell where the town stands; each fits 80 columns and 40 lines."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from cli.show import stages, tables
from cli.show.gaps import SCREEN, Lines, gap_lines, next_text
from cli.show.matrix import Matrix
from cli.show.shortened import few
from cli.show.sparks import spark
from cycle.machine import overdue, words
from cycle.machine.words.lights import SIGNS, label

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
FEWEST_GAPS, MOST_GAPS, FEWEST_UNITS, MOST_OVERDUE = 3, 6, 4, 2
UNITS = ((12, 2), (12, 1), (8, 1), (5, 1), (3, 1))  # how many departments, in how many lines


def status_text(desk: "Desk", found: Found, gaps: Lines) -> str:
    """Write the round, the measures by state and by department, and the open ends."""
    matrix = Matrix(desk, found["departments"])
    begun = any(found["states"].values())
    above = [_heading(desk, found), _states(desk, found["states"], matrix)]
    above += [part for part in (_lit(desk, found), _overdue(desk, found["overdue"])) if part]
    after = [next_text(desk, gaps if begun else ()).split("\n")]
    room = SCREEN - sum(len(part) + 1 for part in above + after) - 1
    ends = _open_ends(desk, gaps, FEWEST_GAPS)
    units = _units(desk, matrix, room - len(ends) - 1)
    if units:
        room -= len(units) + 1
        above.append(units)
    ends = max((e for e in _more_ends(desk, gaps) if len(e) <= room), key=len, default=ends)
    return "\n\n".join("\n".join(part) for part in [*above, ends, *after])


def _day(desk: "Desk", found: Found) -> str:
    if found["as_of"] is None:
        return desk.tongue.date(date.fromisoformat(found["today"]))
    day = desk.tongue.date(date.fromisoformat(found["as_of"]))
    return desk.say("as it was known on {day}", day=day)


def _heading(desk: "Desk", found: Found) -> list[str]:
    """Name the town, its day and its round, and show where that stands on the circle."""
    town = f"{found['municipality']['name']} · {_day(desk, found)}"
    here = stages.of_round(found["cycle"]["stage"]) if found["cycle"] else None
    circle = stages.line(desk, here, stages.counted(found["states"]))
    return [*tables.told(town, desk.look), *_round(desk, found), *circle]


def _lit(desk: "Desk", found: Found) -> list[str]:
    """Put the steps of half a year beside the lights where the screen has room for both."""
    lights, steps = _lights(desk, found), _steps(desk, found["steps"])
    widths = [max(map(len, part), default=0) for part in (lights, steps)]
    if lights and sum(widths) + 2 * tables.GAP <= desk.look.width:
        return tables.side_by_side([lights, steps], [widths[0] + tables.GAP, widths[1]])
    return [*lights, *steps]


def _lights(desk: "Desk", found: Found) -> list[str]:
    """Sum up the lights of all departments: how many of each colour, never an average."""
    lines = []
    for light in ("delivery", "effect", "data"):
        counts: Counter[str] = Counter()
        for unit in found["departments"]:
            counts.update(unit["lights"][light])
        told = " · ".join(f"{SIGNS[c]} {counts[c]}" for c in SIGNS)
        lines += tables.told(f"{label(light, desk.tongue.lang):11}", desk.look, 2)
        lines[-1] = f"{lines[-1]:13} {desk.look.spell(told)}"
        some = sum(counts.values())
    heading = tables.told(desk.say("Lights of what is under way"), desk.look)
    return [*heading, *lines] if some else []


def _steps(desk: "Desk", steps: Sequence[Found]) -> list[str]:
    """Write how many steps of measures each month brought, as columns and as figures."""
    if not any(each["count"] for each in steps):
        return []
    names = desk.say("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    figures = [each["count"] for each in steps]
    rows = [
        [names[int(each["month"][-2:]) - 1] for each in steps],
        list(spark(figures, from_zero=True)),
        [str(each) for each in figures],
    ]
    rows = [[desk.look.spell(cell) for cell in row] for row in rows]
    wide = max(len(cell) for row in rows for cell in row)
    heading = desk.look.spell(desk.say("Steps of measures"))
    return [heading, *("  " + " ".join(cell.rjust(wide) for cell in row) for row in rows)]


def _overdue(desk: "Desk", counts: Mapping[str, int]) -> list[str]:
    """Name what is overdue, the most frequent first, as far as few lines tell it."""
    if not counts:
        return []
    ranked = sorted(counts.items(), key=lambda each: -each[1])
    named = [f"{overdue.name(code, desk.tongue.lang)} {count}" for code, count in ranked]
    heading = desk.say("Overdue: {count} (`cycle overdue`)", count=sum(counts.values()))
    shown = len(named)
    while len(lines := _some(desk, named, shown)) > MOST_OVERDUE and shown > 1:
        shown -= 1
    return [*tables.told(heading, desk.look), *lines]


def _some(desk: "Desk", named: Sequence[str], shown: int) -> list[str]:
    rest = len(named) - shown
    more = [desk.tongue.plural("one more kind", "{n} more kinds", rest)] if rest else []
    told = (each.replace(" ", "\u00a0") for each in (*named[:shown], *more))
    return tables.told("\u00a0· ".join(told), desk.look, 2)


def _round(desk: "Desk", found: Found) -> list[str]:
    here = found["cycle"]
    if here is None:
        return tables.told(desk.say("No round is open; `cycle round open` begins one."), desk.look)
    stage = words.name("stage", here["stage"], desk.tongue.lang)
    says = desk.say(
        "{key} {title}: round {round}, stage {stage}",
        key=here["key"], title=" ".join(here["title"].split()), round=here["round"], stage=stage,
    )  # fmt: skip
    others = [key for key in found["cycles"] if key != here["key"]]
    more = [desk.say("also open: {keys}", keys=few(desk, others))] if others else []
    return [line for text in (says, *more) for line in tables.told(text, desk.look)]


def _states(desk: "Desk", states: Mapping[str, int], matrix: Matrix) -> list[str]:
    says = desk.say("Measures: {count}", count=sum(states.values()))
    return [*tables.told(says, desk.look), *matrix.legend(states)]


def _units(desk: "Desk", matrix: Matrix, room: int) -> list[str]:
    """Write as many departments as the screen has room for, those with most measures first."""
    if not matrix.units:
        return []
    if matrix.fits:
        return matrix.lines(max(room - 1, FEWEST_UNITS))
    for shown, lines in UNITS:
        text = _some_units(desk, matrix.units, shown, lines)
        if len(text) < room:
            break
    return text


def _some_units(desk: "Desk", units: Sequence[Found], shown: int, lines: int) -> list[str]:
    rows = [
        [u["code"], u["name"], str(sum(u["states"].values())), _counted(desk, u["states"])]
        for u in units[:shown]
    ]
    heads = [desk.say("Code"), desk.say("Department"), desk.say("All"), desk.say("by state")]
    table = tables.table(heads, rows, replace(desk.look, terminal=False, colour=False), lines)
    rest = len(units) - shown
    more = desk.tongue.plural("and {n} more department", "and {n} more departments", rest)
    return [*table.split("\n"), *([more] if rest > 0 else [])]


def _counted(desk: "Desk", states: Mapping[str, int]) -> str:
    named = ((words.name("state", s, desk.tongue.lang), n) for s, n in states.items() if n)
    told = (f"{name} {count}".replace(" ", "\u00a0") for name, count in named)
    return "\u00a0· ".join(told)


def _more_ends(desk: "Desk", gaps: Lines) -> Iterator[list[str]]:
    yield from (_open_ends(desk, gaps, most) for most in range(FEWEST_GAPS, MOST_GAPS + 1))


def _open_ends(desk: "Desk", gaps: Lines, most: int) -> list[str]:
    heading = words.name("label", "gaps", desk.tongue.lang)
    if not gaps:
        says = f"{heading}: {words.name('label', 'nothing', desk.tongue.lang)}"
        return tables.told(says, desk.look)
    lines = [part for line in gaps[:most] for part in gap_lines(desk, line)]
    rest = len(gaps) - most
    if rest > 0:
        more = desk.tongue.plural("one more kind", "{n} more kinds", rest)
        lines += tables.told(f"{more}: `cycle gaps`", desk.look, 7)
    return [*tables.told(heading, desk.look), *lines]
