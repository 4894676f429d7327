from datetime import date
from typing import Any

import pytest

from cycle.errors import NotFound
from cycle.machine.facts import Ask
from cycle.reading import dossiers
from cycle.store.store import Store
from cycle.usecases import areas, budgets, commitments, consequences, measures
from tests import makers
from tests.makers_measures import Town


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


def changed(town: Town, key: str, **how: Any) -> Any:  # noqa: ANN401 - JSON
    return town.do(lambda u: dossiers.changed(u.reading(), key, **how))


def test_nothing_differs_while_nothing_was_changed(town: Town) -> None:
    key = town.a_measure("proposed")
    found = changed(town, key)
    assert (found["changes"], found["amendments"]) == ([], [])
    assert (found["no"], found["frozen_on"]) == (1, "2026-01-15")


def test_every_part_of_it_is_compared(town: Town) -> None:
    key = town.a_measure("proposed")
    side = town.a_goal(measured=False)
    town.do(lambda u: budgets.set_line(u, key, 2027, planned=100))
    town.do(lambda u: areas.add(u, "06", "Neustadt"))
    town.do(
        lambda u: measures.edit(u, key, areas=["06"], citywide=False, side_goals=[side],
                                planned_end=date(2026, 12, 31), partners=["WV-A"])
    )  # fmt: skip
    town.do(lambda u: consequences.assess(u, key, ["built"], text="Umbau", cost_cents=500))
    rows = [
        (c["part"], c["which"], c["name"], c["before"], c["now"])
        for c in changed(town, key)["changes"]
    ]
    assert rows == [
        ("measure", None, "planned_end", "2026-10-31", "2026-12-31"),
        ("measure", None, "citywide", True, False),
        ("consequences", "built", "state", "none", "assessed"),
        ("consequences", "built", "text", "keine, weil vorhanden", "Umbau"),
        ("consequences", "built", "cost_cents", None, 500),
        ("goals", side, "contribution", None, "side"),
        ("areas", None, "area", None, "06"),
        ("partners", None, "partner", None, "WV-A"),
        ("budget", "2027 own", "planned_cents", None, 100),
    ]


def test_what_went_is_told_too_and_an_earlier_dossier_by_its_number(town: Town) -> None:
    key = town.a_measure("targeted")
    town.do(lambda u: measures.edit(u, key, partners=["WV-A"]))
    town.ready(key)
    town.do(lambda u: measures.edit(u, key, partners=[]))
    town.move(key, "propose", actor="youth")
    town.do(lambda u: measures.edit(u, key, partners=["WV-A"]))
    (came,) = changed(town, key)["changes"]
    assert (came["before"], came["now"]) == (None, "WV-A")
    town.move(key, "send_back", Ask(reason="noch einmal"))
    town.do(lambda u: measures.edit(u, key, partners=["40"]))
    town.do(lambda u: commitments.add(u, key, "40"))
    town.move(key, "propose", actor="youth")
    assert changed(town, key)["no"] == 2
    town.do(lambda u: measures.edit(u, key, partners=[]))
    (went,) = changed(town, key)["changes"]
    assert (went["before"], went["now"]) == ("40", None)
    assert changed(town, key, no=1)["changes"] == []


def test_a_measure_that_never_went_to_the_committees_has_no_dossier(town: Town) -> None:
    key = town.a_measure("draft")
    with pytest.raises(NotFound, match="no dossier"):
        changed(town, key)
    proposed = town.a_measure("proposed")
    with pytest.raises(NotFound, match="no dossier 2"):
        changed(town, proposed, no=2)


def test_what_a_body_changed_is_for_internal_eyes(town: Town) -> None:
    key = town.a_measure("proposed")
    town.decide(key, "adopted_amended")
    assert [a["changed_text"] for a in changed(town, key)["amendments"]] == ["fünf statt vier"]
    assert changed(town, key, sees_internal=False)["amendments"] == []
    with pytest.raises(NotFound):
        changed(town, town.a_measure("draft"), sees_internal=False)
