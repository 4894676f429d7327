from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from cycle.errors import KreislaufError
from cycle.machine.facts import Ask
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    agreements,
    budgets,
    bulk,
    commitments,
    consequences,
    enforcements,
    evaluations,
    findings,
    goals,
    measures,
    milestones,
    moves,
    overrides,
    participations,
    progress,
    stage_plans,
    targets,
    waivers,
)
from tests.makers import DAY
from tests.usecases.undoing import a_worked_town, seen, taken_back, whole

Try = Callable[[Unit], object]
Trade = tuple[str, Callable[[str], Try]]


def steps(keys: list[str]) -> list[Trade]:
    """Give the moves of a measure, alone and together."""

    def move(name: str, **ask: Any) -> Trade:  # noqa: ANN401 - as Ask
        return name, lambda key: lambda unit: moves.move(unit, key, name, Ask(**ask))

    return [
        move("target"),
        move("start"),
        move("suspend", code="budget_freeze", reason="Sperre"),
        move("resume"),
        move("finish", on=DAY),
        move("reopen", reason="Doch noch nicht"),
        move("cancel", code="no_need", reason="Kein Bedarf mehr"),
        move("propose"),
        move("send_back", reason="Unklar"),
        ("freeze", lambda _: lambda unit: bulk.move_all(
            unit, "suspend", Ask(code="budget_freeze"), keys=keys)),
    ]  # fmt: skip


def words_of(goal: str, finding: str) -> list[Trade]:
    """Give what is written of a measure, a goal, a finding and a round."""
    return [
        ("edit", lambda key: lambda unit: measures.edit(
            unit, key, description="Neu", priority=1, areas=[], fields=["JUG"], goal=goal)),
        ("untie", lambda key: lambda unit: measures.edit(
            unit, key, fields=[], findings=[finding], partners=["40"])),
        ("goal edit", lambda _: lambda unit: goals.edit(unit, goal, number="2.1", fields=["ALT"])),
        ("agree", lambda _: lambda unit: agreements.agree(unit, goal, department="51")),
        ("aim", lambda _: lambda unit: targets.target(
            unit, goal, indicator="KITA", value=Decimal(60), date=date(2028, 12, 31))),
        ("aim anew", lambda _: lambda unit: targets.revise(
            unit, goal, reason="Zu wenig", value=Decimal("61.5"))),
        ("finding edit", lambda _: lambda unit: findings.edit(unit, finding, text="Es fehlen 12")),
        ("respond", lambda _: lambda unit: findings.respond(
            unit, finding, response="no_action", reason="Nicht zuständig")),
        ("answer", lambda _: lambda unit: findings.respond(
            unit, finding, response="goal", goal=goal)),
        ("plan", lambda _: lambda unit: stage_plans.plan(
            unit, "Z-2026", stage="report", until=date(2027, 3, 31))),
    ]  # fmt: skip


def duties() -> list[Trade]:
    """Give what a measure owes; some are refused as things stand."""
    return [
        ("assess", lambda key: lambda unit: consequences.assess(
            unit, key, ["all"], text="Keine nennenswerten")),
        ("none", lambda key: lambda unit: consequences.assess(unit, key, ["built"], state="none")),
        ("countersign", lambda key: lambda unit: consequences.countersign(unit, key)),
        ("milestone", lambda key: lambda unit: milestones.add(
            unit, key, "Ausschreibung", due=DAY + timedelta(days=30))),
        ("milestone done", lambda key: lambda unit: milestones.done(unit, key, 1)),
        ("milestone drop", lambda key: lambda unit: milestones.drop(unit, key, 1, reason="Nein")),
        ("money", lambda key: lambda unit: budgets.set_line(unit, key, 2026, planned=100_000)),
        ("money cut", lambda key: lambda unit: budgets.set_line(unit, key, 2026, approved=100)),
        ("progress", lambda key: lambda unit: progress.report(unit, key, course="on_track")),
        ("done", lambda key: lambda unit: progress.report(unit, key, course="done")),
        ("partner", lambda key: lambda unit: commitments.add(unit, key, "WV-A", text="Ja")),
        ("lever", lambda key: lambda unit: enforcements.add(unit, key, "law")),
        ("question", lambda key: lambda unit: evaluations.plan(
            unit, key, due=date(2027, 6, 30), question="Wirkt es?")),
        ("waiver", lambda key: lambda unit: waivers.grant(
            unit, key, "final_progress_missing", reason="Liegt vor")),
        ("light", lambda key: lambda unit: overrides.set_light(
            unit, key, "delivery", "red", reason="Baustopp")),
        ("light lifted", lambda key: lambda unit: overrides.lift_light(unit, key, "delivery")),
        ("people", lambda key: lambda unit: participations.add(
            unit, measure=key, format="workshop", level="consultation",
            groups=["children"], summary="Viele Wünsche", areas=["16999000"])),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_a_deed_and_its_counter_deed_leave_everything_as_it_was(town: Store, seed: int) -> None:
    chance, kinds = Random(seed), set[str]()  # noqa: S311 - no secret
    keys, goal, finding = a_worked_town(town)
    every = [*steps(keys), *words_of(goal, finding), *duties()]
    for _ in range(60):
        name, trade = chance.choice(every)
        deed, before = trade(chance.choice(keys)), seen(town)
        try:
            with town.unit("local", day=DAY) as unit:
                deed(unit)
        except KreislaufError:
            assert seen(town) == before
            continue
        if seen(town) == before:
            continue  # such as the freeze of none
        taken_back(town, actor="local")
        after = seen(town)
        assert {t: before[t] ^ after[t] for t in before if before[t] != after[t]} == {}, name
        kinds.add(name)
        if chance.random() < 0.7:  # go on from there
            with town.unit("local", day=DAY) as unit:
                deed(unit)
    assert whole(town)
    assert len(kinds) > 12
