from cycle.model.space import Area
from cycle.store.store import Store
from cycle.usecases import areas, lookup
from tests.exchange.files import DAY, brought, faults, marks


def test_the_whole_town_is_recognised_and_keeps_its_name(town: Store) -> None:
    outcome = brought(town, "areas", "code,name,level\n16999000,Saalestadt,municipality\n")
    assert marks(outcome) == (0, 0, 1, 0)
    with town.unit() as unit:
        assert [area.name for area in lookup.every(unit, Area)] == ["ganze Stadt"]


def test_an_area_may_stand_before_the_one_it_lies_in(town: Store) -> None:
    text = "code;name;parent;level\n061;Anger;06;\n06;West;16999000;Stadtteil\n"
    assert marks(brought(town, "areas", text)) == (2, 0, 0, 0)
    with town.unit() as unit:
        assert [
            (a.code, a.level) for a in sorted(lookup.every(unit, Area), key=lambda a: a.code)
        ] == [("06", 1), ("061", 2), ("16999000", 0)]


def test_areas_that_lie_in_one_another_are_refused(town: Store) -> None:
    text = "code;name;parent\n06;West;07\n07;Ost;06\n08;Nord;08\n"
    assert faults(brought(town, "areas", text)) == [
        ("row 2, column parent", "not_found"),
        ("row 3, column parent", "not_found"),
        ("row 4, column parent", "own_parent"),
    ]


def test_it_moves_and_renames_an_area_that_is_known(town: Store) -> None:
    brought(town, "areas", "code;name\n06;West\n07;Ost\n")
    text = "code;name;level;parent;valid_to\n07;Osten;2;06;31.12.2030\n06;West;;;\n"
    assert marks(brought(town, "areas", text)) == (0, 1, 1, 0)
    assert faults(brought(town, "areas", "code;name;parent\n07;Ost;60\n")) == [
        ("row 2, column parent", "not_found")
    ]


def test_a_scheme_and_a_validity_tell_areas_of_one_code_apart(town: Store) -> None:
    with town.unit() as unit:
        areas.add_scheme(unit, "ALT", "Alte Bezirke", valid_from=DAY.replace(year=2000))
    text = "code;name;scheme;valid_from;valid_to\n06;West;ALT;1.1.2000;31.12.2009\n06;Westen;ALT;1.1.2010;\n"  # noqa: E501
    assert marks(brought(town, "areas", text)) == (2, 0, 0, 0)
    assert marks(brought(town, "areas", text + "\n")) == (0, 0, 2, 0)


def test_a_doubled_row_is_one_and_a_contradicting_one_a_fault(town: Store) -> None:
    text = "code;name\n06;West\n06;West\n06;Ost\n"
    outcome = brought(town, "areas", text, skip_errors=True)
    assert marks(outcome) == (1, 0, 1, 1)
    assert [(f.pointer, f.code, f.values["other"]) for f in outcome.faults] == [
        ("row 4", "row_twice", 2)
    ]
