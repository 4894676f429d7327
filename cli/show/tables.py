"""Tables of text in as many columns as the screen has; headings are never cut."""

import re
import textwrap
from collections.abc import Iterable, Sequence

from cli.show.look import Look

GAP = 2  # blanks between columns
NARROWEST = 6  # no column of text becomes narrower
_BLANKS = "[ \n\t]+"  # but none that holds an amount and its sign together
_COMMAND = r"`[^`]*`"
_MONEY = r"(-?[\d.,]+[\u00a0 ](€|EUR)|-?(€|EUR)[\d.,]+)?"
_NO_CENTS = r"[.,]00(?=\D*$)"
_FLAG = r"(--[\w-]+) (?!--)"
MOST_LINES = 2  # of one cell; the record itself and --format plain tell all of it


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], look: Look, most: int = MOST_LINES
) -> str:
    """Draw rows under their headings; too many columns for the screen become blocks.

    `most` lines of a cell are shown, what is longer ends in an ellipsis.
    """
    if look.ascii:  # which takes more room
        heads, rows = [look.spell(h) for h in heads], [[look.spell(c) for c in r] for r in rows]
    rows, money = _amounts(rows)
    widths = fit(heads, rows, look.width)
    if widths is None:
        return blocks(heads, rows, look)
    above = lowered([wrap(head, width) for head, width in zip(heads, widths, strict=True)])
    cells = [_cells(row, widths, most, look) for row in rows]
    above, *cells = (_to_the_right(row, widths, money) for row in (above, *cells))
    if look.drawn:
        from cli.show.terminal import table as drawn

        return drawn(["\n".join(each) for each in above], cells, widths, look)
    rule = [["-" * width] for width in widths]
    lines = [line for row in (above, rule, *cells) for line in side_by_side(row, widths)]
    return "\n".join(lines)


def blocks(heads: Sequence[str], rows: Sequence[Sequence[str]], look: Look | None = None) -> str:
    """Write every row as a block of its own, each value behind its heading.

    A screen gets lines of its own width, a program each value on one.
    """
    return "\n\n".join(
        "\n".join(
            line
            for head, cell in zip(heads, row, strict=True) if cell
            for line in (told(f"{head}: {cell}", look, 0, 2) if look else [f"{head}: {cell}"])
        )
        for row in rows
    )  # fmt: skip


def fit(heads: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Give the columns their widths, the widest giving way first; None where they do not fit.

    A heading is rather written in two lines than a word of a cell broken.
    """
    widths = [
        max([len(head), *(len(line) for row in rows for line in row[i].split("\n"))])
        for i, head in enumerate(heads)
    ]
    spare = room - GAP * (len(widths) - 1)
    whole = [max(len(head), _longest(row[i] for row in rows)) for i, head in enumerate(heads)]
    parted = [
        max(_longest([head]), _longest(row[i] for row in rows)) for i, head in enumerate(heads)
    ]
    least = [
        max(len(head), min(NARROWEST, width)) for head, width in zip(heads, widths, strict=True)
    ]
    for narrowest in (whole, parted, least):
        if found := _narrowed(widths, narrowest, spare):
            return found
    return None


def _longest(cells: Iterable[str]) -> int:
    """Give the length of the longest word, as no word should be broken."""
    return max((len(word) for cell in cells for word in re.split(_BLANKS, cell)), default=0)


def _narrowed(widths: Sequence[int], least: Sequence[int], spare: int) -> list[int] | None:
    found = list(widths)
    while sum(found) > spare:
        wide = [(width, i) for i, width in enumerate(found) if width > least[i]]
        if not wide:
            return None
        found[max(wide)[1]] -= 1
    return found


def wrap(text: str, width: int) -> list[str]:
    """Break a text at its blanks; a word that is too long is broken within."""
    return [
        line.replace("\u00a0", " ")  # it has kept together what belongs together
        for part in text.split("\n")
        for line in textwrap.wrap(part, width, break_on_hyphens=False) or [""]
    ]


def told(text: str, look: Look, indent: int = 0, hang: int = 0) -> list[str]:
    """Break a text to the width of the screen, as far in as asked, what follows farther still."""
    lines = wrap(look.spell(text), max(look.width - indent - hang, NARROWEST))
    return [f"{' ' * (indent + (hang if i else 0))}{line}" for i, line in enumerate(lines)]


def cut(text: str, look: Look, room: int) -> str:
    """Give a text on one line; what has no room ends in an ellipsis."""
    line, dots = look.spell(" ".join(text.split())), look.spell("…")
    return line if len(line) <= room else f"{line[: max(room - len(dots), 0)].rstrip()}{dots}"


def command(text: str, width: int) -> list[str]:
    """Break a command so that it can still be copied: a line that goes on ends in a backslash."""
    if len(text) <= width:
        return [text]
    kept = re.sub(_FLAG, "\\1\u00a0", text)  # a flag stays with its value
    wrapped = textwrap.wrap(kept, width - 4, break_on_hyphens=False, break_long_words=False)
    lines = [line.replace("\u00a0", " ") for line in wrapped]
    ends = [" \\"] * (len(lines) - 1) + [""]
    return [f"{'  ' if i else ''}{line}{ends[i]}" for i, line in enumerate(lines)]


def prose(text: str, width: int) -> str:
    """Break sentences at their blanks, but no command in them: it is there to be copied."""
    kept = re.sub(_COMMAND, lambda found: found[0].replace(" ", "\u00a0"), text)
    lines = [
        line
        for part in kept.split("\n")
        for line in textwrap.wrap(
            part, width, break_on_hyphens=False, break_long_words=False,
            subsequent_indent=" " * (len(part) - len(part.lstrip(" -"))),
        ) or [""]
    ]  # fmt: skip
    return "\n".join(lines).replace("\u00a0", " ")


def _cells(row: Sequence[str], widths: Sequence[int], most: int, look: Look) -> list[list[str]]:
    """Break every cell into its lines; what is too long ends in an ellipsis."""
    dots = look.spell("…")
    found = []
    for cell, width in zip(row, widths, strict=True):
        lines = shortened(wrap(cell, width), width + 1 - len(dots), most)
        found.append([line.replace("…", dots) for line in lines])
    return found


def shortened(lines: list[str], width: int, most: int = MOST_LINES) -> list[str]:
    """Keep that many lines of a cell; the last one tells that there is more."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1][: width - 1].rstrip(' ·-')}…"]


def lowered(heads: Sequence[Sequence[str]]) -> list[list[str]]:
    """Let headings of fewer lines stand right above what they head."""
    height = max(map(len, heads))
    return [[*[""] * (height - len(head)), *head] for head in heads]


def _amounts(rows: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[bool]]:
    """Tell which columns hold amounts of money; whole ones are written without their cents."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    which = [any(column) and all(re.fullmatch(_MONEY, c) for c in column) for column in columns]
    for i, column in enumerate(columns):
        if which[i] and all(re.search(_NO_CENTS, cell) for cell in column if cell):
            columns[i] = [re.sub(_NO_CENTS, "", cell) for cell in column]
    return [list(row) for row in zip(*columns, strict=True)], which


def _to_the_right(
    row: Sequence[Sequence[str]], widths: Sequence[int], which: Sequence[bool]
) -> list[list[str]]:
    """Put amounts of money under one another by their cents."""
    return [
        [line.rjust(width) if right else line for line in cell]
        for cell, width, right in zip(row, widths, which, strict=True)
    ]


def side_by_side(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Put cells of several lines beside one another."""
    height = max(map(len, cells))
    return [_line([c[i] if i < len(c) else "" for c in cells], widths) for i in range(height)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
    return (" " * GAP).join(padded).rstrip()
