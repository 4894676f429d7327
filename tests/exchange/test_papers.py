from datetime import date
from pathlib import Path
from typing import Any

from cycle.exchange import imports
from cycle.exchange.outcome import Outcome
from cycle.model.decisions import Body, Consultation, Decision, Paper
from cycle.model.town import OrgUnit
from cycle.store.store import Store
from cycle.usecases import lookup, papers
from tests.exchange.files import (
    DAY,
    a_folder,
    a_map,
    a_meeting,
    a_paper,
    a_sitting,
    an_item,
    an_organization,
    count,
    faults,
    journal,
    marks,
)

OFFICES = [an_organization(8, "Amt für Umwelt", "UA"), an_organization(9, "Offen")]
BODIES = [an_organization(1, "Stadtrat", "SR"), an_organization(2, "Beirat der Älteren")]


def delivery(council: str | None = "einstimmig beschlossen", **paper: Any) -> Path:  # noqa: ANN401
    meetings = [
        a_meeting(1, 1, "2026-03-10T17:00:00+01:00", [an_item(1, council)]),
        a_meeting(2, 2, "2026-03-01T17:00:00+01:00", [an_item(2, public=False)]),
        a_meeting(3, 1, "2026-12-10T17:00:00+01:00", [an_item(3)]),
    ]
    first = a_paper(
        1, "12/26",
        a_sitting(1, 1, "Entscheidung", 1, 1, authoritative=True),
        a_sitting(2, 2, "Behandlung", 2, 2),
        **paper,
    )  # fmt: skip
    second = a_paper(
        2, "13/26", a_sitting(3, 1, "Entscheidung", 3, 3), a_sitting(4, 7, "Vorberatung"),
        a_sitting(5, 2, "Anhörung", 77),
    )  # fmt: skip
    return a_folder([*OFFICES, *BODIES], meetings, [first, second])


def taken(store: Store, folder: Path, **asked: Any) -> Outcome:  # noqa: ANN401
    return imports.run(store, "oparl", folder, **asked)


def known(store: Store, ref: str) -> list[tuple[Any, ...]]:
    with store.unit() as unit:
        found = lookup.every(unit, Consultation, paper_id=lookup.paper(unit, ref).id)
        return [
            (c.meeting_date, c.role, c.outcome, c.majority, c.public, c.body_id is not None)
            for c in sorted(found, key=lambda c: c.order_no)
        ]


def test_papers_come_with_the_bodies_they_pass(town: Store) -> None:
    outcome = taken(town, delivery())
    assert marks(outcome) == (5, 1, 0, 0)  # the council was known without its foreign id
    assert known(town, "12/26") == [
        (date(2026, 3, 1), "unknown", "unknown", None, False, True),
        (date(2026, 3, 10), "deciding", "adopted", "unanimous", True, True),
    ]
    with town.unit() as unit:
        paper = lookup.paper(unit, "12/26")
        body = lookup.body(unit, "BEIRAT-DER-AELTEREN")
        office = lookup.by(unit, OrgUnit, code="OFFEN")
    assert (paper.paper_type, paper.dated, paper.public) == (
        "Beschlussvorlage", date(2026, 2, 20), True,
    )  # fmt: skip
    assert (body.kind, office and office.kind) == ("advisory_board", "other")


def test_what_lies_ahead_is_pending_and_what_is_not_told_unknown(town: Store) -> None:
    taken(town, delivery())
    assert known(town, "13/26") == [
        (date(2026, 12, 10), "deciding", "pending", None, True, True),
        (None, "preparatory", "pending", None, False, False),
        (None, "hearing", "unknown", None, False, True),
    ]


def test_it_invents_no_decision(town: Store) -> None:
    taken(town, delivery())
    assert count(town, Decision) == 0


def test_what_is_not_mapped_is_listed(town: Store) -> None:
    notes = {note.code: note.values for note in taken(town, delivery("durchgewinkt")).notes}
    assert notes["unmapped_role"] == {"word": "Behandlung", "count": 1}
    assert notes["unmapped_result"] == {"word": "durchgewinkt", "count": 1}
    assert notes["delivered"] == {
        "papers": 2, "sittings": 5, "bodies": 2, "units": 2, "homeless": 1,
    }  # fmt: skip
    town_map = a_map('[values.result]\ndurchgewinkt = "consent"\n')
    assert marks(taken(town, delivery("durchgewinkt"), mapping=town_map)) == (0, 1, 5, 0)
    assert known(town, "12/26")[1][2] == "adopted"


def test_the_same_folder_again_changes_nothing(town: Store) -> None:
    taken(town, delivery())
    told = journal(town)
    again = taken(town, delivery())
    assert (again.already, again.written, marks(again)) == (True, False, (0, 0, 6, 0))
    assert journal(town) == told


def test_a_later_folder_brings_results_and_names(town: Store) -> None:
    taken(town, delivery(None))
    assert known(town, "12/26")[1][2] == "unknown"
    assert marks(taken(town, delivery(name="Lernräume"))) == (0, 1, 5, 0)
    assert known(town, "12/26")[1][2] == "adopted"
    with town.unit() as unit:
        assert lookup.paper(unit, "12/26").name == "Lernräume"


def test_what_was_pending_is_unknown_once_its_day_is_past(town: Store) -> None:
    taken(town, delivery())
    assert marks(taken(town, delivery(), day=date(2027, 1, 1))) == (0, 1, 5, 0)
    assert known(town, "13/26")[0][2] == "unknown"


def test_it_finds_what_was_written_by_hand(town: Store) -> None:
    with town.unit("clerk") as unit:
        papers.add(unit, "12/26", "Lernräume")
        papers.consult(unit, "12/26", body="SR", on=date(2026, 3, 10), outcome="adopted")
    assert marks(taken(town, delivery(None))) == (4, 2, 0, 0)
    assert known(town, "12/26")[1][2] == "adopted"
    assert (count(town, Paper), count(town, Body)) == (2, 5)


def test_a_faulty_entry_is_named_and_nothing_written(town: Store) -> None:
    folder = delivery(reference="x" * 41)
    outcome = taken(town, folder)
    assert faults(outcome) == [("papers.json, entry 1, ref", "too_long")]
    assert (count(town, Paper), outcome.written) == (0, False)
    assert marks(taken(town, folder, skip_errors=True)) == (4, 1, 0, 1)
    twice = a_folder(BODIES, [], [a_paper(11, "1/26"), a_paper(12, "1/26"), {"id": "x"}])
    assert faults(taken(town, twice)) == [
        ("papers.json, entry 2", "duplicate"),
        ("papers.json, entry 3, reference", "missing"),
    ]


def test_an_office_that_is_known_gets_its_foreign_id(town: Store) -> None:
    youth = an_organization(51, "Jugend und Bildung", "51")
    assert marks(taken(town, a_folder([youth], [], []))) == (0, 1, 0, 0)
    with town.unit(day=DAY) as unit:
        assert lookup.department(unit, "51").external_id == youth["id"]
