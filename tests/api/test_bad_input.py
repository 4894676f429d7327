"""What must do no harm × every route: a problem, never a fault of ours, and nothing changed."""

from collections.abc import Iterator

import httpx
import pytest

from api.frame import NOBODY, Route
from api.routes import ROUTES
from cycle.store.store import Store
from tests.api import bad
from tests.api.samples import a_draft, address, named, smallest
from tests.api.serving import Served, serving
from tests.conftest import STORES, settle_saalestadt
from tests.makers import DAY
from tests.people import CAST

WRITING = [r for r in ROUTES if r.writes and r.body and not r.whole]
BARE = [r for r in ROUTES if r.writes and not r.body and not r.whole]
READING = [r for r in ROUTES if not r.writes and not r.whole and r.rights != NOBODY]
ENOUGH = 300


@pytest.fixture(scope="module", params=STORES)
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, str]]:
    """Serve a town with one draft."""
    folder = tmp_path_factory.mktemp("bad")
    if request.param == "sqlite":
        url = f"sqlite:///{folder}/town.db"
        settle_saalestadt(url)
    else:
        url = request.getfixturevalue("postgresql_server").fresh(settle_saalestadt)
    store = Store.open(url)
    with store.unit("planner", day=DAY) as unit:
        key = a_draft(unit)
    with serving(store, url, folder) as served:
        yield served, key
    store.close()
    if request.param != "sqlite":
        request.getfixturevalue("postgresql_server").drop(url)


def someone(served: Served, route: Route) -> httpx.Client:
    name = next(name for name, (role, _) in CAST.items() if role in route.rights)
    return served.client(name, Content_Type="application/json", If_Match="*")


def state(served: Served) -> list[tuple[object, ...]]:
    with served.store.unit("planner", day=DAY) as unit:
        return unit.reading().pairs(
            "SELECT name, value, mark FROM counter WHERE municipality_id = :m ORDER BY name"
        )


def insist(found: httpx.Response, what: object) -> None:
    assert 400 <= found.status_code < 500, (found.status_code, what, found.text[:300])
    assert found.headers["content-type"] == "application/problem+json", what
    assert found.json()["code"], what


@pytest.mark.parametrize("route", WRITING, ids=named)
def test_no_body_does_harm(town: tuple[Served, str], route: Route) -> None:
    served, key = town
    sent = bad.bodies(smallest(route))
    assert len(sent) >= ENOUGH
    if served.store.engine.dialect.name != "sqlite":
        sent = sent[::5]
    before, client = state(served), someone(served, route)
    where = address(route, **({"key": key} if route.noun == "measure" else {}))
    for body in sent:
        insist(client.request(route.method, where, content=body), body[:100])
    assert state(served) == before


@pytest.mark.parametrize("route", [r for r in ROUTES if "{" in r.path and not r.whole], ids=named)
def test_no_address_does_harm(town: tuple[Served, str], route: Route) -> None:
    served, _ = town
    before, client = state(served), someone(served, route)
    body = smallest(route)
    for name in bad.PATHS:
        where = address(route, **dict.fromkeys(("key", "kind", "no", "name", "n"), name))
        found = client.request(route.method, where, **({} if body is None else {"json": body}))
        if found.status_code != 200:
            insist(found, where)
        assert not route.writes or found.status_code != 200, where
    assert state(served) == before


@pytest.mark.parametrize("route", READING, ids=named)
def test_no_question_does_harm(town: tuple[Served, str], route: Route) -> None:
    served, key = town
    client = someone(served, route)
    where = address(route, **({"key": key} if route.noun == "measure" else {}))
    for query in bad.QUERIES:
        found = client.get(f"{where}?{query}")
        if found.status_code != 200:
            insist(found, query)


HEADERS = [
    ("If-Match", "x" * 5000), ("If-Match", '"'), ("If-Match", ","), ("If-Match", '"0"'),
    ("If-Match", '"-1"'), ("If-Match", "W/"), ("Idempotency-Key", "x" * 5000),
    ("Content-Type", "application/xml"), ("Content-Type", ";"), ("Content-Type", "x" * 2000),
    ("Content-Encoding", "gzip"), ("X-On-Behalf-Of", "\x7f"), ("X-On-Behalf-Of", "' OR 1=1"),
    ("X-Acting-For", "nobody"), ("Authorization", "Bearer " + "x" * 9000),
    ("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30."), ("Authorization", "Bearer \x7f"),
]  # fmt: skip


@pytest.mark.parametrize("route", [*WRITING, *BARE], ids=named)
def test_no_header_does_harm(town: tuple[Served, str], route: Route) -> None:
    served, _ = town
    before, client = state(served), someone(served, route)
    where, body = address(route, key="none"), smallest(route)
    for name, value in HEADERS:
        more = {} if body is None else {"json": body}
        found = client.request(route.method, where, headers={name: value}, **more)
        assert found.status_code < 500, (name, value, found.text[:300])
    assert "{" not in route.path or state(served) == before


def test_the_language_asked_for_does_no_harm(town: tuple[Served, str]) -> None:
    client = town[0].client("reader")
    for asked in ("", ",", ";q=", "de;q=x", "xx", "*", "de;q=nan", "x" * 5000, "en;q=0,de;q=1e9"):
        assert client.get("/v1/status", headers={"Accept-Language": asked}).status_code == 200
