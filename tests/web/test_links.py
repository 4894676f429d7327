"""Whoever follows the links finds pages: none fails, none is missing, none turns away."""

from collections.abc import Iterator

import pytest

from tests.conftest import FreshUrl
from tests.web.attacked import ROLES
from tests.web.city import City, demo_city, followed


@pytest.fixture(scope="module")
def city(module_url: FreshUrl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Serve the demo city."""
    with demo_city("sqlite", module_url, tmp_path_factory.mktemp("linked")) as found:
        yield found


@pytest.mark.parametrize("who", [*ROLES, ""])
def test_every_link_leads_to_a_page_that_answers(city: City, who: str) -> None:
    found = list(followed(city.clients([who])[who]))
    wrong = [each for each in found if each.came.status_code != 200]
    assert [(each.whence, each.path, each.came.status_code) for each in wrong] == []
    assert len(found) > (50 if who else 20)


def test_who_may_not_open_a_page_is_told_who_may(city: City) -> None:
    seen = city.clients(["reader"])["reader"].get(
        "/measures/new", headers={"Accept-Language": "de"}
    )
    assert seen.status_code == 403
    assert "Diese Seite ist gedacht für: Fachamt, Sozialplanung." in seen.text
