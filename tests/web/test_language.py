"""Whoever reads the pages in English is told where the town's own German words begin."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import httpx
import pytest
from sqlalchemy import Text, select
from sqlalchemy.sql.sqltypes import String
from sqlmodel import SQLModel

from cycle.store.store import Store
from tests.conftest import FreshUrl
from tests.web.city import City, demo_city, followed

SHORT = 10  # characters; what is shorter is told apart by nobody
NAMES = ("area", "area_scheme", "body", "cycle", "council_term", "indicator", "org_unit")
WHO = ("planner", "department_head", "statistician", "")  # together they see every page
_WORDS = re.compile(r"[^\W\d_]{2,}\s.*[^\W\d_]{2,}")
_QUOTED = re.compile(r"“[^”]*”")  # a title within a sentence of ours


@pytest.fixture(scope="module")
def city(module_url: FreshUrl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Serve the demo city."""
    with demo_city("sqlite", module_url, tmp_path_factory.mktemp("spoken")) as found:
        yield found


def written(store: Store, *, names: bool) -> set[str]:
    """Give the texts of the town of several words: names, or all that are none."""
    found: set[str] = set()
    with store.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for column in table.columns:
                is_name = table.name in NAMES and column.name in {"name", "title", "short_name"}
                if isinstance(column.type, String | Text) and is_name == names:
                    found |= {" ".join(row[0].split()) for row in connection.execute(
                        select(column).distinct()) if isinstance(row[0], str)}  # fmt: skip
    return {each for each in found if len(each) >= SHORT and _WORDS.search(each)}


def unmarked(element: Element, lang: str = "") -> Iterator[str]:
    """Give the texts of a page, and what its fields hold, that stand as English."""
    lang = element.get("lang", lang)
    if element.tag in {"script", "style", "title"} or not isinstance(element.tag, str):
        return
    texts = [element.text, *(child.tail for child in element), element.get("aria-label")]
    if element.tag == "input" and element.get("type") == "text":
        texts.append(element.get("value"))
    if lang == "en":
        yield from (" ".join(each.split()) for each in texts if each)
    for child in element:
        yield from unmarked(child, lang)


def told_as_english(client: httpx.Client, theirs: set[str], names: set[str]) -> Iterator[str]:
    """Give each text of the town that an English page does not tell to be German."""
    said = re.compile("|".join(map(re.escape, sorted(theirs, key=len, reverse=True))))
    named = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for page in followed(client):
        if "text/html" not in page.came.headers["content-type"]:
            continue
        tree = html5lib.parse(page.came.text, namespaceHTMLElements=False)
        for text in unmarked(tree):
            if found := said.search(_QUOTED.sub("", named.sub("", text))):
                yield f"{page.path}: {found[0]}"


@pytest.mark.parametrize("who", WHO)
def test_the_words_of_the_town_are_marked_as_german_on_english_pages(city: City, who: str) -> None:
    client = city.clients([who])[who]
    client.headers["Accept-Language"] = "en"
    store = city.served.store
    names = written(store, names=True)
    assert set(told_as_english(client, written(store, names=False) - names, names)) == set()


def test_a_german_page_marks_nothing(city: City) -> None:
    client = city.clients(["planner"])["planner"]
    for path in ("/", "/measures", "/measures/M-2024-001"):
        seen = client.get(path, headers={"Accept-Language": "de"})
        assert seen.status_code == 200
        assert '<span lang="de">' not in seen.text
