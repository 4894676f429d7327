"""Every route × everyone who should not get through it; a new route is in the table by itself."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from api.frame import NOBODY, Route
from api.routes import ROUTES
from cycle import clock
from cycle.store.store import Store
from cycle.usecases import tokens
from tests.api.samples import a_draft, address, named, smallest
from tests.api.serving import Served, everyones_tokens, problem, serving
from tests.conftest import FreshUrl, settle_saalestadt
from tests.makers import DAY
from tests.people import CAST

GUARDED = [route for route in ROUTES if route.rights != NOBODY]
OF_MEASURES = [r for r in GUARDED if r.noun == "measure" and r.whole is None]
# Nothing in these belongs to one department: whoever has the role may call them for the town.
OPEN_TO = {role: {r.name for r in GUARDED if role in r.rights} for role, _ in CAST.values()}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str, str]]:
    """Serve a town with a draft of department 51; give its key and a token of another town."""
    folder = tmp_path_factory.mktemp("isolation")
    url, other = f"sqlite:///{folder}/own.db", f"sqlite:///{folder}/other.db"
    for each in (url, other):
        settle_saalestadt(each)
    foreign = Store.open(other)
    stranger = everyones_tokens(foreign)["planner"]
    foreign.close()
    store = Store.open(url)
    with store.unit("planner", day=DAY) as unit:
        key = a_draft(unit)
    with serving(store, url, folder) as served:
        yield served, key, stranger
    store.close()


def call(client: httpx.Client, route: Route, key: str) -> httpx.Response:
    """Call a route with a body that fits and the version of the draft."""
    known = {"key": key} if route.noun == "measure" else {}
    body = smallest(route)
    headers = {"If-Match": "*"}
    where = address(route, **known)
    if body is None:
        return client.request(route.method, where, headers=headers)
    return client.request(route.method, where, json=body, headers=headers)


@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_nobody_gets_through_without_an_account(
    town: tuple[Served, str, str], route: Route
) -> None:
    served, key, stranger = town
    problem(call(served.client(), route, key), 401, "unauthenticated")
    other_town = served.client(Authorization=f"Bearer {stranger}")
    problem(call(other_town, route, key), 401, "unauthenticated")


@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_a_token_that_has_run_out_opens_nothing(
    town: tuple[Served, str, str], route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    served, key, _ = town
    later = clock.now() + timedelta(days=100)
    monkeypatch.setattr(clock, "now", lambda: later)
    problem(call(served.client("planner"), route, key), 401, "unauthenticated")


@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_an_account_without_the_role_is_told_so(
    town: tuple[Served, str, str], route: Route
) -> None:
    served, key, _ = town
    without = [name for name, (role, _) in CAST.items() if role not in route.rights]
    for name in without:
        problem(call(served.client(name), route, key), 403, "forbidden")
    assert without or route.rights >= {role for role, _ in CAST.values()}


@pytest.mark.parametrize("route", OF_MEASURES, ids=named)
def test_a_draft_of_another_department_is_nowhere(
    town: tuple[Served, str, str], route: Route
) -> None:
    served, key, _ = town
    for name in ("schools", "reader"):
        if CAST[name][0] in route.rights:
            problem(call(served.client(name), route, key), 404, "not_found")


@pytest.mark.parametrize("route", OF_MEASURES, ids=named)
def test_the_own_department_reaches_its_draft(town: tuple[Served, str, str], route: Route) -> None:
    served, key, _ = town
    if "department_head" in route.rights:
        found = call(served.client("youth"), route, key)
        assert found.status_code not in {401, 403}, found.text
        assert found.status_code != 404 or found.json()["code"] != "not_found", found.text


@pytest.mark.parametrize("route", OF_MEASURES, ids=named)
def test_a_measure_of_another_department_is_seen_but_not_touched(
    town: tuple[Served, str, str], route: Route
) -> None:
    if not route.writes or "department_head" not in route.rights:
        return
    served, _, _ = town
    public = published(served)
    found = call(served.client("schools"), route, public)
    assert found.status_code in {403, 404}, found.text


def published(served: Served) -> str:
    """Give the key of a measure of department 51 that everyone sees."""
    with served.store.unit("planner", day=DAY) as unit:
        known = unit.reading().value(
            "SELECT ref FROM measure WHERE municipality_id = :m AND state = 'in_progress'"
        )
        if known:
            return str(known)
        key = a_draft(unit)
        unit.session.flush()
        from sqlalchemy import text  # noqa: PLC0415 - a state no verb gives in one step

        unit.session.execute(
            text("UPDATE measure SET state = 'in_progress' WHERE ref = :key"), {"key": key}
        )
        return key


def test_every_route_is_here(town: tuple[Served, str, str]) -> None:
    served, _, _ = town
    described = served.client().get("/openapi.json").json()["paths"]
    told = {(path, method.upper()) for path, item in described.items() for method in item}
    assert told == {(route.path, route.method) for route in ROUTES}


def test_a_token_of_one_department_is_not_widened_by_its_account(
    fresh_url: FreshUrl, tmp_path: Path
) -> None:
    url = fresh_url("sqlite", settle_saalestadt)
    store = Store.open(url)
    with store.unit("planner", day=DAY) as unit:
        key = a_draft(unit)
    with store.unit("admin", day=DAY) as unit:
        text = tokens.create(unit, "survey-40", roles=["department_head"], departments=["40"])[1]
    with serving(store, url, tmp_path) as served:
        only = served.client(Authorization=f"Bearer {text}")
        problem(only.get(f"/v1/measures/{key}"), 404, "not_found")
    store.close()
