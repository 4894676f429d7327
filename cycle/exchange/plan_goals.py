"""The goals a plan words beside its measures: added once, known again by paper, field, number."""

from typing import Any

from cycle.exchange.intake import Desk, Row, at
from cycle.exchange.outcome import CHANGED, SAME, Wrong
from cycle.exchange.ties import identity
from cycle.i18n import N_
from cycle.model.goals import Goal
from cycle.usecases import goals, lookup


class PlanGoals:
    """Finds or adds the main goal of each row of a plan."""

    def __init__(self) -> None:
        """Begin with no goal read."""
        self.read: dict[str, tuple[str, int]] = {}  # what each is known by → its text, its row

    def tie(self, desk: Desk, row: Row, given: dict[str, Any]) -> str:
        """Put the key of the main goal into what a row gave, and say whether the goal changed."""
        if "goal" in given:
            with at("goal"):
                given["goal"] = lookup.goal(desk.unit, given["goal"]).ref
            return SAME
        text, number = given.get("goal_text"), given.get("goal_number")
        if text is None and number is None:
            return SAME
        field = next(iter(row.values.get("fields", ())), None)
        known_by = identity(given.get("source"), field, number, text or "")
        self._agrees(known_by, text, row)
        there = lookup.by(desk.unit, Goal, external_id=known_by)
        if there is None:
            given["goal"] = _added(desk, given, known_by).ref
            return SAME
        given["goal"] = there.ref
        if text is None or text == there.text:
            return SAME
        with at("goal_text"):
            goals.edit(desk.unit, there.ref, text=text)
        return CHANGED

    def _agrees(self, known_by: str, text: str | None, row: Row) -> None:
        if text is None:
            return
        before, no = self.read.setdefault(known_by, (text, row.no))
        if before != text:
            raise Wrong(
                "goal_differs",
                N_("Row {other} words this goal differently."),
                N_("Give both rows the same text, or the goals numbers of their own."),
                at="goal_text",
                other=no,
            )


def _added(desk: Desk, given: dict[str, Any], known_by: str) -> Goal:
    if "goal_text" not in given:
        raise Wrong("missing", N_("Nothing is given here."), N_("Fill this cell."), at="goal_text")
    desk.tally["goals"] += 1
    return goals.add(
        desk.unit,
        text=given["goal_text"],
        number=given.get("goal_number"),
        fields=given.get("fields", ()),
        cycle=given.get("cycle"),
        external_id=known_by,
    )
