"""Style sheets, fonts and scripts: named by content, packed, kept for a year, and few."""

import asyncio
import gzip
import re
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from api.web import assets

PARTS = ("kreislauf.css", "kreislauf.js", "icon.svg")  # what every page asks for
FONTS = ("fonts/fira-sans-400.woff2", "fonts/fira-sans-600.woff2")
VENDORED = {"kern": "kern.min.css", "htmx": "htmx.min.js", "fonts": "fira-sans-400.woff2"}


SERVED = httpx.ASGITransport(Starlette(routes=assets.routes()))


def names() -> list[str]:
    return [each.name for each in assets.shelf().values()]


def asked(name: str, **headers: str) -> httpx.Response:
    async def get() -> httpx.Response:
        async with httpx.AsyncClient(transport=SERVED, base_url="http://town") as client:
            return await client.get(f"/static/{name}", headers=written)

    written = {key.replace("_", "-"): value for key, value in headers.items()}
    return asyncio.run(get())


def test_a_name_carries_the_sign_of_its_content() -> None:
    for each in assets.shelf().values():
        assert sha256(each.body).hexdigest()[:12] in each.name
    assert assets.address("kreislauf.css").startswith("/static/kreislauf.")


def test_a_file_that_is_not_there_is_noticed_when_a_page_names_it() -> None:
    with pytest.raises(KeyError):
        assets.address("nowhere.css")


@pytest.mark.parametrize("name", names())
def test_every_file_is_kept_for_a_year_and_says_what_it_is(name: str) -> None:
    found = asked(name, accept_encoding="identity")
    assert found.status_code == 200
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert found.headers["content-type"] == assets.TYPES[Path(name).suffix]
    assert "content-encoding" not in found.headers
    assert sha256(found.content).hexdigest()[:12] in name


def test_who_takes_packed_files_gets_them() -> None:
    sheet = assets.shelf()["kreislauf.css"]
    found = asked(sheet.name, accept_encoding="br, gzip;q=0.8")
    assert found.headers["content-encoding"] == "gzip"
    assert int(found.headers["content-length"]) == sheet.weight < len(sheet.body) / 5
    assert found.content == sheet.body == gzip.decompress(sheet.zipped)
    assert found.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("wish", ["", "br", "gzip;q=0", "GZIP; q=0"])
def test_who_does_not_take_packed_files_gets_them_plain(wish: str) -> None:
    found = asked(assets.shelf()["kreislauf.js"].name, accept_encoding=wish)
    assert "content-encoding" not in found.headers


def test_a_font_is_packed_already() -> None:
    found = asked(assets.shelf()[FONTS[0]].name, accept_encoding="gzip")
    assert "content-encoding" not in found.headers


def test_who_has_a_file_already_gets_no_second_one() -> None:
    name = assets.shelf()["kreislauf.css"].name
    first = asked(name, accept_encoding="gzip")
    again = asked(name, accept_encoding="gzip", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    plain = asked(name, accept_encoding="identity", if_none_match=first.headers["etag"])
    assert plain.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "kreislauf.css",
        "kreislauf.000000000000.css",
        "../assets.py",
        "..%2fassets.py",
        "%2e%2e/%2e%2e/app.py",
        "kern/kern.min.css",
        "kern/LICENSE",
        "/etc/passwd",
        "",
    ],
)
def test_there_is_no_way_from_a_name_to_the_disk(name: str) -> None:
    found = asked(name)
    assert found.status_code == 404
    assert found.headers["content-type"].startswith("text/plain")
    assert found.headers.get("cache-control") in {"no-store", None}


@pytest.mark.parametrize("name", ["../assets.py", "/etc/passwd", "kern/../../assets.py"])
def test_even_a_name_that_no_browser_sends_leads_nowhere(name: str) -> None:
    call = Request({"type": "http", "headers": [], "path_params": {"name": name}})
    assert asyncio.run(assets.answered(call)).status_code == 404


def test_an_unknown_file_is_not_kept_as_missing() -> None:
    assert asked("kreislauf.0.css").headers["cache-control"] == "no-store"


def test_every_address_in_the_style_sheet_answers() -> None:
    sheet = assets.shelf()["kreislauf.css"].body.decode()
    found = [each.strip("\"'") for each in re.findall(r"url\(([^)]*)\)", sheet)]
    outside = [each for each in found if not each.startswith("data:image/svg+xml,")]
    assert len(outside) == len(FONTS)
    assert all(asked(each).status_code == 200 for each in outside)
    assert "@import" not in sheet


def test_the_style_sheet_has_all_its_parts_once_in_their_order() -> None:
    sheet = assets.shelf()["kreislauf.css"].body.decode()
    starts = [sheet.index((assets.STATIC / part).read_text()[:40]) for part in assets.SHEETS]
    assert starts == sorted(starts)
    assert sheet.count("@charset") <= 1


@pytest.mark.parametrize("folder", VENDORED)
def test_what_others_made_keeps_its_licence_and_is_what_was_published(folder: str) -> None:
    place = assets.STATIC / folder
    told = (place / "VERSION").read_text()
    assert len((place / "LICENSE").read_text()) > 500
    assert sha256((place / VENDORED[folder]).read_bytes()).hexdigest() in told
    assert re.search(r"\d+\.\d+", told)


@pytest.mark.parametrize("path", FONTS)
def test_the_fonts_have_the_letters_of_german_and_the_signs_of_the_lights(path: str) -> None:
    told = (assets.STATIC / "fonts/VERSION").read_text()
    file = assets.STATIC / path
    assert sha256(file.read_bytes()).hexdigest() in told
    assert file.stat().st_size <= 20_000


def test_a_first_visit_is_light() -> None:
    shelf = assets.shelf()
    needed = {path: shelf[path].weight for path in (*PARTS, *FONTS, "htmx/htmx.min.js")}
    print(*(f"{weight:>7} {path}" for path, weight in needed.items()), sep="\n")  # noqa: T201 - to be looked at
    assert sum(needed.values()) <= 150_000 - 25_000  # the page itself comes on top


def test_our_own_script_is_small_and_writes_nothing_into_pages() -> None:
    script = assets.shelf()["kreislauf.js"].body.decode()
    assert len(script) <= 4096
    assert "innerHTML" not in script
    assert "eval" not in script
