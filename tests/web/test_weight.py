"""What a browser fetches that opens a page for the first time: all of it, packed, in bytes."""

import re
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
import httpx
import pytest

from tests.conftest import FreshUrl
from tests.web.city import demo_city
from tests.web.places import PLACES

MOST = 150_000
FETCHED = {"link": "href", "script": "src", "img": "src"}
OURS = "/static/"
IN_SHEETS = re.compile(r"url\(['\"]?([\w./-]+)['\"]?\)")


def test_a_first_visit_to_any_page_stays_below_150_kilobytes(
    fresh_url: FreshUrl, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with demo_city("sqlite", fresh_url, tmp_path_factory.mktemp("city")) as city:
        clients = city.clients(place.who for place in PLACES)
        weights = {place.id: _weight(clients[place.who], place.path) for place in PLACES}
    told = sorted(weights.items(), key=lambda each: -sum(each[1]))
    print(f"{'page':>8} {'parts':>8}  bytes, packed")  # noqa: T201 - to be looked at
    print(*(f"{page:>8} {parts:>8}  {name}" for name, (page, parts) in told), sep="\n")  # noqa: T201 - as above
    assert {name: weight for name, weight in told if sum(weight) > MOST} == {}


def _weight(client: httpx.Client, path: str) -> tuple[int, int]:
    """Give the bytes of the page itself, and of all that it has a browser fetch."""
    answer = client.get(path)
    assert answer.status_code == httpx.codes.OK, path
    root = html5lib.parse(answer.text, namespaceHTMLElements=False)
    return answer.num_bytes_downloaded, sum(_parts(client, root).values())


def _parts(client: httpx.Client, root: Element) -> dict[str, int]:
    found: dict[str, int] = {}
    waiting = [each for each in map(_address, root.iter()) if each]
    while waiting:
        path = waiting.pop()
        if path not in found:
            answer = client.get(path)
            assert answer.status_code == httpx.codes.OK, path
            found[path] = answer.num_bytes_downloaded
            if path.endswith(".css"):
                waiting += (urljoin(path, each) for each in IN_SHEETS.findall(answer.text))
    return found


def _address(element: Element) -> str:
    path = element.get(FETCHED.get(str(element.tag), ""), "")
    return path if path.startswith(OURS) else ""
