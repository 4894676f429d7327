"""Reading files in at the pages: look first, then write; nothing wrong gets in, nothing is lost."""

import gc
import io
import socket
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
import xlsxwriter  # type: ignore[import-untyped] # the package tells no types

from cycle import clock
from cycle.exchange import tables
from cycle.model.columns import Instant
from tests.api.serving import Served
from tests.web.browsing import Browser, Seen, signed_in

HEAD = ("titel", "federfuehrung", "ende")
PLAN = "titel;federfuehrung;ende\nLesepaten;51;31.12.2027\nSprachkurse;51;morgen\n"


def _workbook(*rows: tuple[str, ...]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Plan")
    for no, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(no, column, cell)
    book.close()
    return out.getvalue()


def _sent(here: Browser, data: bytes | str, name: str, kind: str = "measures") -> Seen:
    page = here.open("/imports")
    return here.send(page, {"kind": kind}, button="Datei prüfen", files={"file": (name, data)})


def test_a_file_is_looked_at_before_anything_is_written(pages_on_both: Served) -> None:
    here = signed_in(pages_on_both.address, "planner")
    seen = _sent(here, "titel;federfuehrung;ende\nLesepaten;51;31.12.2027\n", "plan.csv")
    assert seen.title == "Was geschehen würde"
    assert "1 neu 0 geändert 0 unverändert 0 abgewiesen" in seen.text
    assert "Lesepaten" not in here.open("/measures").text
    seen = here.send(seen, button="Übernehmen")
    assert seen.title == "Übernommen"
    assert "Lesepaten" in here.open("/measures").text


def test_written_twice_it_changes_nothing(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    preview = _sent(here, "titel;federfuehrung\nLesepaten;51\n", "plan.csv")
    here.send(preview, button="Übernehmen")
    again = here.send(preview, button="Übernehmen")
    assert again.title == "Diese Datei wurde schon eingelesen"
    assert here.open("/measures").text.count("Lesepaten") == 1


def test_written_twice_at_the_same_moment_it_is_written_once(pages_on_both: Served) -> None:
    here = signed_in(pages_on_both.address, "planner")
    preview = _sent(here, "titel;federfuehrung\nLesepaten;51\n", "plan.csv")
    sent = preview.filled("Übernehmen")
    with ThreadPoolExecutor(3) as three:
        seen = list(three.map(lambda _: here.post(preview.path, sent), range(3)))
    assert [each.status for each in seen] == [200] * 3
    assert sorted(each.title for each in seen) == [
        "Diese Datei wurde schon eingelesen", "Diese Datei wurde schon eingelesen", "Übernommen",
    ]  # fmt: skip
    assert here.open("/measures").text.count("Lesepaten") == 1


def test_what_changes_is_told_in_the_words_of_the_file(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    head = "titel;federfuehrung;ende;prioritaet;kosten_einmalig;konsequenz_finanziell\n"
    here.send(_sent(here, head + "Lesepaten;51;31.12.2027;3;;\n", "a.csv"), button="Übernehmen")
    seen = _sent(here, head + "Lesepaten;50;31.12.2028;hoch;;\nBücher;50;;;;\n", "b.csv")
    assert "1 neu 1 geändert 0 unverändert 0 abgewiesen" in seen.text
    assert "2geändertM-2026-001Lesepaten" in seen.text
    for told in ("federfuehrung: 51 → 50", "ende: 31.12.2027 → 31.12.2028", "normal → hoch"):
        assert told in seen.text
    assert "3neuM-2026-002Bücher–" in seen.text
    assert "_id" not in seen.text


@pytest.mark.parametrize("book", [True, False], ids=["as a workbook", "as CSV"])
def test_refused_rows_come_back_as_they_came_with_what_is_to_be_mended(
    pages: Served, *, book: bool
) -> None:
    here = signed_in(pages.address, "planner")
    rows = (HEAD, ("Lesepaten", "51", "31.12.2027"), ("=1+1", "51", "morgen"))
    data = _workbook(*rows) if book else "\n".join(";".join(row) for row in rows).encode()
    preview = _sent(here, data, "plan.xlsx" if book else "plan.csv")
    assert "1 neu 0 geändert 0 unverändert 1 abgewiesen" in preview.text
    assert "morgen ist kein Tag." in preview.text
    link = preview.links()["Abgewiesene Zeilen mit Hinweisen herunterladen"]
    answer = here.client.get(link)
    kind = "xlsx" if book else "csv"
    assert answer.headers["content-disposition"].endswith(f"plan-zu-berichtigen.{kind}")
    back = tables.table(answer.content, "back")
    assert back.headers == (*HEAD, "Hinweis zum Einlesen")
    (line,) = back.lines
    assert line.cells["titel"] == "=1+1"
    assert "morgen ist kein Tag." in line.cells["Hinweis zum Einlesen"]

    mended = (*HEAD, "Hinweis zum Einlesen"), ("Sprachkurse", "51", "31.12.2027", "x")
    again = _workbook(*mended) if book else "\n".join(";".join(row) for row in mended).encode()
    seen = _sent(here, again, f"plan.{kind}")
    assert "1 neu 0 geändert 0 unverändert 0 abgewiesen" in seen.text


def test_the_right_rows_may_be_written_without_the_refused_ones(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    seen = _sent(here, PLAN, "plan.csv")
    seen = here.send(seen, button="Fehlerfreie Zeilen übernehmen, abgewiesene weglassen")
    assert seen.title == "Übernommen"
    text = here.open("/measures").text
    assert "Lesepaten" in text
    assert "Sprachkurse" not in text


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<x/>")
        bomb.writestr("xl/workbook.xml", "0" * 300_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "plan.csv"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "plan.xlsx"),
        (b"%PDF-1.7\n\0", "plan.pdf"),
        (b"PK\x03\x04 cut off", "plan.xlsx"),
        (b"x" * (5 * 2**20 + 1), "plan.csv"),
        ("titel;federfuehrung\n" + "Lesepaten;51\n" * 5001, "plan.csv"),
        ('titel;federfuehrung\n"Lesepaten;51\n', "plan.csv"),
        ("farbe;form\nrot;rund\n", "plan.csv"),
    ],
    ids=["empty", "picture", "pdf", "cut off", "too large", "too long", "quotes", "columns"],
)
def test_a_file_that_does_not_do_is_told_and_nothing_is_written(
    pages: Served, data: bytes | str, name: str
) -> None:
    here = signed_in(pages.address, "planner")
    seen = _sent(here, data, name)
    assert 400 <= seen.status < 500, seen.text
    assert "Lesepaten" not in here.open("/measures").text
    told = seen.text
    assert any(word in told for word in ("Bitte", "Datei", "Spalte", "kein")), told


def test_a_workbook_that_would_fill_the_memory_is_turned_away(pages: Served) -> None:
    seen = _sent(signed_in(pages.address, "planner"), _bomb(), "plan.xlsx")
    assert seen.status == 422


def test_columns_that_do_not_fit_are_named_each(pages: Served) -> None:
    seen = _sent(signed_in(pages.address, "planner"), "titl;farbe\na;b\n", "plan.csv")
    assert seen.status == 422
    assert seen.faults()[0] == "Datei: Die Spalte titl ist nicht bekannt; meinten Sie titel?"
    assert "Datei noch einmal" in seen.text
    assert seen.filled("Datei prüfen")["kind"] == ["measures"]


def test_without_a_file_or_a_kind_the_page_says_what_is_missing(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    page = here.open("/imports")
    seen = here.send(page, {"kind": "measures"}, button="Datei prüfen", files={"x": ("x", b"")})
    assert (seen.status, seen.faults()) == (422, ["Datei: Bitte wählen Sie eine Datei."])
    seen = _sent(here, PLAN, "plan.csv", kind="papers")
    assert seen.status == 422
    assert "Bitte wählen Sie eine der angebotenen Antworten" in seen.text


def test_far_too_much_is_answered_by_a_page(pages: Served) -> None:
    seen = _sent(signed_in(pages.address, "planner"), b"x" * (20 * 2**20), "plan.csv")
    assert seen.status == 413
    assert "größer als 12 MB" in seen.text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # half a file
def test_an_upload_that_is_cut_off_writes_nothing_and_disturbs_nobody(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    csrf = here.open("/imports").filled("Datei prüfen")["_csrf"][0]
    cookies = "; ".join(f"{each.name}={each.value}" for each in here.client.cookies.jar)
    part = 'Content-Disposition: form-data; name="{}"'
    body = "\r\n".join((
        "--b", part.format("_csrf"), "", csrf, "--b", part.format("kind"), "", "measures",
        "--b", part.format("file") + '; filename="plan.csv"', "", "titel;federfuehrung", "Lesep",
    ))  # fmt: skip
    where = urlsplit(pages.address)
    head = (
        f"POST /imports HTTP/1.1\r\nHost: {where.netloc}\r\nOrigin: {pages.address}\r\n"
        f"Cookie: {cookies}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        f"Accept: text/html\r\nContent-Length: {{}}\r\n\r\n"
    )
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=5) as line:
        line.sendall((head.format(99_999) + body).encode())
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=5) as line:
        line.sendall((head.format(len(body)) + body).encode())
        answer = line.recv(65536).decode()
    assert answer.startswith("HTTP/1.1 4")
    assert "Lesep" not in here.open("/measures").text
    gc.collect()  # the half of a file that came is closed by nobody else
    with pages.store.unit("planner") as unit:
        assert unit.session.execute(sa.text("SELECT count(*) FROM kept_upload")).scalar() == 0


def test_a_file_of_yesterday_is_to_be_sent_again(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    preview = _sent(here, PLAN, "plan.csv")
    sent = preview.filled()
    with pages.store.unit("planner") as unit:
        aged = sa.text("UPDATE kept_upload SET at = :at").bindparams(
            sa.bindparam("at", clock.now() - timedelta(hours=25), type_=Instant)
        )
        unit.session.execute(aged)
    for seen in (here.open(preview.path), here.post(preview.path, sent)):
        assert seen.status == 404
        assert "Senden Sie sie noch einmal." in seen.text
    assert "Lesepaten" not in here.open("/measures").text


def test_nobody_sees_the_file_of_another_one(pages: Served) -> None:
    preview = _sent(signed_in(pages.address, "planner"), PLAN, "plan.csv")
    other = signed_in(pages.address, "youth").open(preview.path)
    assert other.status == 404
    assert "nicht mehr gespeichert" in other.text


def test_a_head_of_department_reads_in_only_what_is_hers(pages: Served) -> None:
    head = signed_in(pages.address, "youth")
    text = head.open("/imports").text
    assert "Maßnahmen" in text
    assert "Befunde" not in text
    assert signed_in(pages.address, "reader").open("/imports").status == 403


def test_a_template_is_a_workbook_that_can_be_read_in(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    data = here.client.get("/imports/templates/measures").content
    seen = _sent(here, data, "measures.xlsx")
    assert seen.title == "Was geschehen würde"
