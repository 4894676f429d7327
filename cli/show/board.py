"""The board as columns beside one another, as many as the screen has room for, or stacked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cli.show import hyphens, tables
from cli.show.labels import head
from cycle.machine import words
from cycle.machine.colours import COLOURS
from cycle.machine.words import lights

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
GAP: Final = tables.GAP
TITLE: Final = 3  # lines of a title
_HYPHEN: Final = "- "
NARROW, STACKED = 14, 60  # the narrowest column; a narrower screen gets them one below another


def board_text(desk: "Desk", found: Found) -> str:
    """Write the columns with their oldest measures, or the rows across the stages."""
    intro = _wrapped(desk, _intro(desk, found))
    body = _columns(desk, found) if "columns" in found else _matrix(desk, found)
    return "\n\n".join([intro, *body, _legend(desk)])


def _intro(desk: "Desk", found: Found) -> str:
    day = desk.tongue.date(date.fromisoformat(found["today"]))
    stages = ("report", "goal", "measure", "evaluation", "report")
    circle = " → ".join(words.name("stage", stage, desk.tongue.lang) for stage in stages)
    return desk.say("The circle on {day}: {circle}", day=day, circle=circle)


def column_name(desk: "Desk", by: str, column: Found) -> str:
    """Name a column; the last stage is where a result stands in a report again."""
    ends = by == "state" or column["name"] == "reported"
    return words.name("state" if ends else "stage", column["name"], desk.tongue.lang)


def _columns(desk: "Desk", found: Found) -> list[str]:
    columns: Sequence[Found] = found["columns"]
    heads = [f"{column_name(desk, found['by'], each)} ({each['count']})" for each in columns]
    heads = [desk.look.spell(each) for each in heads]
    if desk.format == "plain" or desk.look.width < STACKED:
        parts = [_stacked(desk, *each) for each in zip(heads, columns, strict=True)]
    else:
        parts = list(_bands(desk, heads, columns))
    off = _off(desk, found["off"])
    return [*parts, _wrapped(desk, off)] if off else parts


def _bands(desk: "Desk", heads: Sequence[str], columns: Sequence[Found]) -> Iterator[str]:
    """Put as many columns beside one another as there is room, in bands of one length."""
    width = desk.look.width
    least = max(NARROW, *(len(word) for each in heads for word in each.split()))
    bands = -(-len(heads) // ((width + GAP) // (least + GAP)))
    per = -(-len(heads) // bands)
    room = (width + GAP) // per - GAP
    for start in range(0, len(heads), per):
        some = slice(start, start + per)
        cells = [_cell(desk, each, room) for each in columns[some]]
        yield _beside([tables.wrap(each, room) for each in heads[some]], cells, room, desk)


def _beside(heads: Sequence[list[str]], cells: Sequence[list[str]], room: int, desk: "Desk") -> str:
    if desk.look.drawn:
        from cli.show.terminal import columns as drawn

        return drawn(heads, cells, room, desk.look)
    rule = [["-" * room] for _ in heads]
    widths = [room] * len(heads)
    parts = [tables.side_by_side(rows, widths) for rows in (tables.lowered(heads), rule, cells)]
    return "\n".join(line for part in parts for line in part)


def _cell(desk: "Desk", column: Found, room: int) -> list[str]:
    """Write what a column holds, in lines of its width."""
    lines = [part for each in _summary(desk, column) for part in _lines(desk, each, room)]
    for card in column["cards"]:
        lines += ["", card["key"], *_title(desk, card["title"], room)]
        lines += [part for each in _told(desk, card) for part in _lines(desk, each, room)]
    more = _more(desk, column)
    return [*lines, "", *_lines(desk, more, room)] if more else lines


def _title(desk: "Desk", title: str, room: int) -> list[str]:
    """Write a title in few lines; a word that is too long is parted with a hyphen."""
    words_ = desk.look.spell(title).split()
    parted = [_HYPHEN.join(hyphens.parts(word, room)) for word in words_]
    lines = tables.wrap(" ".join(parted), room)
    dots = desk.look.spell("…")  # in ASCII it is longer
    cut = tables.shortened(lines, room + 1 - len(dots), TITLE)
    return [line.replace("…", dots) for line in cut]


def _stacked(desk: "Desk", heading: str, column: Found) -> str:
    """Write a column as a block of its own, its measures below one another."""
    width = desk.look.width
    summary = " · ".join(_summary(desk, column))
    lines = [*tables.wrap(heading, width), *_indented(desk, summary, 2)]
    for card in column["cards"]:
        lines += _indented(desk, f"{card['key']} {' '.join(card['title'].split())}", 2)
        lines += _indented(desk, " · ".join(_told(desk, card)), 4)
    return "\n".join([*lines, *_indented(desk, _more(desk, column), 2)])


def _summary(desk: "Desk", column: Found) -> list[str]:
    """Tell how long the oldest stands here, how much is overdue, and the lights."""
    days = column["oldest_days"]
    told = [] if days is None else [desk.tongue.plural("up to {n} day", "up to {n} days", days)]
    if column["overdue"]:
        told.append(desk.say("{count} overdue", count=column["overdue"]))
    for light, colours in column["lights"].items():
        if any(colours.values()):
            told.append(f"{lights.label(light, desk.tongue.lang)} {_shining(colours)}")
    return told


def _shining(colours: Mapping[str, int]) -> str:
    return " ".join(f"{lights.SIGNS[c]}{colours[c]}" for c in COLOURS if colours[c])


def _told(desk: "Desk", card: Found) -> list[str]:
    """Tell of a measure: who leads it, how long it stands here, its three lights."""
    days = card["age_days"]
    age = "" if days is None else desk.tongue.plural("{n} day", "{n} days", days)
    shining = "".join(lights.SIGNS[colour] for colour in card["lights"].values())
    overdue = words.name("label", "overdue", desk.tongue.lang).lower()
    late = f" {overdue}" if card["overdue"] else ""
    first = " · ".join(part for part in (card["lead"], age) if part)
    return [each for each in (first, f"{shining}{late}") if each]


def _more(desk: "Desk", column: Found) -> str:
    rest = column["count"] - len(column["cards"])
    return desk.tongue.plural("and {n} more", "and {n} more", rest) if rest > 0 else ""


def _off(desk: "Desk", off: Mapping[str, int]) -> str:
    lang = desk.tongue.lang
    told = [f"{words.name('state', state, lang)} {count}" for state, count in off.items() if count]
    return desk.say("Off the circle: {states}", states=" · ".join(told)) if told else ""


def _matrix(desk: "Desk", found: Found) -> list[str]:
    if not found["rows"]:
        return [desk.say("There are no measures.")]
    by, spell = found["by"], desk.look.spell
    named = "prevention_level" if by == "prevention" else by
    columns = found["rows"][0]["columns"]
    heads = [head(named, desk.tongue), desk.say("All")]
    heads = [spell(each) for each in (*heads, *(column_name(desk, by, c) for c in columns))]
    rows = [
        [row_name(desk, by, row), str(row["count"]), *(_count(cell) for cell in row["columns"])]
        for row in found["rows"]
    ]
    rows = [[spell(each) for each in row] for row in rows]
    if desk.format == "plain" or tables.fit(heads, rows, desk.look.width) is None:
        return [_block(desk, heads, row) for row in rows]
    return [tables.table(heads, rows, desk.look)]


def named(desk: "Desk", by: str, row: Found | None, column: Found) -> dict[str, Any]:
    """Give a column, or one cell of a row, with its names and lights as people read them."""
    part = {"name": row_name(desk, by, row)} if row else {}
    shining = {light: _shining(colours) for light, colours in column["lights"].items()}
    counts = {name: column[name] for name in ("count", "oldest_days", "overdue")}
    return {**part, "column": column_name(desk, by, column), **counts, **shining}


def row_name(desk: "Desk", by: str, row: Found) -> str:
    """Name a part of the measures; some are told of none."""
    if row["name"] is None:
        return desk.say("not stated")
    if by == "prevention":
        return words.name("prevention", row["name"], desk.tongue.lang)
    return str(row["name"] if row["label"] == row["name"] else f"{row['name']} {row['label']}")


def _count(cell: Found) -> str:
    """Write how many there are and the worst of each of their lights."""
    if not cell["count"]:
        return ""
    worst = cell["worst"].values()
    shining = "".join(lights.SIGNS[colour or "grey"] for colour in worst)
    return f"{cell['count']} {shining}"


def _block(desk: "Desk", heads: Sequence[str], row: Sequence[str]) -> str:
    lines = [f"{name}: {cell}" for name, cell in zip(heads, row, strict=True) if cell]
    return "\n".join(part for line in lines for part in tables.wrap(line, desk.look.width))


def _legend(desk: "Desk") -> str:
    """Say what the signs mean: nothing is told by colour alone."""
    lang = desk.tongue.lang
    kinds = ", ".join(lights.label(light, lang) for light in ("delivery", "effect", "data"))
    order = desk.say("Three signs beside one another: {lights}.", lights=kinds)
    signs = " · ".join(lights.colour(c, lang).replace(" ", "\u00a0") for c in reversed(COLOURS))
    return "\n".join([_wrapped(desk, order), _wrapped(desk, signs)])


def _lines(desk: "Desk", text: str, room: int) -> list[str]:
    return tables.wrap(desk.look.spell(text), room)


def _indented(desk: "Desk", text: str, by: int) -> list[str]:
    lines = _lines(desk, text, desk.look.width - by) if text else []
    return [f"{' ' * by}{line}" for line in lines]


def _wrapped(desk: "Desk", text: str) -> str:
    return "\n".join(_lines(desk, text, desk.look.width))
