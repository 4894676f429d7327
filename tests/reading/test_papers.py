from collections.abc import Iterator
from datetime import date

import pytest

from cycle.errors import NotFound
from cycle.reading import bodies, papers, reports
from cycle.reading.decisions import KINDS, OpenPaper, listed, open_, show
from cycle.reading.shapes import plain
from cycle.store.store import Store
from tests.conftest import STORES, FreshUrl
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, City, looking, settled


def _build(city: City) -> None:
    city.round("Z-2018", date(2018, 1, 1), stage="closed", taken_over=True)
    measure = city.measure(state="approved")
    _decided(city)
    referred = city.paper("2025/0001")
    city.consultation(referred, "JHA", date(2025, 1, 8), "referred", result_text="verwiesen")
    back = city.paper("2025/0002")
    city.consultation(back, "JHA", date(2025, 1, 8), "referred")
    city.consultation(back, "SR", date(2025, 3, 8), "pending")
    put_off = city.paper("2025/0003")
    city.consultation(put_off, "SozA", None, "pending")
    city.consultation(put_off, "SozA", date(2025, 2, 1), "removed")
    noted = city.paper("2025/0004")
    city.consultation(noted, "JHA", date(2025, 5, 1), "noted")
    settled_ = city.paper("2025/0005")
    city.consultation(settled_, "SR", date(2025, 5, 1), "settled")
    closed = city.paper("2025/0006", public=False)
    city.consultation(closed, "SR", date(2025, 5, 2), "deferred")
    behind_doors = city.paper("2025/0007")
    at = city.consultation(behind_doors, "SR", date(2025, 5, 3), "referred", public=False)
    city.decision(at, measure)
    coming = city.paper("2026/0001")
    city.consultation(coming, "SR", date(2026, 12, 1), "referred")


def _decided(city: City) -> None:
    paper = city.paper("2019/0383", cycle="Z-2018", dated=date(2019, 4, 11), paper_type="Vorlage")
    city.consultation(
        paper, "SR", date(2019, 6, 25), "adopted", majority="unanimous", order_no=2,
        result_text="einstimmig beschlossen",
    )  # fmt: skip
    city.consultation(paper, "JHA", date(2019, 5, 8), "unknown", role="preparatory", order_no=1)
    city.report(cycle="Z-2018", paper_id=paper.id)


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


@pytest.fixture(params=STORES)
def own_city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(fresh_url(request.param, _CITY))
    yield opened
    opened.close()


def _open(store: Store, *, sees_internal: bool = True, body: str | None = None) -> list[OpenPaper]:
    with looking(store) as reader:
        return open_(reader, today=TODAY, body=body, sees_internal=sees_internal)


def test_a_paper_shows_the_bodies_it_passed_in_their_order(city: Store) -> None:
    with looking(city) as reader:
        shown = papers.show(reader, "2019/0383")
    assert {k: shown[k] for k in ("ref", "name", "paper_type", "date", "public", "url")} == {
        "ref": "2019/0383", "name": "Vorlage 2019/0383", "paper_type": "Vorlage",
        "date": "2019-04-11", "public": True, "url": None,
    }  # fmt: skip
    assert [(c["body"], c["meeting_date"], c["outcome"]) for c in shown["consultations"]] == [
        ("JHA", "2019-05-08", "unknown"),
        ("SR", "2019-06-25", "adopted"),
    ]
    council = shown["consultations"][1]
    assert (council["majority"], council["role"]) == ("unanimous", "deciding")
    assert (council["result_text"], council["authoritative"]) == ("einstimmig beschlossen", None)
    assert (shown["cycle"], shown["report"], shown["measures"]) == ("Z-2018", "B-2026-001", [])


def test_a_paper_names_the_measures_decided_by_it(city: Store) -> None:
    with looking(city) as reader:
        inside = papers.show(reader, "2025/0007", sees_internal=True)
        outside = papers.show(reader, "2025/0007")
    assert (inside["measures"], inside["decisions"]) == (["M-2026-001"], ["D-2026-001"])
    assert inside["cycle"] is None
    assert (outside["measures"], outside["decisions"], outside["consultations"]) == ([], [], [])


def test_lists_of_papers_can_be_searched(city: Store) -> None:
    with looking(city) as reader:
        everything = papers.listed(reader, sees_internal=True)
        assert len(everything) == 9
        assert [p.ref for p in papers.listed(reader, body="Sozialausschuss")] == ["2025/0003"]
        assert [p.ref for p in papers.listed(reader, search="vorlage 2019")] == ["2019/0383"]
        assert papers.listed(reader, search="%") == []
    first = everything[0]
    assert (first.consultations, first.last_meeting) == (2, date(2019, 6, 25))


def test_what_is_not_public_does_not_show_not_even_by_count(city: Store) -> None:
    with looking(city) as reader:
        refs = {p.ref: p.consultations for p in papers.listed(reader)}
        assert "2025/0006" not in refs
        assert refs["2025/0007"] == 0
        with pytest.raises(NotFound):
            papers.show(reader, "2025/0006")
        counted = {
            sees: {b.short_name: b.papers for b in bodies.listed(reader, sees_internal=sees)}
            for sees in (True, False)
        }
        assert (counted[True]["SR"], counted[False]["SR"]) == (6, 4)
        assert bodies.show(reader, "Stadtrat")["papers"] == 4
        assert listed(reader) == []
        assert [d.key for d in listed(reader, sees_internal=True)] == ["D-2026-001"]
        assert [d.key for d in listed(reader, measure="M-1", sees_internal=True)] == ["D-2026-001"]
        with pytest.raises(NotFound):
            show(reader, "D-2026-001")
        decision = show(reader, "D-2026-001", sees_internal=True)
    assert (decision["measures"], decision["conditions"]) == (["M-2026-001"], [])


def test_a_report_does_not_name_a_paper_that_is_not_public(own_city: Store) -> None:
    with looking(own_city) as reader:
        assert reports.listed(reader)[0].paper == "2019/0383"
    with own_city.unit("planner") as unit:
        unit.session.connection().exec_driver_sql("UPDATE paper SET public = FALSE")
    with looking(own_city) as reader:
        assert reports.listed(reader)[0].paper is None
        assert reports.show(reader, "B-2026-001", sees_internal=True)["paper"] == "2019/0383"


def test_papers_that_never_came_back_are_told_what_presses_first(city: Store) -> None:
    found = [(row.kind, row.paper) for row in _open(city)]
    assert found == [
        ("referred", "2025/0001"), ("referred", "2025/0007"),
        ("deferred", "2025/0003"), ("deferred", "2025/0006"),
        ("decided", "2019/0383"), ("noted", "2025/0004"),
    ]  # fmt: skip
    assert tuple(dict.fromkeys(kind for kind, _ in found)) == KINDS


def test_each_tells_how_long_it_waits_and_what_was_said(city: Store) -> None:
    assert plain(_open(city)[0]) == {
        "kind": "referred", "paper": "2025/0001", "name": "Vorlage 2025/0001", "body": "JHA",
        "on": "2025-01-08", "outcome": "referred", "result_text": "verwiesen", "days": 683,
    }  # fmt: skip


def test_they_can_be_asked_by_body_and_by_kind(city: Store) -> None:
    assert [row.paper for row in _open(city, body="Jugendhilfeausschuss")] == [
        "2025/0001", "2025/0004",
    ]  # fmt: skip
    with looking(city) as reader:
        only = open_(reader, today=TODAY, kinds=("noted",), sees_internal=True)
        none = open_(reader, today=TODAY, kinds=(), sees_internal=True)
        with pytest.raises(NotFound):
            open_(reader, today=TODAY, body="Kreistag")
    assert [row.paper for row in only] == ["2025/0004"]
    assert none == []


def test_what_waits_behind_closed_doors_is_not_told_outside(city: Store) -> None:
    seen = {row.paper for row in _open(city, sees_internal=False)}
    assert seen == {"2025/0001", "2025/0003", "2019/0383", "2025/0004"}
