from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

import pytest

from cycle.errors import Forbidden, Invalid, KreislaufError, Unavailable
from cycle.model.cycles import Cycle
from cycle.model.duties import Deadline
from cycle.reading.proof import discrepancies
from cycle.store.store import Store
from cycle.usecases import (
    accounts,
    evaluation_batch,
    evaluations,
    lookup,
    measures,
    policy,
    reports,
)
from cycle.usecases.batches import Line
from cycle.usecases.evaluation_batch import record_all
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers import DAY
from tests.makers_duties import BEGUN, take_over
from tests.makers_evaluations import a_goal
from tests.usecases.twins import alike, counted, ids

SHORT: dict[str, Any] = {"overall": "effective", "text": "Die Kinder sprechen mehr."}
DONE, RUNNING, ONGOING, DRAFT, AIMED, CLOSED, PROPOSED = (
    "M-2026-001", "M-2026-009", "M-2026-010", "M-2026-011", "M-2026-012", "M-2026-013",
    "M-2026-014",
)  # fmt: skip


def a_scene(url: str) -> None:
    """Prepare a town with measures in many states, and what hangs on them."""
    settle_saalestadt(url)
    store = Store.open(url)
    with store.unit("planner") as unit:
        goal = a_goal(unit)
        area: dict[str, Any] = {"areas": ["06"], "fields": ["JUG"]}
        for n in range(8):
            measures.log(unit, title=f"Kita {n}", lead="51" if n % 2 else "50", **area)
        measures.log(unit, title="Läuft", lead="51")
        measures.log(unit, title="Läuft immer", lead="51", is_ongoing=True)
        measures.log(unit, title="Noch nichts")
        measures.log(unit, title="Mit Ziel", lead="51", goal=goal, **area)
        measures.log(unit, title="Vorbei", lead="51")
        measures.log(unit, title="Vorgelegt", lead="51")
        asked = lookup.measure(unit, "M-2026-002")
        unit.add(Deadline(measure_id=asked.id, code="evaluation_request", due=DAY))
        round_ = lookup.cycle(unit, "Z-2026")
        later = unit.add(
            Cycle(ref="Z-2028", title="Danach", round=2, lineage_id=round_.lineage_id,
                  stage="report", period_start=date(2028, 1, 1), predecessor_id=round_.id)
        )  # fmt: skip
        unit.session.flush()
        unit.add(Deadline(cycle_id=later.id, code="evaluation_missing", text=DONE, due=DAY))
        unit.tell(later, "arranged")
    states = {RUNNING: "in_progress", ONGOING: "in_progress", PROPOSED: "proposed"}
    for key in [f"M-2026-{n:03d}" for n in range(1, 15)]:
        if key != DRAFT:
            take_over(store, key, states.get(key, "implemented"))
    with store.unit("planner") as unit:
        closed = lookup.measure(unit, CLOSED)
        closed.state = "reported"
        unit.tell(closed, "arranged")
        reports.add(unit, cycle="Z-2028", title="Bericht danach")
    with store.unit("admin") as unit:
        accounts.add(unit, "robot51", roles=["evaluator"], departments=["51"], kind="service")
    store.close()


@pytest.fixture(params=STORES)
def twins(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[tuple[Store, Store]]:
    """Give two stores with the same town in them."""
    one, other = (Store.open(fresh_url(request.param, a_scene)) for _ in range(2))
    yield one, other
    one.close()
    other.close()


@pytest.fixture
def scene(twins: tuple[Store, Store]) -> Store:
    return twins[0]


def one_by_one(store: Store, lines: Sequence[dict[str, Any]], actor: str) -> list[Any]:
    """Record every line alone, and say what became of it as a batch says it."""
    found: list[Any] = []
    with store.unit(actor, day=DAY) as unit:
        for words in lines:
            before = len(unit.told)
            try:
                with unit.apart():
                    record = evaluations.conclude(unit, **words)
            except KreislaufError as error:
                found.append((None, "refused", _said(error), ()))
                continue
            told = unit.told[before:]
            moved = tuple(t["key"] for t in told if t["action"] == "evaluated")
            found.append((record.ref, "new" if told else "known", None, moved))
    return found


def said(lines: Sequence[Line]) -> list[Any]:
    return [(line.key, line.status, _said(line.error), line.moved) for line in lines]


def _said(error: KreislaufError | None) -> Any:  # noqa: ANN401 - something to compare
    if error is None:
        return None
    faults = error.faults if isinstance(error, Invalid) else ()
    return type(error), error.code, str(error), faults


def batch(store: Store, lines: Sequence[Any], actor: str = "evaluator", **how: Any) -> list[Line]:  # noqa: ANN401 - as record_all
    with store.unit(actor, day=DAY) as unit:
        return record_all(unit, lines, **how)


def words_of(chance: Random) -> dict[str, Any]:
    """Make up a line: mostly right, of any kind."""
    keys = [f"M-2026-{n:03d}" for n in range(1, 15)]
    words: dict[str, Any] = {"measures": [chance.choice(keys)], **SHORT}
    words |= chance.choice([{}, {}, {"overall": None}, {"overall": "not_effective", "text": None}])
    words |= chance.choice([{}, {}, {"purpose": "formative"}, {"purpose": "ex_ante"}])
    words |= chance.choice([{}, {}, {}, {"status": "draft"}, {"status": "planned"}])
    words |= chance.choice([{}, {"ratings": {"effectiveness": 3, "sustainability": 2}}])
    words |= chance.choice([{}, {}, {"recommendations": ["Mehr", "Öfter", "Mehr"]}])
    words |= chance.choice([{}, {"source": " Umfrage", "external_id": str(chance.randrange(12))}])
    words |= chance.choice([{}, {"department": "50"}, {"evaluator_kind": "external"}])
    words |= chance.choice([{}, {"method": "Gespräche", "result_level": 4}])
    words |= chance.choice([{}, {"period_start": BEGUN, "period_end": date(2026, 6, 30)}])
    if chance.random() < 0.1:
        words["measures"] = chance.sample(keys, 2)
    if chance.random() < 0.1:
        words |= {"results": [{"text": "erreicht"}], "measures": [AIMED]}
    if chance.random() < 0.3:
        words |= chance.choice(WRONG)
    return words


def made_up(chance: Random, count: int) -> list[Any]:
    """Make up lines, some of which are sent again."""
    lines = [words_of(chance) for _ in range(count)]
    for line in chance.sample(lines, count // 4):
        line |= {"source": "Umfrage", "external_id": f"r{chance.random()}"}
        lines.insert(chance.randrange(count), dict(line))
    return lines


WRONG: list[dict[str, Any]] = [
    {"overall": "magic"}, {"measures": ["M-2026-999"]}, {"department": "99"}, {"measures": []},
    {"text": "x" * 20_001}, {"text": "a\0b"}, {"recommendations": ["x" * 20_001, "b"]},
    {"recommendations": ["x", "b\x07"]}, {"external_id": "7"}, {"source": "a", "external_id": None},
    {"period_start": date(2026, 8, 1), "period_end": None, "concluded_on": date(2026, 7, 1)},
    {"period_end": date(2024, 1, 1)}, {"concluded_on": date(2027, 1, 1)},
    {"corrects": "E-2026-001"}, {"corrects": "E-2026-999"}, {"ratings": {"effectiveness": 5}},
    {"results": [{"value": "viel"}]},
    {"each": {"M-2026-001": {"overall": "effective", "text": "eigenes"}}},
    {"each": {"M-2026-001": {"text": "x" * 20_001}}, "measures": ["M-2026-001"]},
    {"method": "x" * 20_001}, {"report_url": "ftp://x"}, {"overall": "not_assessable"},
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_a_batch_leaves_what_one_by_one_leaves(twins: tuple[Store, Store], seed: int) -> None:
    one, other = twins
    begun = ids(one)
    chance = Random(seed)  # noqa: S311 - no secret, and the same every time
    actor = ("evaluator", "planner", "robot51", "evaluator")[seed]
    for _ in range(2):
        lines = made_up(chance, 40)
        found = said(batch(other, lines, actor))
        assert found == one_by_one(one, lines, actor)
        assert {status for _, status, _, _ in found} == {"new", "known", "refused"}
    alike(one, other, begun)
    with other.unit("admin", day=DAY) as unit:
        assert discrepancies(unit.reading()) == []


def test_what_is_wrong_alone_is_wrong_in_a_batch(twins: tuple[Store, Store]) -> None:
    one, other = twins
    begun = ids(one)
    lines: list[dict[str, Any]] = [{"measures": [DONE], **SHORT}]
    lines += [{"measures": ["M-2026-002"], **SHORT, **words} for words in WRONG]
    lines.append({"measures": ["M-2026-004"], **SHORT})
    assert said(batch(other, lines)) == one_by_one(one, lines, "evaluator")
    alike(one, other, begun)


def test_the_number_of_statements_does_not_grow_with_the_lines(town: Store) -> None:
    keys = done(town, 220)
    sent = []
    for part in (keys[:10], keys[10:20], keys[20:]):
        with counted(town.engine) as statements, town.unit("evaluator", day=DAY) as unit:
            lines = record_all(unit, [handed(key) for key in part])
            sent.append(len(statements))
        assert [line.moved for line in lines] == [(key,) for key in part]
    assert sent[2] == sent[1] <= 40


def handed(key: str, **words: Any) -> Any:  # noqa: ANN401 - a line
    return {"measures": [key], **SHORT, **words}


def done(town: Store, count: int) -> list[str]:
    """Let measures be implemented, past the verbs of the trade."""
    with town.unit("planner", day=DAY) as unit:
        found = [measures.log(unit, title=f"Nr. {n}", lead="51") for n in range(count)]
        for measure in found:
            measure.state, measure.actual_start, measure.actual_end = "implemented", BEGUN, DAY
        return [measure.ref for measure in found]


def test_a_dry_run_tells_the_same_and_writes_nothing(scene: Store) -> None:
    chance = Random(5)  # noqa: S311 - as above
    lines = made_up(chance, 30)
    begun = ids(scene)
    told = said(batch(scene, lines, dry_run=True))
    assert ids(scene) == begun
    assert said(batch(scene, lines)) == told
    assert {line[1] for line in told} == {"new", "known", "refused"}


def test_all_or_nothing_writes_nothing_where_one_is_refused(scene: Store) -> None:
    right, wrong = handed(DONE, source="Umfrage", external_id="1"), handed("M-2026-999")
    begun = ids(scene)
    with scene.unit("evaluator", day=DAY) as unit:
        lines = record_all(unit, [right, wrong], all_or_nothing=True)
        assert lookup.measure(unit, DONE).state == "implemented"
    assert [line.error and line.error.code for line in lines] == ["batch_refused", "not_found"]
    assert ids(scene) == begun
    (made,) = batch(scene, [right], all_or_nothing=True)
    assert (made.key, made.moved) == ("E-2026-001", (DONE,))
    lines = batch(scene, [right, wrong], all_or_nothing=True)
    assert [line.status for line in lines] == ["known", "refused"]


def test_where_the_move_is_left_to_others_each_line_is_refused_alone(
    twins: tuple[Store, Store],
) -> None:
    lines = [{"measures": [key], **SHORT} for key in (DONE, RUNNING, AIMED)]
    begun = ids(twins[0])
    for store in twins:
        with store.unit("admin") as unit:
            policy.narrow(unit, "evaluate", ("planner",))
    found = said(batch(twins[1], lines))
    assert found == one_by_one(twins[0], lines, "evaluator")
    assert [status for _, status, _, _ in found] == ["refused", "new", "new"]
    alike(*twins, begun)


@pytest.mark.parametrize("at", ["source", "external_id", "department", "corrects"])
def test_a_key_that_no_store_can_be_asked_for_is_refused(scene: Store, at: str) -> None:
    words = {"measures": [DONE], "source": "a", "external_id": "b"} | SHORT | {at: "a\0\ud800"}
    line, other = batch(scene, [words, SHORT | {"measures": [RUNNING]}])
    assert isinstance(line.error, Invalid)
    assert [(fault.pointer, fault.code) for fault in line.error.faults] == [
        (at, "control_character")
    ]
    assert other.status == "new"


def test_one_who_records_no_evaluations_records_no_batch(scene: Store) -> None:
    with pytest.raises(Forbidden):
        batch(scene, [], "reader")


def test_a_batch_without_lines_leaves_nothing(scene: Store) -> None:
    begun = ids(scene)
    assert batch(scene, []) == []
    assert ids(scene) == begun


def test_more_lines_than_share_a_statement_are_recorded_all_the_same(
    scene: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation_batch, "EACH", 2)
    keys = [f"M-2026-{n:03d}" for n in range(1, 6)]
    lines = batch(scene, [SHORT | {"measures": [key]} for key in keys])
    assert [line.key for line in lines] == [f"E-2026-{n:03d}" for n in range(1, 6)]


def test_a_store_that_gives_up_ends_the_batch(scene: Store) -> None:
    begun = ids(scene)
    with pytest.raises(Unavailable):
        _in_a_town_nobody_can_read(scene)
    assert ids(scene) == begun


def _in_a_town_nobody_can_read(scene: Store) -> None:
    with scene.unit("evaluator", day=DAY) as unit:
        unit.town.policy = "{"
        unit.tell(unit.town, "arranged")
        record_all(unit, [handed(DONE)])
