"""What Rich draws on a terminal: tables with quiet colours, and a bar for long work."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from cli.show.bars import Tick
from cli.show.look import Look


def table(
    heads: Sequence[str], rows: Sequence[Sequence[Sequence[str]]], widths: Sequence[int], look: Look
) -> str:
    """Draw a table; the widths are those of the plain one, so both read alike."""
    drawn = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for i, (head, width) in enumerate(zip(heads, widths, strict=True)):
        drawn.add_column(Text(head), width=width, overflow="fold", style="cyan" if i == 0 else "")
    for row in rows:
        drawn.add_row(*(Text("\n".join(cell)) for cell in row))
    console = _console(look)
    with console.capture() as captured:
        console.print(drawn)
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
        color_system="standard" if look.colour else None, highlight=False, markup=False,
    )  # fmt: skip
