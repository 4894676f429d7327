"""However much a town has, a page asks the store the same number of times."""

import threading
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from api.web import serving
from api.web.pages import PAGES, goals, measures
from api.web.pages.sign_in import page_at
from cycle.reading.door import Reader
from tests.conftest import STORES, FreshUrl
from tests.web.city import City, demo_city
from tests.web.places import PLACES, Place
from tests.web.twins import grow

WALKED = (
    *PLACES,
    Place("/public.csv", "", "public_file"),
    Place("/public/measures.csv", "", "public_measures_file"),
    Place("/public/indicators.csv", "", "public_indicators_file"),
    Place("/imports/templates/measures", page="import_template"),
    Place("/live", page="live"),
)
UNCOUNTED = {  # they only send on, or show one file that was sent before
    "sign_in_town", "sign_in_back", "sign_out", "acting", "import", "import_returned",
}  # fmt: skip
CHARTS = {"goal": goals.CHARTS, "measure": measures.CHARTS}  # an indicator each, and no more
OF_A_CHART = 13  # statements
MOST = 60  # of a page without its charts


@pytest.fixture(params=STORES)
def city(
    request: pytest.FixtureRequest, module_url: FreshUrl, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    """Serve the demo city, open to the public."""
    with demo_city(request.param, module_url, tmp_path_factory.mktemp("city")) as found:
        yield found


class Counted:
    """Counts what each answered page asks the store."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.asked: list[int] = []
        self._here = threading.local()  # others, such as the sender of webhooks, ask meanwhile
        self._answered, run = serving.answered, Reader._run

        def counting(reader: Reader, sql: str, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - a cursor
            if reader.municipality_id and sql != "BEGIN":  # else a connection is only made ready
                self._here.asked = getattr(self._here, "asked", 0) + 1
            return run(reader, sql, values)

        patch.setattr(Reader, "_run", counting)
        patch.setattr(serving, "answered", self._noted)

    def _noted(self, *call: Any) -> Any:  # noqa: ANN401 - whatever the frame gives
        self._here.asked = 0
        found = self._answered(*call)
        self.asked.append(self._here.asked)
        return found


def test_no_page_asks_more_often_in_a_town_that_has_more(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted(monkeypatch)
    clients = city.clients(place.who for place in WALKED)
    few = _asked(clients, counted)
    grow(city.url)
    many = _asked(clients, counted)
    assert [told for told, most in few.items() if most > MOST] == []
    more = {told: (few[told], many[told]) for told in few if few[told] != many[told]}
    charted = {told for told in more if _drawn(told, *more[told])}
    assert {told: more[told] for told in more if told not in charted} == {}


def test_every_page_that_is_looked_at_is_counted() -> None:
    counted = {each.page or _named(each.path) for each in WALKED}
    assert {page.name for page in PAGES if page.show or page.form} - counted <= UNCOUNTED


def _asked(clients: Mapping[str, httpx.Client], counted: Counted) -> dict[str, int]:
    """Look at every page; give how often each asked."""
    found, failed = {}, {}
    for place in WALKED:
        counted.asked.clear()
        answer = clients[place.who].get(place.path)
        (found[place.id],) = counted.asked
        if answer.status_code != httpx.codes.OK:
            failed[place.id] = answer.status_code
    assert failed == {}
    return found


def _drawn(told: str, few: int, many: int) -> bool:
    """Tell whether a page asks more often only for the few charts it draws at most."""
    most = CHARTS.get(_named(told.partition(" ")[0]), 0)
    added, rest = divmod(many - few, OF_A_CHART)
    return rest == 0 and 0 < added < most


def _named(path: str) -> str:
    found = page_at(PAGES, path)
    assert found, f"there is no page {path}"
    return found[0].name
