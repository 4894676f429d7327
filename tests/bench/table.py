"""The table of ratios, printed and on request written down as JSON."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

WHERE: Final = os.environ.get("KREISLAUF_BENCH_JSON")  # read before tests empty the environment


@dataclass(frozen=True)
class Line:
    """One thing that was measured; rates a second unless `what` says otherwise."""

    store: str
    what: str
    ours: float
    bare: float | None
    naive: float | None
    target: str
    reached: bool | None

    def told(self) -> str:
        """Write it as a line of the table."""
        cells = [
            f"{self.store:11}{self.what:41}",
            *map(_figure, (self.ours, self.bare, self.naive)),
        ]
        cells += [_ratio(self.ours, self.bare), _ratio(self.ours, self.naive)]
        verdict = {True: "yes", False: "no", None: ""}[self.reached]
        return f"{''.join(cells)}  {self.target:32}{verdict}"


HEAD: Final = (
    f"{'store':11}{'what':41}{'ours':>10}{'bare':>10}{'naive':>10}{'/bare':>8}{'/naive':>8}"
    f"  {'target':32}reached"
)


def show(lines: list[Line], title: str) -> None:
    """Print the table, and add it to the file that is asked for."""
    print("\n".join(["", title, HEAD, *(line.told() for line in lines)]), flush=True)
    if WHERE:
        path = Path(WHERE)
        before = json.loads(path.read_text()) if path.exists() else []
        path.write_text(
            json.dumps([*before, *({"bench": title, **asdict(each)} for each in lines)])
        )


def at_least(bare: float, naive: float) -> tuple[str, Callable[[float, float, float], bool]]:
    """Give a target in ratios to both apps, and what tells whether it is reached."""
    text = f"≥ {bare:g} × bare" + (f", ≥ {naive:g} × naive" if naive else "")
    return text, lambda ours, other, orm: ours >= bare * other and ours >= naive * orm


def _figure(value: float | None) -> str:
    if value is None:
        return f"{'–':>10}"
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:>10,.{digits}f}"


def _ratio(ours: float, other: float | None) -> str:
    return f"{'–' if not other else f'{ours / other:.2f}':>8}"
