from decimal import Decimal

from cycle.model.goals import Goal, GoalArea, GoalTarget
from cycle.reading.asof import known_on
from cycle.reading.goals import listed
from cycle.reading.proof import discrepancies
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import findings, lookup
from tests.exchange.files import DAY, brought, faults, marks

HEAD = "nummer;ziel;ebene;uebergeordnet;handlungsfelder;raeume;vorlage\n"
TREE = HEAD + (
    "1;Alle wachsen gut auf;Leitziel;;BIL;;12/26\n"
    "1.1;Alle können lesen;Mittlerziel;1;BIL;06;12/26\n"
)
AIM = (
    "ziel;zustaendig;frist;kriterium;indikator;zielwert;zieldatum\n"
    "Mehr Plätze;51;2030;;KITA-Q;40,0;31.12.2030\n"
)


def prepare(store: Store) -> None:
    brought(store, "areas", "code;name\n06;West\n07;Ost\n")
    brought(store, "indicators", "code;name;unit;source\nKITA-Q;Quote;%;Amt 51\nARM-Q;Arme;%;BA\n")


def every(unit: Unit) -> list[Goal]:
    return sorted(lookup.every(unit, Goal), key=lambda goal: goal.ref)


def test_it_brings_a_tree_of_goals_by_their_numbers(town: Store) -> None:
    prepare(town)
    assert marks(brought(town, "goals", TREE)) == (2, 0, 0, 0)
    with town.unit() as unit:
        top, below = every(unit)
        assert lookup.by(unit, GoalArea, goal_id=below.id) is not None
    assert (top.level, below.level, below.parent_id) == ("guiding", "intermediate", top.id)
    assert below.external_id == "12/26|BIL|1.1"


def test_a_second_edition_changes_only_what_differs(town: Store) -> None:
    prepare(town)
    brought(town, "goals", TREE)
    assert marks(brought(town, "goals", TREE + "\n")) == (0, 0, 2, 0)
    text = TREE.replace("können lesen", "lesen gern").replace(";06;", ";07;")
    assert marks(brought(town, "goals", text)) == (0, 1, 1, 0)
    text = text.replace("vorlage\n", "vorlage;zustaendig\n").replace("12/26\n", "12/26;51\n")
    assert marks(brought(town, "goals", text)) == (0, 2, 0, 0)
    assert (
        marks(brought(town, "goals", "ref;ziel;uebergeordnet\nG-2026-002;Lesen;G-2026-001\n"))[1]
        == 1
    )


def test_a_goal_may_hang_on_another_by_its_key(town: Store) -> None:
    brought(town, "goals", "ziel;ebene\nOben;Leitziel\nAuch oben;Leitziel\n")
    text = "ziel;ebene;uebergeordnet\nUnten;Mittlerziel;G-2026-00{}\n"
    assert marks(brought(town, "goals", text.format(1))) == (1, 0, 0, 0)
    assert marks(brought(town, "goals", text.format(2))) == (0, 1, 0, 0)


def test_a_row_may_set_the_target(town: Store) -> None:
    prepare(town)
    assert marks(brought(town, "goals", AIM)) == (1, 0, 0, 0)
    assert marks(brought(town, "goals", AIM + "\n")) == (0, 0, 1, 0)
    with town.unit() as unit:
        target = lookup.by(unit, GoalTarget)
    assert target is not None
    assert target.target_value == Decimal("40.0")
    assert faults(brought(town, "goals", AIM.replace("40,0", "45,0"))) == [
        ("row 2, column zielwert", "target_differs")
    ]
    assert marks(brought(town, "goals", AIM.replace("KITA-Q", "ARM-Q"))) == (0, 1, 0, 0)


def test_it_answers_findings(town: Store) -> None:
    with town.unit("planner") as unit:
        finding = findings.add(unit, report="B-2026-01", text="Plätze fehlen", source="Amt").ref
    text = f"ziel;befunde\nMehr Plätze;{finding}\nAnderes;F-2026-099\n"
    outcome = brought(town, "goals", text, skip_errors=True)
    assert faults(outcome) == [("row 3, column befunde", "not_found")]
    with town.unit() as unit:
        assert lookup.finding(unit, finding).response == "goal"


def test_what_is_not_known_is_told(town: Store) -> None:
    text = (
        "ref;ziel;ebene;uebergeordnet;zustaendig;indikator;zielwert;handlungsfelder\n"
        "G-2026-077;A;;;;;;\n;B;hoch;;;;;\n;C;;9;;;;\n;D;;;15;;;\n;E;;;;KITA;1;\n;F;;;;;1;\n"
        ";G;;;;;;Neues Feld\n;G;;;;;;Neues Feld\n"
    )
    outcome = brought(town, "goals", text, skip_errors=True)
    assert faults(outcome) == [
        ("row 2, column ref", "not_found"),
        ("row 3, column ebene", "unknown_word"),
        ("row 4, column uebergeordnet", "not_found"),
        ("row 5, column zustaendig", "not_found"),
        ("row 6, column indikator", "not_found"),
        ("row 7, column indikator", "missing"),
    ]
    assert (marks(outcome), [note.code for note in outcome.notes]) == ((1, 0, 1, 6), ["fields"])


def test_a_goal_that_was_taken_back_with_its_row_was_never_known(town: Store) -> None:
    text = "ziel;indikator;zielwert\nE;KITA;1\nF;;\n"
    assert marks(brought(town, "goals", text, skip_errors=True)) == (1, 0, 0, 1)
    with town.unit() as unit:
        reader = unit.reading()
        then = known_on(reader, DAY, today=DAY)
        assert [row.text for row in listed(then)] == ["F"]
        assert discrepancies(reader) == []
