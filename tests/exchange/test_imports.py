import pytest

from cycle.errors import Forbidden, Invalid
from cycle.exchange import imports
from cycle.exchange.mapping import Mapping, load
from cycle.exchange.templates import mapping_template, template
from cycle.model.indicators import ImportBatch
from cycle.model.space import Area
from cycle.store.store import Store
from tests.exchange.files import a_file, a_map, brought, count, faults, journal, marks

TWO = "code;name;parent\n06;West;16999000\n07;Ost;16999000\n"
ONE_WRONG = TWO + "08;;16999000\n"


def test_it_reads_a_file_in_and_tells_what_became_of_it(town: Store) -> None:
    outcome = brought(town, "areas", TWO)
    assert marks(outcome) == (2, 0, 0, 0)
    assert (outcome.written, outcome.rows_ok, count(town, Area)) == (True, 2, 3)
    with town.unit() as unit:
        batch = unit.get(ImportBatch, outcome.batch)
    assert (batch.kind, batch.file_name, batch.rows_ok) == ("areas", "list.csv", 2)


def test_the_same_file_again_changes_nothing(town: Store) -> None:
    brought(town, "areas", TWO)
    told = journal(town)
    outcome = brought(town, "areas", TWO)
    assert (outcome.already, outcome.written, marks(outcome)) == (True, False, (0, 0, 0, 0))
    assert [note.code for note in outcome.notes] == ["already_imported"]
    assert journal(town) == told


def test_a_file_saved_anew_changes_only_what_differs(town: Store) -> None:
    brought(town, "areas", TWO)
    again = imports.run(town, "areas", a_file(TWO.replace("Ost", "Süd"), encoding="utf-8-sig"))
    assert marks(again) == (0, 1, 1, 0)
    assert marks(brought(town, "areas", TWO.replace("\n", "\r\n").replace("Ost", "Süd")))[2] == 2


def test_a_dry_run_does_the_same_and_writes_nothing(town: Store) -> None:
    told = journal(town)
    outcome = brought(town, "areas", TWO, dry_run=True)
    assert (marks(outcome), outcome.written, outcome.batch) == ((2, 0, 0, 0), False, None)
    assert (count(town, Area), count(town, ImportBatch), journal(town)) == (1, 0, told)


def test_one_fault_and_nothing_is_written(town: Store) -> None:
    outcome = brought(town, "areas", ONE_WRONG)
    assert faults(outcome) == [("row 4, column name", "missing")]
    assert (outcome.written, marks(outcome), count(town, Area)) == (False, (2, 0, 0, 1), 1)


def test_the_good_rows_can_be_taken_and_the_rest_later(town: Store) -> None:
    first = brought(town, "areas", ONE_WRONG, skip_errors=True)
    assert (first.written, marks(first), count(town, Area)) == (True, (2, 0, 0, 1), 3)
    again = brought(town, "areas", ONE_WRONG, skip_errors=True)
    assert (again.already, again.written, marks(again)) == (False, False, (0, 0, 2, 1))
    mended = brought(town, "areas", ONE_WRONG.replace("08;;", "08;Nord;"))
    assert marks(mended) == (1, 0, 2, 0)


def test_what_a_use_case_refuses_is_told_by_row_and_leaves_no_trace(town: Store) -> None:
    text = f"code;name;level;parent\n06;{'x' * 301};1;\n07;Ost;1;16999001\n08;Nord;1;\n"
    outcome = brought(town, "areas", text, skip_errors=True)
    assert faults(outcome) == [
        ("row 2, column name", "too_long"),
        ("row 3, column parent", "not_found"),
    ]
    assert outcome.faults[1].values["near"] == "16999000"
    assert (marks(outcome), count(town, Area)) == ((1, 0, 0, 2), 2)
    with town.unit() as unit:
        told = unit.reading().pairs("SELECT key, action FROM event WHERE municipality_id = :m"
                                    " ORDER BY n DESC LIMIT 2")  # fmt: skip
    assert told == [("areas", "imported"), ("08", "added")]


def test_the_same_file_with_another_map_is_another_import(town: Store) -> None:
    path = a_file("code;Was\n06;West\n")
    first = imports.run(town, "areas", path, mapping=a_map('[columns]\nname = "Was"\n'))
    mapping = Mapping({"name": "Was"}, {"level": "2"}, raw=b"other")
    assert marks(first) == (1, 0, 0, 0)
    assert marks(imports.run(town, "areas", path, mapping=mapping)) == (0, 1, 0, 0)


def test_it_tells_how_far_it_is(town: Store) -> None:
    seen: list[tuple[int, int]] = []
    brought(town, "areas", TWO, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_who_may_not_is_told_once(town: Store) -> None:
    with pytest.raises(Forbidden):
        brought(town, "areas", TWO, actor="reader")


@pytest.mark.parametrize(("kind", "near"), [("area", "areas"), ("ffcsv", "")])
def test_an_unknown_kind_names_the_known_ones(town: Store, kind: str, near: str) -> None:
    with pytest.raises(Invalid) as refused:
        brought(town, kind, TWO)
    assert refused.value.values["known"] == ", ".join(imports.KINDS)
    assert refused.value.values["near"] == near


@pytest.mark.parametrize("kind", imports.KINDS[:-1])
def test_every_table_has_a_template_that_fits_it(town: Store, kind: str) -> None:
    outcome = brought(town, kind, template(kind))
    assert (faults(outcome), marks(outcome)) == ([], (0, 0, 0, 0))


def test_the_folder_of_a_council_system_has_no_table() -> None:
    with pytest.raises(Invalid, match="it has no table"):
        template("oparl")


@pytest.mark.parametrize("kind", imports.KINDS)
def test_every_kind_has_a_map_to_begin_with(kind: str) -> None:
    found = load(a_map(mapping_template(kind)))
    assert (found.columns, found.constants, found.ignore) == ({}, {}, ())


def test_it_changes_records_only_for_who_may(town: Store) -> None:
    brought(town, "areas", TWO)
    with pytest.raises(Forbidden):
        brought(town, "areas", TWO.replace("West", "Westen"), actor="youth")
