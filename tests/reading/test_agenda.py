"""The next sittings: what is on their agenda, what is ready, what is not and why."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from cycle.errors import NotFound
from cycle.model.decisions import Condition
from cycle.model.measures import Measure
from cycle.reading.agenda import Meeting, Waiting, agenda
from cycle.store.store import Store
from cycle.usecases import agendas, papers
from tests.conftest import STORES, FreshUrl
from tests.makers_measures import Town
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, City, building, looking, settled

JHA, SR, LATER = date(2026, 12, 2), date(2026, 12, 16), date(2027, 1, 27)


def _proposed(city: City, *fields: str, **more: Any) -> Measure:  # noqa: ANN401 - columns of a measure
    words: dict[str, Any] = {"state": "proposed", "citywide": True} | more
    return city.measure(fields=fields, **words)


def _build(city: City) -> None:
    waiting = _proposed(city, "ALT")  # M-2026-001, which no body has heard of
    youth = _proposed(city, "JUG")  # M-2026-002, which goes to the youth welfare committee first
    heard = _proposed(city, "JUG")  # M-2026-003, recommended by it before
    unheard = _proposed(city, "JUG")  # M-2026-004, on the council's agenda without it
    deferred = city.measure(state="deferred", fields=("ALT",))  # M-2026-005
    city.measure(state="targeted", fields=("ALT",))  # M-2026-006
    city.measure(state="draft")
    city.measure(state="in_progress")
    _papers(city, heard, unheard)
    _proposed(city, "ALT", binding="administrative")
    assert [m.ref[-1] for m in (waiting, youth, deferred)] == ["1", "2", "5"]


def _papers(city: City, heard: Measure, unheard: Measure) -> None:
    paper = city.paper("2026/0100", name="Sprachförderung")
    at = city.consultation(paper, "JHA", date(2026, 10, 7), "recommended", role="preparatory")
    city.decision(at, heard)
    city.consultation(paper, "SR", SR, "pending", order_no=4)
    other = city.paper("2026/0101", name="Elternbriefe")
    put_off = city.consultation(other, "SR", date(2026, 9, 16), "deferred")
    city.decision(put_off, unheard)
    city.consultation(other, "SR", SR, "pending", order_no=2)
    plain = city.paper("2026/0102", name="Sitzungskalender")
    city.consultation(plain, "JHA", JHA, "pending")
    city.consultation(plain, "JHA", TODAY, "noted")
    city.consultation(plain, "SozA", TODAY - timedelta(days=1), "noted")
    gone = city.paper("2026/0103", name="Zurückgezogen")
    city.consultation(gone, "SozA", SR, "withdrawn")
    closed = city.paper("2026/0104", name="Grundstück", public=False)
    city.consultation(closed, "SR", SR, "pending")
    behind = city.paper("2026/0105", name="Vergabe")
    city.consultation(behind, "SozA", LATER, "pending", public=False)


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


@pytest.fixture(params=STORES)
def own_city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(fresh_url(request.param, _CITY))
    yield opened
    opened.close()


def _agenda(store: Store, *, today: date = TODAY, **asked: Any) -> list[Meeting]:  # noqa: ANN401 - as `agenda`
    with looking(store) as reader:
        return agenda(reader, today=today, lang="de", **{"sees_internal": True} | asked)


def _at(found: list[Meeting], body: str | None, on: date | None) -> Meeting:
    return next(each for each in found if (each.body, each.on) == (body, on))


def _keys(waiting: list[Waiting]) -> list[str]:
    return [each.key[-3:] for each in waiting]


def test_the_next_sittings_come_by_day_with_their_papers(city: Store) -> None:
    found = _agenda(city)
    assert [(each.on, each.body) for each in found] == [
        (TODAY, "JHA"), (JHA, "JHA"), (SR, "SR"), (LATER, "SozA"),
    ]  # fmt: skip
    council = _at(found, "SR", SR)
    assert (council.body_name, council.kind) == ("Stadtrat", "council")
    assert [(p.order_no, p.paper, p.measures, p.public) for p in council.papers] == [
        (0, "2026/0104", (), False),
        (2, "2026/0101", ("M-2026-004",), True),
        (4, "2026/0100", ("M-2026-003",), True),
    ]
    assert (council.papers[2].role, council.papers[2].outcome) == ("deciding", "pending")


def test_today_is_the_first_day_of_what_comes(city: Store) -> None:
    assert _agenda(city, today=JHA)[0].on == JHA
    assert _agenda(city, today=JHA + timedelta(days=1))[0].on == SR


def test_a_measure_is_ready_for_the_body_that_hears_it_next(city: Store) -> None:
    found = _agenda(city)
    council, youth = _at(found, "SR", SR), _at(found, "JHA", JHA)
    assert _keys(council.ready) == ["001", "003"]
    assert [(each.paper, each.next_step) for each in council.ready] == [
        (None, "consult"), ("2026/0100", None),
    ]  # fmt: skip
    assert _keys(youth.ready) == ["002", "004"]
    assert {each.next_step for each in youth.ready} == {"consult"}
    assert {key for each in found for key in _keys(each.ready)} == {"001", "002", "003", "004"}


def test_the_agenda_of_today_takes_nothing_more(city: Store) -> None:
    before = _at(_agenda(city, today=SR - timedelta(days=1)), "SR", SR)
    assert _keys(before.ready) == ["001", "003"]
    on_the_day = _agenda(city, today=SR)
    assert _keys(_at(on_the_day, "SR", SR).ready) == ["003"]
    assert _keys(_at(on_the_day, "SR", None).ready) == ["001"]


def test_what_the_youth_welfare_committee_has_not_heard_is_not_ready_for_the_council(
    city: Store,
) -> None:
    council = _at(_agenda(city), "SR", SR)
    unheard = next(each for each in council.not_ready if each.key == "M-2026-004")
    assert unheard.paper == "2026/0101"
    assert [reason["guard"] for reason in unheard.because] == ["youth_committee_not_heard"]
    assert unheard.because[0]["says"] == "Der Jugendhilfeausschuss ist noch nicht gehört worden."


@pytest.mark.parametrize(("on", "ready"), [(SR, True), (SR + timedelta(days=1), False)])
def test_a_sitting_of_the_youth_welfare_committee_before_the_councils_is_enough(
    own_city: Store, on: date, *, ready: bool
) -> None:
    with building(own_city) as city:
        city.start_at(50)
        paper = city.paper("2026/0200")
        put_off = city.consultation(paper, "SR", date(2026, 9, 16), "deferred")
        city.decision(put_off, _proposed(city, "JUG"))
        city.consultation(paper, "SR", SR, "pending")
        city.consultation(paper, "JHA", on, "pending")
    found = _agenda(own_city)
    council, youth = _at(found, "SR", SR), _at(found, "JHA", on)
    assert ("050" in _keys(council.ready)) is ready
    assert ("050" in _keys(council.not_ready)) is not ready
    assert "050" in _keys(youth.ready)
    assert [key for each in found for key in _keys(each.ready)].count("050") == 1 + ready


def test_what_still_lacks_something_says_what_and_how_to_mend_it(city: Store) -> None:
    council = _at(_agenda(city), "SR", SR)
    assert _keys(council.not_ready) == ["004", "005", "006"]
    deferred, targeted = council.not_ready[1:]
    assert (targeted.next_step, deferred.next_step) == ("propose", "resubmit")
    guards = [reason["guard"] for reason in targeted.because]
    assert guards == [
        "consequence_open", "financial_not_countersigned", "area_missing",
        "participation_missing", "evaluation_not_planned",
    ]  # fmt: skip
    assert targeted.because[1]["fix"].endswith("cycle consequence countersign M-2026-006")


def test_a_measure_that_lacks_nothing_can_be_given_to_the_committees(town: Store) -> None:
    made = Town(town)
    key = made.a_measure("targeted")
    with building(town) as city:
        city.consultation(city.paper("2026/0300"), "SR", SR, "pending")
    before = _at(_agenda(town), "SR", SR)
    assert _keys(before.not_ready) == [key[-3:]]
    made.ready(key)
    after = _at(_agenda(town), "SR", SR)
    assert after.not_ready == []
    assert [(each.key, each.next_step, each.because) for each in after.ready] == [
        (key, "propose", ()),
    ]  # fmt: skip


def test_what_finds_no_sitting_stands_last(own_city: Store) -> None:
    found = _agenda(own_city, today=LATER + timedelta(days=1))
    assert [(each.on, each.body) for each in found] == [(None, "JHA"), (None, "SR")]
    assert _keys(found[0].ready) == ["002", "004"]
    assert _keys(found[1].ready) == ["001", "003"]
    with building(own_city) as city:
        city.start_at(60)
        _proposed(city, "ALT", binding="committee_resolution")
    last = _agenda(own_city)[-1]
    assert (last.on, last.body, last.body_name) == (None, None, None)
    assert _keys(last.ready) == ["060"]


def test_a_paper_ties_its_measures_to_the_sitting_before_anybody_decided(own_city: Store) -> None:
    with own_city.unit("clerk", day=TODAY) as unit:
        papers.add(unit, "2026/0600", "Treffpunkt")
        agendas.consult(
            unit, "2026/0600", body="SR", on=SR, measures=["M-2026-001", "M-2026-002"]
        )  # fmt: skip
    found = _agenda(own_city)
    council, youth = _at(found, "SR", SR), _at(found, "JHA", JHA)
    ready = council.ready[0]
    assert (ready.key, ready.paper, ready.next_step) == ("M-2026-001", "2026/0600", None)
    assert _keys(council.not_ready)[:2] == ["002", "004"]
    assert _keys(youth.ready) == ["002", "004"]


def test_any_committee_may_resolve_on_its_own(own_city: Store) -> None:
    with building(own_city) as city:
        city.start_at(60)
        made = _proposed(city, "ALT", binding="committee_resolution", source="2026/0102")
    found = _agenda(own_city)
    assert _keys(_at(found, "JHA", JHA).ready) == ["002", "004", made.ref[-3:]]
    assert all(each.body for each in found)


def test_only_one_body_or_only_some_days_can_be_asked_for(city: Store) -> None:
    youth = _agenda(city, body="Jugendhilfeausschuss")
    assert [(each.on, each.body) for each in youth] == [(TODAY, "JHA"), (JHA, "JHA")]
    assert [each.on for each in _agenda(city, until=SR)] == [TODAY, JHA, SR]
    assert [each.on for each in _agenda(city, until=SR - timedelta(days=1))] == [TODAY, JHA]
    with pytest.raises(NotFound):
        _agenda(city, body="Kreistag")


def _condition(city: City, due: date, *, public: bool = True, **more: Any) -> None:  # noqa: ANN401 - columns
    measure = city.measure(state="approved")
    at = city.consultation(
        city.paper(f"C/{due}"), "SR", date(2026, 5, 20), "adopted", public=public
    )
    made = city.decision(at, measure)
    city.add(Condition(decision_id=made.id, code="report_due", text=f"bis {due}", due=due, **more))


def test_a_condition_is_due_at_the_first_sitting_of_its_body_on_its_day_or_after(
    own_city: Store,
) -> None:
    with building(own_city) as city:
        city.start_at(70)
        city.consultation(city.paper("2027/0001"), "SR", LATER, "pending")
        _condition(city, date(2026, 6, 1))
        _condition(city, SR)
        _condition(city, SR + timedelta(days=1))
        _condition(city, LATER + timedelta(days=1))
        _condition(city, TODAY, met_on=TODAY, met_note="berichtet")
    found = _agenda(own_city)
    soon, later = _at(found, "SR", SR), _at(found, "SR", LATER)
    assert [(each.due, each.measures) for each in soon.conditions] == [
        (date(2026, 6, 1), ("M-2026-070",)), (SR, ("M-2026-071",)),
    ]  # fmt: skip
    assert [each.due for each in later.conditions] == [SR + timedelta(days=1)]
    assert soon.conditions[0].text == "bis 2026-06-01"


def test_papers_that_never_came_back_are_told_at_the_next_sitting_of_their_body(
    city: Store,
) -> None:
    found = _agenda(city)
    assert _at(found, "JHA", TODAY).follow_up == []
    assert [each.paper for each in _agenda(city, today=JHA)[0].follow_up] == []
    assert [each.follow_up for each in found if each.body == "SR"] == [[]]


def test_a_paper_decided_today_comes_back_to_a_later_sitting(own_city: Store) -> None:
    with building(own_city) as city:
        city.consultation(city.paper("2026/0400"), "JHA", TODAY, "referred")
        city.consultation(city.paper("2026/0401"), "JHA", date(2026, 3, 4), "noted")
        city.consultation(city.paper("2026/0402"), "LG", date(2026, 3, 4), "noted")
    found = _agenda(own_city)
    assert [each.paper for each in _at(found, "JHA", TODAY).follow_up] == ["2026/0401"]
    assert [each.paper for each in _at(found, "JHA", JHA).follow_up] == ["2026/0400"]
    assert "LG" not in {each.body for each in found}  # it has no sitting to come back to


def test_what_is_not_public_reaches_no_reader_not_even_by_count(own_city: Store) -> None:
    def seen() -> list[Meeting]:
        return _agenda(own_city, sees_internal=False)

    before = seen()
    assert [(each.on, each.body) for each in before] == [
        (TODAY, "JHA"), (JHA, "JHA"), (SR, "SR"),
    ]  # fmt: skip
    council = _at(before, "SR", SR)
    assert [paper.paper for paper in council.papers] == ["2026/0101", "2026/0100"]
    assert "006" not in _keys(council.not_ready)
    assert "005" in _keys(council.not_ready)
    with building(own_city) as city:
        city.start_at(80)
        _condition(city, SR, public=False)
        city.measure(state="targeted", fields=("ALT",))
        secret = city.paper("2026/0500", public=False)
        at = city.consultation(secret, "SR", date(2026, 6, 3), "adopted_amended", public=False)
        city.decision(at, _lookup(city, "M-2026-001"), changed_text="vier statt fünf")
        city.consultation(secret, "JHA", LATER, "pending")
    after = [each for each in seen() if each.on or each.body]
    assert [(each.on, _keys(each.ready), _keys(each.not_ready), each.papers) for each in after] == [
        (each.on, _keys(each.ready), _keys(each.not_ready), each.papers) for each in before
    ]
    assert [condition for each in after for condition in each.conditions] == []
    planner = _at(_agenda(own_city), "SR", SR)
    assert [each.due for each in planner.conditions] == [SR]
    assert [reason["guard"] for each in planner.not_ready if each.key == "M-2026-001"
            for reason in each.because] == ["amendment_unconfirmed"]  # fmt: skip


def _lookup(city: City, key: str) -> Measure:
    from cycle.usecases import lookup  # noqa: PLC0415 - one test asks

    return lookup.measure(city.unit, key)


def test_an_agenda_of_many_costs_as_many_statements_as_one_of_few(own_city: Store) -> None:
    asked = []
    for more in (3, 60):
        with building(own_city) as city:
            city.start_at(100 * more)
            for n in range(more):
                _proposed(city, "JUG")
                city.measure(state="targeted")
                _condition(city, SR + timedelta(days=100 * more + n))
        with looking(own_city) as reader:
            before = reader.statements
            agenda(reader, today=TODAY, lang="de", sees_internal=True)
            asked.append(reader.statements - before)
    assert asked[0] == asked[1] <= 8
