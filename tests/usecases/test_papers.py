from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.store.store import Store
from cycle.usecases import lookup, papers

PAST, COMING = date(2026, 6, 23), date(2026, 12, 15)
OPARL = "https://ris.saalestadt.example/oparl/consultation/4759"


def _paper(town: Store, ref: str = "2024/0482") -> None:
    with town.unit("clerk") as unit:
        papers.add(unit, ref, "Bericht zur Kinderarmut 2024", paper_type="Informationsvorlage")


def test_a_paper_is_not_public_unless_somebody_says_so(town: Store) -> None:
    with town.unit("clerk") as unit:
        assert not papers.add(unit, "2024/0482", "Bericht").public
        assert papers.add(unit, "2024/0483", "Bericht", public=True).public


def test_a_paper_is_known_by_its_number_in_both_spellings(town: Store) -> None:
    with town.unit("planner") as unit:
        made = papers.add(unit, "2019~0383", " Leitlinien gegen Kinderarmut ", dated=PAST)
        assert (made.ref, made.name) == ("2019/0383", "Leitlinien gegen Kinderarmut")
        assert lookup.paper(unit, "2019~0383") is made
        assert unit.told[0]["key"] == "2019/0383"


def test_number_and_foreign_id_are_taken_once(town: Store) -> None:
    with town.unit("clerk") as unit:
        papers.add(unit, "2024/0482", "Bericht", oparl_id=OPARL)
    with pytest.raises(Conflict) as caught, town.unit("clerk") as unit:
        papers.add(unit, "2024~0482", "Anderer Bericht")
    assert caught.value.code == "duplicate"
    with pytest.raises(Conflict), town.unit("clerk") as unit:
        papers.add(unit, "2024/0484", "Anderer Bericht", oparl_id=OPARL)


def test_it_names_every_fault_of_a_paper(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("clerk") as unit:
        papers.add(unit, "", " ", url="javascript:alert(1)")
    assert [fault.pointer for fault in caught.value.faults] == ["ref", "name", "url"]


@pytest.mark.parametrize("name", ["youth", "steering", "finance", "reader", "evaluator", "admin"])
def test_only_clerk_and_planner_record_papers(town: Store, name: str) -> None:
    _paper(town)
    with pytest.raises(Forbidden), town.unit(name) as unit:
        papers.add(unit, "1", "Bericht")
    with pytest.raises(Forbidden), town.unit(name) as unit:
        papers.consult(unit, "2024/0482", body="JHA", on=COMING)


def test_a_coming_sitting_is_pending_and_there_to_decide(town: Store) -> None:
    _paper(town)
    with town.unit("clerk") as unit:
        made = papers.consult(unit, "2024/0482", body="Stadtrat", on=COMING)
        assert (made.outcome, made.role, made.public) == ("pending", "deciding", False)
        assert made.body_id == lookup.body(unit, "SR").id
        assert (unit.told[0]["action"], unit.told[0]["key"]) == ("added", "2024/0482")


def test_a_past_sitting_without_a_result_is_unknown(town: Store) -> None:
    _paper(town)
    with town.unit("clerk") as unit:
        assert papers.consult(unit, "2024/0482", body="SR", on=PAST).outcome == "unknown"
        assert papers.consult(unit, "2024/0482", body="SR", on=unit.day).outcome == "pending"


def test_a_result_completes_the_sitting_that_is_known(town: Store) -> None:
    _paper(town)
    with town.unit("clerk") as unit:
        first = papers.consult(unit, "2024/0482", body="JHA", on=PAST, role="preparatory").id
    with town.unit("clerk") as unit:
        again = papers.consult(
            unit, "2024/0482", body="JHA", on=PAST, outcome="noted", result_text="Kenntnisnahme"
        )
        assert again.id == first
        assert (again.outcome, again.role, again.result_text) == (
            "noted",
            "preparatory",
            "Kenntnisnahme",
        )
        assert (unit.told[0]["from_state"], unit.told[0]["to_state"]) == ("unknown", "noted")


def test_a_planned_sitting_gets_its_day(town: Store) -> None:
    _paper(town)
    with town.unit("clerk") as unit:
        planned = papers.consult(unit, "2024/0482", body="SR", order_no=2).id
    with town.unit("clerk") as unit:
        dated = papers.consult(unit, "2024/0482", body="SR", on=COMING)
        assert (dated.id, dated.meeting_date, dated.order_no) == (planned, COMING, 2)


def test_telling_the_same_twice_changes_nothing(town: Store) -> None:
    _paper(town)
    for told in (1, 0):
        with town.unit("clerk") as unit:
            made = papers.consult(
                unit,
                "2024/0482",
                body="SR",
                on=PAST,
                role="information",
                outcome="settled",
                result_text="erledigt",
                authoritative=True,
                public=True,
                oparl_id=OPARL,
            )
            assert len(unit.told) == told
            assert made.version == 1


def test_a_known_result_is_not_lost_to_one_that_is_not(town: Store) -> None:
    _paper(town)
    with town.unit("clerk") as unit:
        papers.consult(unit, "2024/0482", body="SR", on=PAST, outcome="adopted")
    with town.unit("clerk") as unit:
        assert papers.consult(unit, "2024/0482", body="SR", on=PAST).outcome == "adopted"


def test_a_foreign_id_finds_its_sitting_whatever_else_changed(town: Store) -> None:
    _paper(town)
    with town.unit("clerk") as unit:
        made = papers.consult(unit, "2024/0482", body=None, on=PAST, role="unknown", oparl_id=OPARL)
        assert (made.body_id, made.role) == (None, "unknown")
        other = papers.consult(unit, "2024/0482", body=None, on=PAST, oparl_id=f"{OPARL}0")
        first = made.id
        assert other.id != first
    with town.unit("clerk") as unit:
        moved = papers.consult(unit, "2024/0482", body="JHA", on=COMING, oparl_id=OPARL)
        assert (moved.id, moved.meeting_date, moved.role) == (first, COMING, "unknown")


def test_it_knows_neither_paper_nor_body_that_are_not_there(town: Store) -> None:
    _paper(town)
    with pytest.raises(NotFound), town.unit("clerk") as unit:
        papers.consult(unit, "2024/0428", body="SR")
    with pytest.raises(NotFound), town.unit("clerk") as unit:
        papers.consult(unit, "2024/0482", body="XY")


@pytest.mark.parametrize("words", [{"role": "deciding?"}, {"outcome": "yes"}, {"majority": "all"}])
def test_it_knows_only_the_words_of_the_trade(town: Store, words: dict[str, str]) -> None:
    _paper(town)
    with pytest.raises(Invalid) as caught, town.unit("clerk") as unit:
        papers.consult(unit, "2024/0482", body="SR", on=PAST, **words)  # type: ignore[arg-type] # three words of one type
    assert [fault.pointer for fault in caught.value.faults] == list(words)
