"""What attackers try at the pages: none sees, does, breaks or leaves behind what is not theirs."""

from collections.abc import Iterator

import pytest

from api.web.frame import ANYONE, Page
from api.web.pages import PAGES
from tests.conftest import FreshUrl
from tests.web.attacked import CANARY, ROLES, Attacked, address, attacked_city, parsed, runs

GUARDED = [page for page in PAGES if page.rights != ANYONE]
SENDING = [page for page in PAGES if page.act or page.whole]
OF_MEASURES = [page for page in PAGES if page.noun == "measure"]


@pytest.fixture(scope="module")
def city(module_url: FreshUrl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    """Serve the attacked city, open to the public."""
    with attacked_city(module_url, tmp_path_factory.mktemp("attacked")) as found:
        yield found


def named(page: Page) -> str:
    return page.name


@pytest.mark.parametrize("page", GUARDED, ids=named)
def test_a_page_turns_away_every_role_it_is_not_for(city: Attacked, page: Page) -> None:
    path = address(page)
    for role in ROLES:
        if role in page.rights:
            continue
        assert (role, city.as_(role).get(path).status_code) == (role, 403)
        if page in SENDING:
            assert (role, city.send(role, path).status_code) == (role, 403)


@pytest.mark.parametrize("page", GUARDED, ids=named)
def test_who_is_not_signed_in_is_asked_to_sign_in(city: Attacked, page: Page) -> None:
    path = address(page)
    found = city.as_("").get(path)
    assert found.status_code == 303
    assert found.headers["location"].startswith("/sign-in")
    if page in SENDING:
        assert city.send("", path).status_code == 401


@pytest.mark.parametrize("page", OF_MEASURES, ids=named)
def test_a_draft_of_another_department_is_as_unknown_as_no_measure(
    city: Attacked, page: Page
) -> None:
    for role in ("department_head", "reader"):
        if role not in page.rights:
            continue
        told = set()
        for key in (city.draft, "M-2026-999"):
            path = address(page, key)
            looked = city.as_(role).get(path)
            answers = [looked, city.send(role, path)] if page in SENDING else [looked]
            assert {each.status_code for each in answers} == {404}
            told.add(" ".join(parsed(looked.text).itertext()).replace(key, "KEY")[:2000])
        assert len({text.partition("Vorgang")[0] for text in told}) == 1


@pytest.mark.parametrize("who", ["department_head", "reader", ""])
def test_a_walk_through_all_pages_shows_no_foreign_draft_and_changes_nothing(
    city: Attacked, who: str
) -> None:
    before, opened = city.deeds(), 0
    for path, found in city.walked(who, 350):
        opened += 1
        assert found.status_code < 500, path
        assert CANARY not in found.text, path
        assert city.draft not in found.text.replace(path, ""), path
    assert opened > 30
    assert city.deeds() == before


def test_a_walk_through_hostile_texts_meets_nothing_that_runs(city: Attacked) -> None:
    met = 0
    for path, found in city.walked("planner", 350):
        assert found.status_code < 500, path
        if found.headers["content-type"].startswith("text/html"):
            met += "&lt;script&gt;" in found.text
            assert runs(parsed(found.text)) == [], path
    assert met > 5


def _previewed(city: Attacked, who: str, kind: str, text: str) -> str:
    file = {"file": ("list.csv", text.encode(), "text/csv")}
    sent = city.send(who, "/imports", kind=kind, files=file)
    found = city.as_(who).get(sent.headers["location"]) if "location" in sent.headers else sent
    said = " ".join("".join(parsed(found.text).itertext()).split())
    return f"{found.status_code} {said.partition('Kopf')[0].partition('Hilfe')[0]}"


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("measures", "ref;title\nKEY;Zwieselkanari Titel\n"),
        ("measures", "ref;title\nKEY;Anders\n"),
        ("measures", "ref;title;lead\nKEY;Anders;51\n"),
        ("progress", "measure;course\nKEY;planmäßig\n"),
    ],
)
def test_a_file_tells_its_sender_nothing_of_a_draft_of_another_department(
    city: Attacked, kind: str, row: str
) -> None:
    told = [
        _previewed(city, "department_head", kind, row.replace("KEY", key)).replace(key, "KEY")
        for key in (city.draft, "M-2026-999")
    ]
    assert told[0] == told[1]
    assert "nichts bekannt" in told[0]


def test_a_list_read_in_by_two_departments_tells_neither_of_the_others_drafts(
    city: Attacked,
) -> None:
    row = "title;lead;source\nLesepaten im Verbund;LEAD;Haushalt 2027\n"
    assert "1 neu" in _written(city, "other_head", row.replace("LEAD", "50"))
    own = row.replace("LEAD", "51")
    assert "1 neu" in _previewed(city, "department_head", "measures", own)
    assert "1 neu" in _written(city, "department_head", own)
    assert "1 unverändert" in _previewed(city, "department_head", "measures", f"{own}\n")


def _written(city: Attacked, who: str, text: str) -> str:
    file = {"file": ("list.csv", text.encode(), "text/csv")}
    sent = city.send(who, "/imports", kind="measures", files=file)
    done = city.send(who, sent.headers["location"])
    return " ".join("".join(parsed(done.text).itertext()).split())


def test_a_draft_of_another_department_takes_the_place_of_nothing(city: Attacked) -> None:
    for key in (city.draft, "M-2026-999"):
        path = "/measures/M-2026-009/moves/cancel"
        answer = city.send("department_head", path, code="replaced", reason="x", successor=key)
        assert answer.status_code == 404
        assert f"Unter dem Schlüssel {key} ist nichts bekannt." in answer.text


def test_what_others_built_on_a_deed_is_not_named_where_it_is_a_draft_of_theirs(
    city: Attacked,
) -> None:
    to = city.send("department_head", "/goals/new", text="Alle lesen", level="open")
    key = to.headers["location"].rpartition("/")[2]
    logged = city.send("other_head", "/measures/new", title="Lesestunden", goal=key)
    draft = logged.headers["location"].rpartition("/")[2].partition("?")[0]
    assert draft.startswith("M-")
    answer = city.send("department_head", "/undo")
    assert answer.status_code == 409
    assert draft not in answer.text


@pytest.mark.parametrize("page", SENDING, ids=named)
def test_a_form_counts_only_from_our_own_origin_and_with_its_token(
    city: Attacked, page: Page
) -> None:
    path, who = address(page), _one_of(page)
    token, ours = city.token(who), {"Origin": city.city.served.address}
    before = city.deeds()
    for headers, sent in (
        (ours, {}),
        (ours, {"_csrf": ""}),
        (ours, {"_csrf": "00" * 64}),
        (ours, {"_csrf": "ä"}),
        (ours, {"_csrf": city.token("reader" if who != "reader" else "planner")}),
        ({"Origin": "null"}, {"_csrf": token}),
        ({"Origin": "https://evil.example"}, {"_csrf": token}),
        ({"Origin": "http://["}, {"_csrf": token}),
        ({"Origin": f"{city.city.served.address}.evil.example"}, {"_csrf": token}),
        ({"Referer": "https://evil.example/"}, {"_csrf": token}),
        ({"Referer": "http://[x"}, {"_csrf": token}),
        ({**ours, "Sec-Fetch-Site": "cross-site"}, {"_csrf": token}),
        ({**ours, "Sec-Fetch-Site": "same-site"}, {"_csrf": token}),
    ):
        answer = city.as_(who).post(path, data=sent, headers=headers)
        assert (headers, sent, answer.status_code) == (headers, sent, 403)
    assert city.deeds() == before


def _one_of(page: Page) -> str:
    """Give an account that may send the form of a page."""
    return "" if page.rights == ANYONE else next(role for role in ROLES if role in page.rights)
