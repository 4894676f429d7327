import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cycle.errors import Invalid
from cycle.exchange import oparl
from cycle.exchange.mapping import load
from cycle.exchange.oparl_words import words
from tests.exchange.files import (
    a_file,
    a_folder,
    a_map,
    a_meeting,
    a_paper,
    a_sitting,
    an_item,
    an_organization,
)

COUNCIL = an_organization(1, "Stadtrat", "SR")


def sittings(*found: dict[str, Any], meetings: list[dict[str, Any]]) -> tuple[oparl.Sitting, ...]:
    return (
        oparl.read(a_folder([COUNCIL], meetings, [a_paper(1, "1/26", *found)])).papers[0].sittings
    )


def test_a_consultation_learns_from_the_agenda_of_its_meeting() -> None:
    meeting = a_meeting(5, 1, "2026-03-01T23:30:00Z", [an_item(7, "vertagt")])
    (found,) = sittings(a_sitting(3, meeting=5, item=7), meetings=[meeting])
    assert found.on == date(2026, 3, 2)  # the day in the town
    assert (found.result, found.public, found.scheduled) == ("vertagt", True, True)
    assert found.organization == COUNCIL["id"]


def test_what_is_not_said_to_be_public_is_not() -> None:
    meeting = a_meeting(5, 1, "2026-03-01", [an_item(7, public=None), an_item(8, public=False)])
    found = sittings(
        a_sitting(1, meeting=5, item=7), a_sitting(2, meeting=5, item=8), a_sitting(3, meeting=5),
        meetings=[meeting],
    )  # fmt: skip
    assert [s.public for s in found] == [False, False, False]


def test_one_that_was_put_off_is_delivered_twice_and_told_apart() -> None:
    meetings = [
        a_meeting(5, 1, "2026-04-01", [an_item(8, "beschlossen")]),
        a_meeting(4, 1, "2026-03-01", [an_item(7, "vertagt")]),
    ]
    found = sittings(
        a_sitting(3, meeting=5, item=8), a_sitting(3, meeting=4, item=7), meetings=meetings
    )
    assert [s.result for s in found] == ["vertagt", "beschlossen"]
    assert [s.id.partition("#")[2] for s in found] == ["", "8"]


def test_a_meeting_that_was_cancelled_has_no_result() -> None:
    meeting = a_meeting(5, 1, "2026-03-01", [an_item(7, "vertagt")], cancelled=True)
    (found,) = sittings(a_sitting(3, meeting=5, item=7), meetings=[meeting])
    assert found.result is None


def test_what_is_not_delivered_stays_unknown() -> None:
    planned, elsewhere = sittings(a_sitting(1), a_sitting(2, 9, meeting=6), meetings=[])
    assert (planned.on, planned.scheduled, planned.organization) == (None, False, None)
    assert (elsewhere.on, elsewhere.scheduled) == (None, True)


def test_what_is_deleted_or_no_entry_is_left_out() -> None:
    papers = [a_paper(1, "1/26", deleted=True), a_paper(2, "2/26", consultation="none")]
    meetings = [{"id": 7, "agendaItem": [{"id": 8}, "x"], "organization": [9]}]
    found = oparl.read(a_folder([COUNCIL], meetings, papers))
    assert [(p.reference, p.sittings, p.public) for p in found.papers] == [("2/26", (), False)]
    assert not found.organizations[0].named


def test_every_faulty_entry_is_named() -> None:
    papers = [
        {**a_paper(1, "1/26"), "name": ""},
        {**a_paper(2, "2/26"), "reference": 7},
        {**a_paper(3, "3/26"), "date": "bald"},
    ]
    found = oparl.read(a_folder([{"id": "x"}], [], papers))
    assert [(f.pointer, f.code) for f in found.faults] == [
        ("papers.json, entry 1, name", "missing"),
        ("papers.json, entry 2, reference", "not_text"),
        ("papers.json, entry 3, date", "not_a_date"),
        ("organizations.json, entry 1, name", "missing"),
    ]


@pytest.mark.parametrize(
    ("text", "said"), [("{", "is no JSON"), ("7", "is no OParl list"), ("[7]", "is no OParl list")]
)
def test_it_says_what_is_no_list(text: str, said: str) -> None:
    folder = a_folder()
    a_file(text, "oparl/papers.json")
    with pytest.raises(Invalid, match=said):
        oparl.read(folder)


def test_a_bare_list_will_do_and_a_missing_one_not() -> None:
    folder = a_folder()
    a_file(json.dumps([a_paper(1, "1/26")]), "oparl/papers.json")
    assert len(oparl.read(folder).papers) == 1
    Path("oparl/meetings.json").unlink()
    with pytest.raises(Invalid, match="There is no file"):
        oparl.read(folder)
    with pytest.raises(Invalid, match="is no folder"):
        oparl.read("oparl/papers.json")


@pytest.mark.parametrize(
    ("result", "role", "found"),
    [
        ("einstimmig beschlossen", "deciding", ("adopted", "unanimous")),
        ("mehrheitlich zugestimmt", "deciding", ("adopted", "majority")),
        ("mehrheitlich zugestimmt", "preparatory", ("recommended", "majority")),
        ("Zugestimmt zu geändertem Beschlusstext", "deciding", ("adopted_amended", None)),
        ("teilweise zugestimmt", "deciding", ("partly_adopted", None)),
        ("vorberaten ohne Änderungen", "preparatory", ("recommended", None)),
        ("Verwiesen in Fachausschuss", "deciding", ("referred", None)),
        ("erledigt", "deciding", ("settled", None)),
        ("keine Abstimmung", "deciding", ("no_vote", None)),
        ("Kenntnisnahme", "deciding", ("noted", None)),
        ("mehrheitlich abgelehnt", "deciding", ("rejected", "majority")),
    ],
)
def test_the_table_knows_what_results_mean(
    result: str, role: str, found: tuple[str, str | None]
) -> None:
    assert words().result(result, role) == found


def test_what_is_not_in_the_table_is_counted_and_never_guessed() -> None:
    table = words()
    assert table.result("durchgewinkt", "deciding") == ("unknown", None)
    assert table.result("einstimmig zugestimmt", "information") == ("unknown", None)
    assert [table.role(word) for word in ("Behandlung", "Behandlung", None)] == ["unknown"] * 3
    assert table.unmapped == {
        ("result", "durchgewinkt"): 1,
        ("result", "einstimmig zugestimmt (information)"): 1,
        ("role", "Behandlung"): 2,
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Gemeinderat", "council"),
        ("Jugendhilfeausschuss", "youth_welfare_committee"),
        ("Haupt- und Finanzausschuss", "committee"),
        ("Ortschaftsrat Nord", "district_council"),
        ("Seniorenbeirat", "advisory_board"),
        ("Runder Tisch", "committee"),
    ],
)
def test_a_name_tells_the_kind_of_a_body(name: str, kind: str) -> None:
    assert words().body(name) == kind


def test_a_map_adds_words() -> None:
    table = words(
        load(
            a_map(
                '[values.role]\nBehandlung = "hearing"\n[values.result]\n'
                'durchgewinkt = "consent majority"\n'
                '[values.body]\n"Runder Tisch" = "working_group"\n'
            )
        )
    )
    assert table.result("Durchgewinkt", table.role("Behandlung")) == ("recommended", "majority")
    assert table.body("Runder Tisch Kita") == "working_group"


def test_a_map_with_other_words_is_refused() -> None:
    town_map = a_map(
        '[columns]\na = "b"\n[values.status]\nx = "y"\n[values.result]\nja = "yes"\n'
        'nein = "rejected partly"\n'
    )
    with pytest.raises(Invalid) as refused:
        words(load(town_map))
    assert [fault.pointer for fault in refused.value.faults] == [
        "columns", "values.status", "values.result.ja", "values.result.nein",
    ]  # fmt: skip
