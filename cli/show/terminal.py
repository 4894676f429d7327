"""What Rich draws on a terminal: texts and tables with quiet colours, and a bar for long work.

Every colour only repeats what a sign or a word tells, and can be read on white as on black.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from cli.show.bars import Tick
from cli.show.look import Look, harmless

GREEN, OCHRE, RED, TEAL = "color(28)", "color(136)", "color(160)", "color(30)"
_MARKS = (  # what is painted in a text, and how
    (r"(?m)(?:\A|(?<=\n\n))\S[^\n]*(?=\n(?: |-{3}|[├└]))", "bold"),  # a heading
    (r"\b[BDEFGMRZ]-\d{4}(?:-\d{2,})?\b", TEAL),
    (r"[●✓]", GREEN), (r"▲", OCHRE), (r"■", RED), (r"◆[^→\n]*", "bold"),
)  # fmt: skip


def painted(text: str, look: Look) -> str:
    """Lay colours over a text that is written already: headings, keys, signs."""
    shown = Text(harmless(text))
    for mark, style in _MARKS:
        shown.highlight_regex(mark, style)
    console = _console(look)
    with console.capture() as captured:
        console.print(shown, soft_wrap=True)
    return captured.get().rstrip("\n")


def table(
    heads: Sequence[str], rows: Sequence[Sequence[Sequence[str]]], widths: Sequence[int], look: Look
) -> str:
    """Draw a table; the widths are those of the plain one, so both read alike."""
    drawn = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for i, (head, width) in enumerate(zip(heads, widths, strict=True)):
        drawn.add_column(Text(head), width=width, overflow="fold", style=TEAL if i == 0 else "")
    for row in rows:
        drawn.add_row(*(Text(harmless("\n".join(cell))) for cell in row))
    return _drawn(drawn, look)


def columns(
    heads: Sequence[Sequence[str]], cells: Sequence[Sequence[str]], width: int, look: Look
) -> str:
    """Draw columns of one width; the signs of lights stand in their colours too."""
    drawn = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for head in heads:
        drawn.add_column(Text("\n".join(head)), width=width, overflow="fold")
    drawn.add_row(*(_shining(Text(harmless("\n".join(cell)))) for cell in cells))
    return _drawn(drawn, look)


def _shining(text: Text) -> Text:
    for sign, colour in (("●", GREEN), ("▲", OCHRE), ("■", RED)):
        text.highlight_regex(sign, colour)
    return text


def _drawn(table: Table, look: Look) -> str:
    console = _console(look)
    with console.capture() as captured:
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().rstrip("\n").split("\n"))


@contextmanager
def bar(what: str, look: Look) -> Iterator[Tick]:
    """Show on standard error how far long work has come."""
    console = Console(stderr=True, force_terminal=True, no_color=not look.colour)
    progress = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        console=console, transient=True,
    )  # fmt: skip
    with progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _console(look: Look) -> Console:
    return Console(
        width=look.width, force_terminal=look.colour or None, no_color=not look.colour,
        color_system="256" if look.colour else None, highlight=False, markup=False,
    )  # fmt: skip
