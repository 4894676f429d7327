"""The self-assessment by EN 301 549, chapter 9: each criterion, and what shows that it is met.

A criterion is shown by checks that run over every page in a real browser (`tests/web/walls`), by
tests of its own, by looking, or it does not apply because there is nothing of its kind. What the
last run of the walls saw stands in `assessment.json`, which that run writes.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from cycle.i18n import N_

AXE, HTML, REFLOW, SPACED, LARGE, KEYS, FORCED, FAULTS, SPOKEN, LOOKED, NONE = (
    "axe", "html", "reflow", "spaced", "large", "keyboard", "forced", "faults", "spoken", "looked",
    "none",
)  # fmt: skip
HOW: Final = {
    AXE: N_("axe-core over every page"),
    HTML: N_("valid HTML on every page"),
    REFLOW: N_("no scrolling sideways at 320 px"),
    SPACED: N_("spaced text fits"),
    LARGE: N_("text of 200 % fits"),
    KEYS: N_("walk by keyboard over every page"),
    FORCED: N_("looked at in forced colours"),
    FAULTS: N_("faults are summed up, focused and linked"),
    SPOKEN: N_("what the town wrote is marked as German on every English page"),
    LOOKED: N_("looked at by a person"),
    NONE: N_("does not apply: there is nothing of this kind"),
}
REPORT: Final = Path(__file__).parent / "assessment.json"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One success criterion of WCAG as EN 301 549 counts it."""

    number: str  # of WCAG; EN 301 549 puts a 9 before it
    level: str
    name: str  # template
    how: tuple[str, ...]

    @property
    def clause(self) -> str:
        """Give its clause in EN 301 549; criteria new in WCAG 2.2 have none there yet."""
        return "" if self.number in NEW else f"9.{self.number}"

    @property
    def applies(self) -> bool:
        """Tell whether there is anything it could be about."""
        return self.how != (NONE,)


NEW: Final = frozenset({"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"})
CRITERIA: Final = tuple(Criterion(*each) for each in (
    ("1.1.1", "A", N_("Non-text content"), (AXE, LOOKED)),
    ("1.2.1", "A", N_("Audio-only and video-only, prerecorded"), (NONE,)),
    ("1.2.2", "A", N_("Captions, prerecorded"), (NONE,)),
    ("1.2.3", "A", N_("Audio description or media alternative"), (NONE,)),
    ("1.2.4", "AA", N_("Captions, live"), (NONE,)),
    ("1.2.5", "AA", N_("Audio description, prerecorded"), (NONE,)),
    ("1.3.1", "A", N_("Info and relationships"), (AXE, HTML)),
    ("1.3.2", "A", N_("Meaningful sequence"), (KEYS, LOOKED)),
    ("1.3.3", "A", N_("Sensory characteristics"), (LOOKED,)),
    ("1.3.4", "AA", N_("Orientation"), (REFLOW,)),
    ("1.3.5", "AA", N_("Identify input purpose"), (AXE,)),
    ("1.4.1", "A", N_("Use of colour"), (FORCED, LOOKED)),
    ("1.4.2", "A", N_("Audio control"), (NONE,)),
    ("1.4.3", "AA", N_("Contrast, minimum"), (AXE,)),
    ("1.4.4", "AA", N_("Resize text"), (LARGE,)),
    ("1.4.5", "AA", N_("Images of text"), (LOOKED,)),
    ("1.4.10", "AA", N_("Reflow"), (REFLOW,)),
    ("1.4.11", "AA", N_("Non-text contrast"), (FORCED, LOOKED)),
    ("1.4.12", "AA", N_("Text spacing"), (SPACED,)),
    ("1.4.13", "AA", N_("Content on hover or focus"), (NONE,)),
    ("2.1.1", "A", N_("Keyboard"), (KEYS,)),
    ("2.1.2", "A", N_("No keyboard trap"), (KEYS,)),
    ("2.1.4", "A", N_("Character key shortcuts"), (NONE,)),
    ("2.2.1", "A", N_("Timing adjustable"), (FAULTS,)),
    ("2.2.2", "A", N_("Pause, stop, hide"), (LOOKED,)),
    ("2.3.1", "A", N_("Three flashes or below threshold"), (NONE,)),
    ("2.4.1", "A", N_("Bypass blocks"), (AXE, KEYS)),
    ("2.4.2", "A", N_("Page titled"), (AXE,)),
    ("2.4.3", "A", N_("Focus order"), (KEYS,)),
    ("2.4.4", "A", N_("Link purpose, in context"), (AXE, LOOKED)),
    ("2.4.5", "AA", N_("Multiple ways"), (LOOKED,)),
    ("2.4.6", "AA", N_("Headings and labels"), (AXE, LOOKED)),
    ("2.4.7", "AA", N_("Focus visible"), (KEYS,)),
    ("2.4.11", "AA", N_("Focus not obscured, minimum"), (KEYS,)),
    ("2.5.1", "A", N_("Pointer gestures"), (NONE,)),
    ("2.5.2", "A", N_("Pointer cancellation"), (LOOKED,)),
    ("2.5.3", "A", N_("Label in name"), (AXE,)),
    ("2.5.4", "A", N_("Motion actuation"), (NONE,)),
    ("2.5.7", "AA", N_("Dragging movements"), (NONE,)),
    ("2.5.8", "AA", N_("Target size, minimum"), (AXE,)),
    ("3.1.1", "A", N_("Language of page"), (AXE,)),
    ("3.1.2", "AA", N_("Language of parts"), (AXE, SPOKEN)),
    ("3.2.1", "A", N_("On focus"), (KEYS,)),
    ("3.2.2", "A", N_("On input"), (LOOKED,)),
    ("3.2.3", "AA", N_("Consistent navigation"), (LOOKED,)),
    ("3.2.4", "AA", N_("Consistent identification"), (LOOKED,)),
    ("3.2.6", "A", N_("Consistent help"), (LOOKED,)),
    ("3.3.1", "A", N_("Error identification"), (FAULTS,)),
    ("3.3.2", "A", N_("Labels or instructions"), (AXE, LOOKED)),
    ("3.3.3", "AA", N_("Error suggestion"), (FAULTS,)),
    ("3.3.4", "AA", N_("Error prevention: legal, financial, data"), (FAULTS,)),
    ("3.3.7", "A", N_("Redundant entry"), (LOOKED,)),
    ("3.3.8", "AA", N_("Accessible authentication, minimum"), (LOOKED,)),
    ("4.1.1", "A", N_("Parsing"), (HTML,)),
    ("4.1.2", "A", N_("Name, role, value"), (AXE,)),
    ("4.1.3", "AA", N_("Status messages"), (LOOKED,)),
))  # fmt: skip


@cache
def seen() -> dict[str, Any]:
    """Give what the last run of the walls saw: its day, its tools, pages, looks and findings."""
    found: dict[str, Any] = json.loads(REPORT.read_text("utf-8"))
    return found
