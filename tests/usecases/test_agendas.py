"""A paper on an agenda and the measures it asks to decide on."""

from datetime import date

import pytest

from cycle.errors import Forbidden, NotFound
from cycle.model.decisions import Consultation
from cycle.model.duties import Enforcement
from cycle.reading import papers
from cycle.store.store import Store
from cycle.usecases import agendas, enforcements, lookup
from cycle.usecases import papers as written
from tests import makers

COMING = date(2026, 12, 15)


@pytest.fixture
def paper(town: Store) -> str:
    with town.unit("clerk") as unit:
        return written.add(unit, "2024/0482", "Treffpunkt im Stadtteil").ref


def test_a_paper_on_an_agenda_names_the_measures_it_asks_to_decide_on(
    paper: str, town: Store
) -> None:
    with town.unit("planner") as unit:
        bare, named = (makers.a_measure(unit).ref for _ in range(2))
        enforcements.add(unit, named, "resolution", responsible="51")
    for _ in range(2):
        with town.unit("clerk") as unit:
            agendas.consult(unit, paper, body="SR", on=COMING, measures=[bare, named])
    with town.unit("planner") as unit:
        for key in (bare, named):
            measure = lookup.measure(unit, key)
            (lever,) = lookup.every(unit, Enforcement, measure_id=measure.id)
            assert (lever.lever, lever.text) == ("resolution", paper)
        written.add(unit, "2024/0483", "Ergänzung")
        agendas.consult(unit, "2024/0483", body="SR", on=COMING, measures=[named])
        levers = lookup.every(unit, Enforcement, measure_id=measure.id)
        assert sorted(str(each.text) for each in levers) == [paper, "2024/0483"]
        assert papers.show(unit.reading(), "2024/0483", sees_internal=True)["measures"] == [named]


def test_a_paper_names_no_measure_that_is_not_there(paper: str, town: Store) -> None:
    with pytest.raises(NotFound), town.unit("clerk") as unit:
        agendas.consult(unit, paper, body="SR", on=COMING, measures=["M-1999-001"])
    with town.unit("planner") as unit:
        assert lookup.every(unit, Consultation) == []


def test_only_clerk_and_planner_put_papers_on_an_agenda(paper: str, town: Store) -> None:
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        agendas.consult(unit, paper, body="SR", on=COMING)
