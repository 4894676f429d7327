"""Whoever follows the links finds pages: none fails, none is missing, none turns away."""

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from tests.conftest import FreshUrl
from tests.web.attacked import ROLES
from tests.web.city import City, demo_city

STARTS = ("/", "/public")
_LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
_LEFT_OUT = re.compile(r"[?&](lang|after|n)=")  # the same pages in English, and further on


@pytest.fixture(scope="module")
def city(module_url: FreshUrl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Serve the demo city."""
    with demo_city("sqlite", module_url, tmp_path_factory.mktemp("linked")) as found:
        yield found


def followed(client: httpx.Client) -> Iterator[tuple[str, str, int]]:
    """Follow every link from the start page on; give whence, where to and what came."""
    todo, seen = [("", start) for start in STARTS], set(STARTS)
    while todo:
        whence, path = todo.pop()
        came = client.get(path, follow_redirects=True)
        yield whence, path, came.status_code
        if "text/html" not in came.headers["content-type"]:
            continue
        for found in _LINK.findall(came.text):
            to = unescape(found)
            if to not in seen and not _LEFT_OUT.search(to):
                seen.add(to)
                todo.append((path, to))


@pytest.mark.parametrize("who", [*ROLES, ""])
def test_every_link_leads_to_a_page_that_answers(city: City, who: str) -> None:
    found = list(followed(city.clients([who])[who]))
    assert [each for each in found if each[2] != 200] == []
    assert len(found) > (50 if who else 20)


def test_who_may_not_open_a_page_is_told_who_may(city: City) -> None:
    seen = city.clients(["reader"])["reader"].get(
        "/measures/new", headers={"Accept-Language": "de"}
    )
    assert seen.status_code == 403
    assert "Diese Seite ist gedacht für: Fachamt, Sozialplanung." in seen.text
