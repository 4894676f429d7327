"""What is read beside a record for its screen: where a measure comes from, what it is to move."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cli.desk import Desk
    from cycle.reading.door import Reader


def around(desk: "Desk", reader: "Reader", noun: str, found: dict[str, Any]) -> dict[str, Any]:
    """Add to a measure what its screen shows besides; a program gets the record as it is."""
    if noun != "measure" or desk.format not in (None, "table"):
        return found
    from cli.show.sheets import AROUND
    from cycle.reading.trace import trace

    internal, sight = desk.sees_internal(reader), desk.sight(reader)
    chain = trace(reader, found["key"], sees_internal=internal, sight=sight)
    lines = [line for each in found["goals"] for line in _lines(desk, reader, each["key"])]
    return {**found, AROUND: {"chain": chain, "lines": lines}}


def _lines(desk: "Desk", reader: "Reader", goal: str) -> list[dict[str, Any]]:
    """Read the values by which a goal is measured, for each of its targets in force."""
    from cycle.reading.goals import show
    from cycle.reading.indicator_series import line

    targets = show(reader, goal, desk.today(reader), desk.tongue.lang)["targets"]
    return [
        {**line(reader, each["indicator"], area=each["area"]), "goal": goal, "target": each}
        for each in targets if not each["replaced_on"]
    ]  # fmt: skip
