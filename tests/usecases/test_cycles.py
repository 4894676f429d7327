from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from cycle.model.cycles import Cycle, CycleField, CyclePaper, CycleStrand, StageEntry
from cycle.model.duties import Owed
from cycle.model.reports import Finding, Report
from cycle.store.store import Store
from cycle.usecases import cycles, lookup, papers, reports
from tests.makers import a_town
from tests.makers_rounds import (
    REPORT,
    ROUND,
    a_finding,
    in_stage,
)

START = date(2028, 1, 1)


def _guards(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.guard for reason in refused.value.reasons}


def _stages(town: Store) -> list[tuple[str, date | None]]:
    with town.unit("reader") as unit:
        found = sorted(lookup.every(unit, StageEntry), key=lambda e: e.id)
        return [(e.stage, e.left_on) for e in found]


# To open one: C1


def test_a_round_opens_with_its_key_its_number_and_a_draft_of_its_report(store: Store) -> None:
    a_town(store, open_round=False)
    with store.unit("planner") as unit:
        round_ = cycles.open_round(
            unit, title="Jugend 2028", start=START, end=date(2031, 12, 31), fields=["JUG", "BIL"],
            strands=["sectoral"], scheme="STADT", report_title="Jugendbericht",
        )  # fmt: skip
        report = lookup.by(unit, Report)
        assert (round_.ref, round_.round, round_.stage) == ("Z-2028", 1, "report")
        assert report is not None
        assert (report.ref, report.title, report.status) == (REPORT, "Jugendbericht", "draft")
        assert len(lookup.every(unit, CycleField)) == 2
        assert len(lookup.every(unit, CycleStrand)) == 1
    assert _stages(store) == [("report", None)]


def test_a_second_round_of_a_year_says_so_in_its_key(store: Store) -> None:
    a_town(store, open_round=False)
    with store.unit("planner") as unit:
        first = cycles.open_round(unit, title="Jugend", start=START, fields=["JUG"])
        second = cycles.open_round(unit, title="Alter", start=START, fields=["ALT"])
        assert (first.ref, second.ref) == ("Z-2028", "Z-2028-02")


def test_two_rounds_of_the_same_field_and_strand_do_not_run_before_evaluation(store: Store) -> None:
    a_town(store, open_round=False)
    with store.unit("planner") as unit:
        cycles.open_round(unit, title="A", start=START, fields=["JUG"], strands=["sectoral"])
    meeting: list[tuple[list[str], list[str]]] = [(["JUG"], ["sectoral"]), (["JUG"], []), ([], [])]
    for fields, strands in meeting:
        with pytest.raises(Refused) as refused, store.unit("planner") as unit:
            cycles.open_round(unit, title="B", start=START, fields=fields, strands=strands)
        assert _guards(refused) == {"cycle_overlaps"}
        assert refused.value.reasons[0].values["keys"] == ("Z-2028",)


def test_rounds_of_another_field_or_strand_run_side_by_side(store: Store) -> None:
    a_town(store, open_round=False)
    with store.unit("planner") as unit:
        cycles.open_round(unit, title="A", start=START, fields=["JUG"], strands=["sectoral"])
        cycles.open_round(unit, title="B", start=START, fields=["ALT"], strands=["sectoral"])
        cycles.open_round(unit, title="C", start=START, fields=["JUG"], strands=["reporting"])


def test_of_two_rounds_opened_at_the_same_moment_one_is_refused(store: Store) -> None:
    a_town(store, open_round=False)

    def opened(title: str) -> bool:
        try:
            store.perform(lambda unit: cycles.open_round(unit, title=title, start=START), "planner")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(opened, ("A", "B"))) == [False, True]


def test_opening_tells_everything_that_is_missing(town: Store) -> None:
    with pytest.raises(Refused) as refused, town.unit("planner") as unit:
        cycles.open_round(unit, title=" ", start=START, predecessor=ROUND)
    assert _guards(refused) == {"title_missing", "cycle_overlaps", "predecessor_open"}
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        cycles.open_round(unit, title="Neu", start=START)


def test_a_round_ends_after_it_begins(store: Store) -> None:
    a_town(store, open_round=False)
    with pytest.raises(Invalid), store.unit("planner") as unit:
        cycles.open_round(unit, title="Neu", start=START, end=START)


def test_the_next_round_finds_the_one_before_it(town: Store) -> None:
    in_stage(town, "evaluation")
    with town.unit("planner") as unit:
        found = cycles.open_round(unit, title="Fortschreibung", start=START)
        assert found.predecessor_id == lookup.cycle(unit, ROUND).id
        assert (found.round, found.lineage_id) == (2, lookup.cycle(unit, ROUND).lineage_id)
        assert found.area_scheme_id == lookup.scheme(unit, "STADT").id
    with pytest.raises(Conflict, match="followed by Z-2028"), town.unit("planner") as unit:
        cycles.open_round(unit, title="Noch eine", start=START, predecessor=ROUND)


# What was there before: C0, and the papers of a round


def test_an_earlier_round_is_taken_over_with_its_source(town: Store) -> None:
    with town.unit("planner") as unit:
        papers.add(unit, "2019/0383", "Leitlinien")
        found = cycles.take_over(
            unit, title="Leitlinien 2019", start=date(2019, 5, 8), end=date(2023, 12, 31),
            source="Vorlage 2019/0383", source_date=date(2019, 6, 25), fields=["JUG"],
            strands=["sectoral"], papers=["2019/0383"],
        )  # fmt: skip
        assert (found.ref, found.stage, found.taken_over) == ("Z-2019", "closed", True)
        assert found.closed_on == date(2023, 12, 31)
        assert len(lookup.every(unit, CyclePaper)) == 1
        assert lookup.every(unit, Owed) == []
    with town.unit("planner") as unit:
        assert reports.add(unit, cycle="Z-2019", title="Bericht 2021").ref == "B-2026-02"


def test_a_round_taken_over_may_still_be_on_its_way(town: Store) -> None:
    with town.unit("planner") as unit:
        found = cycles.take_over(
            unit, title="Plan", start=date(2024, 1, 1), stage="measure", source="Plan"
        )
        assert (found.stage, found.closed_on) == ("measure", None)
    with pytest.raises(Refused) as refused, town.unit("planner") as unit:
        cycles.take_over(unit, title="", start=None)
    assert _guards(refused) == {"title_missing", "start_missing", "source_missing"}


def test_papers_are_tied_to_a_round_once(town: Store) -> None:
    with town.unit("planner") as unit:
        papers.add(unit, "2026/1", "Bericht")
    for count in (1, 0):
        with town.unit("planner") as unit:
            cycles.link(unit, ROUND, papers=["2026/1"])
            assert len(unit.told) == count
    with pytest.raises(NotFound), town.unit("planner") as unit:
        cycles.link(unit, ROUND, papers=["2026/2"])


def test_a_round_is_put_behind_an_earlier_one_and_those_after_it_count_on(town: Store) -> None:
    in_stage(town, "evaluation")
    with town.unit("planner") as unit:
        cycles.open_round(unit, title="Fortschreibung", start=START)
        old = cycles.take_over(unit, title="Alt", start=date(2019, 1, 1), source="Plan").ref
    for _ in range(2):
        with town.unit("planner") as unit:
            cycles.link(unit, ROUND, predecessor=old)
            found = {c.ref: c.round for c in lookup.every(unit, Cycle)}
            assert found == {"Z-2019": 1, ROUND: 2, "Z-2028": 3}
    with pytest.raises(Invalid, match="comes after it"), town.unit("planner") as unit:
        cycles.link(unit, old, predecessor="Z-2028")
    with pytest.raises(Conflict, match="followed by"), town.unit("planner") as unit:
        cycles.link(unit, "Z-2028", predecessor=old)


def test_a_round_still_reporting_takes_in_what_the_one_before_it_owes(town: Store) -> None:
    with town.unit("planner") as unit:
        old = cycles.take_over(
            unit, title="Alt", start=date(2022, 1, 1), stage="evaluation", source="Plan"
        ).ref
        report = reports.add(unit, cycle=old, title="Bericht 2022").ref
        finding = a_finding(unit, report=report)
        finding.response, finding.response_reason = "deferred_to_next_round", "Zu wenig Zeit"
        cycles.link(unit, ROUND, predecessor=old)
        copy = lookup.by(unit, Finding, origin_finding_id=finding.id)
        assert copy is not None
        assert unit.get(Report, copy.report_id).ref == REPORT
