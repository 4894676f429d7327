"""One planner's day by the terminal alone, and the half-year after it."""

import csv
import io
from pathlib import Path

import pytest

from cycle import demo
from tests.conftest import STORES, FreshUrl
from tests.exchange.books import answered
from tests.stories.planner import Planner

TITLE = "Eltern-Kind-Treff im Bürgerpark"
FREEZE = ("measure", "suspend", "--department", "51", "--mandate", "voluntary", "--code",
          "budget_freeze")  # fmt: skip
HALF = ("progress", "table", "--half", "2026-2")
ANSWERS = {
    "M-2025-007": ("verzögert", "30.04.2027", "Die Segel sind nicht lieferbar", "", 0.7),
    "M-2025-008": ("unverändert", "", "", "", ""),
    "M-2025-011": ("fertig", "", "", "Die Küche kocht", 1),
    "M-2026-030": ("planmäßig", "", "", "Zwanzig Familien kommen", 0.1),
}


@pytest.fixture(params=STORES)
def url(
    request: pytest.FixtureRequest, fresh_url: FreshUrl, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Sit down before the demo city, at a screen of eighty columns that speaks German."""
    monkeypatch.setenv("CYCLE_LANG", "de")
    monkeypatch.setenv("COLUMNS", "80")
    return fresh_url(request.param, demo.build)


def test_a_planners_day_from_the_first_look_to_the_half_yearly_table(url: str) -> None:
    planner, finance = Planner(url, "", actor="planner"), Planner(url, "", actor="finance")
    clerk = Planner(url, "", actor="committee_clerk")
    what_slipped(planner)
    key = logged_and_mended(planner, finance)
    decided_and_begun(planner, clerk, key)
    frozen_and_thawed(finance, key)
    told_by_the_journal(planner, key)
    books = asked(planner)
    taken_back_in(planner, books)
    the_half_year(planner, key)
    planner.types("db", "check", free=True)


def what_slipped(planner: Planner) -> None:
    """Look in the morning where all stands, and who owes what since when."""
    status = planner.types("status").splitlines()
    assert status[0] == "Saalestadt · 22.11.2026"
    assert "Überfällig: 27 (`cycle overdue`)" in status
    assert "Was als Nächstes zu tun ist" in status
    late = planner.types("overdue", "--department", "53")
    assert "O9   M-2025-007  Schatten für die Höfe von Kitas und Grundschulen" in late
    assert "seit 53 Tagen" in late


def logged_and_mended(planner: Planner, finance: Planner) -> str:
    """Log a measure, hear why it cannot go to the committee, and mend all of it."""
    key = planner.types(
        "measure", "log", TITLE, "--lead", "51", "--goal", "G-2024-009", "--finding", "F-2024-003",
        "--area", "06", "--field", "JUG", "--mandate", "voluntary",
        "--planned-start", "2026-12-01", "--planned-end", "2027-11-30",
    )  # fmt: skip
    assert key == "M-2026-030"
    planner.types("measure", "target", key)
    why = planner.types("measure", "can", key, "propose")
    for command in (
        f"cycle consequence set {key} built --text TEXT",
        f"cycle consequence countersign {key}",
        f"cycle evaluation plan {key} --due DATUM --question FRAGE",
    ):
        assert f"\n          {command}\n" in f"{why}\n"
    assert planner.is_refused("measure", "propose", key) == [
        "consequence_open", "financial_not_countersigned", "evaluation_not_planned",
    ]  # fmt: skip
    for kind in ("built", "organisational"):
        planner.types("consequence", "set", key, kind, "--none", "--text", "Die Räume stehen")
    planner.types("consequence", "set", key, "staffing", "--text", "eine halbe Stelle",
                  "--fte", "0,5", "--grade", "S11b")  # fmt: skip
    planner.types("consequence", "set", key, "financial", "--text", "32.000 € im Jahr",
                  "--annual", "32000", "--from-year", "2027", "--cover", "budgeted")  # fmt: skip
    finance.types("consequence", "countersign", key)
    planner.types("evaluation", "plan", key, "--due", "2028-03-31", "--question", "Wer kommt?")
    assert "✓ In die Gremien geben" in planner.types("measure", "can", key, "propose")
    return key


def decided_and_begun(planner: Planner, clerk: Planner, key: str) -> None:
    """Propose it, record what the committee decided, begin and report."""
    planner.types("measure", "propose", key)
    clerk.types("measure", "approve", key, "--body", "JHA", "--paper", "0310/2026",
                "--on", "2026-11-19", "--votes", "12:0:1")  # fmt: skip
    assert planner.is_refused("measure", "start", key) == ["milestone_missing"]
    planner.types("milestone", "add", key, "Leitung eingestellt", "--due", "2027-02-01")
    planner.types("measure", "start", key)
    assert planner.said[-1] == f"{key} ist jetzt: in Umsetzung.\n"
    planner.types("progress", "report", key, "--course", "delayed", "--text", "vertippt")
    planner.types("undo", "--yes")
    assert planner.said[-1] == "Zurückgenommen; das Journal behält beides:\n"
    assert planner.asks("progress", "list", key) == []
    planner.types("progress", "report", key, "--course", "on_track", "--percent", "5")


def frozen_and_thawed(finance: Planner, key: str) -> None:
    """Freeze the budget of a department after one confirmation; hear what stays, undo it."""
    finance.types(*FREEZE, expect=2)
    assert finance.said[-1].startswith("2 Maßnahmen wären betroffen; es ist niemand da")
    assert finance.asks("measure", "show", key)["state"] == "in_progress"
    dry = finance.types(*FREEZE, "--dry-run")
    assert [line.split()[0] for line in dry.splitlines()[-2:]] == ["M-2026-003", key]
    finance.types(*FREEZE, "--yes")
    assert finance.said[-1] == "2 Maßnahmen sind jetzt: ausgesetzt.\n"
    stays = finance.types(*FREEZE[:2], key, "M-2026-003", *FREEZE[-2:], "--yes", expect=6)
    assert finance.said[-1].startswith("2 Maßnahmen bleiben, wo sie sind:\n")
    assert f"cycle measure can {key}" in " ".join(stays.split())
    finance.types("undo", "--yes")
    assert finance.asks("measure", "show", key)["state"] == "in_progress"


def told_by_the_journal(planner: Planner, key: str) -> None:
    """See all of it in the journal: nothing is erased, the chain is whole."""
    told = " ".join(planner.types("journal", key).split())
    at = 0
    for words in (
        "Sozialplanung: M-2026-030 angelegt", "Entwurf → Ziel zugeordnet",
        "Kämmerei 20: M-2026-030 Auswirkung mitgezeichnet", "Ziel zugeordnet → in Beratung",
        "Sitzungsdienst: M-2026-030 in Beratung → beschlossen", "beschlossen → in Umsetzung",
        "Sachstand gemeldet: verzögert", "zurückgenommen", "Sachstand gemeldet: läuft planmäßig",
        "in Umsetzung → ausgesetzt", "zurückgenommen: ausgesetzt → in Umsetzung",
    ):  # fmt: skip
        assert words in told[at:], told[at:]
        at = told.index(words, at)
    planner.types("journal", "--verify", free=True)


def asked(planner: Planner) -> list[Path]:
    """Ask every department for its Sachstand; each gets a workbook."""
    shown = planner.types("progress", "ask", "--due", "2026-12-11", "--xlsx", "tabellen")
    books = sorted(Path("tabellen").iterdir())
    assert len(books) == 9
    assert all(f" {book}\n" in f"{shown}\n" for book in books)  # to be copied
    return books


def taken_back_in(planner: Planner, books: list[Path]) -> None:
    """Take back what four departments have filled in; the others have not answered."""
    for book in books:
        book.write_bytes(answered(book.read_bytes(), ANSWERS))
    came = []
    for book in books:
        came.append(planner.types("import", "progress", str(book)))
        written = "gespeichert" if "1 neu" in came[-1] else "nichts Neues"
        assert written in planner.said[-1], planner.said[-1]
    assert came[0] == "Sachstand: 1 neu, 0 geändert, 4 unverändert, 0 ausgelassen."
    assert sum("1 neu" in said for said in came) == len(ANSWERS)
    answers = {each["department"]: each["answered"] for each in planner.asks("progress", "asked")}
    assert {code for code, count in answers.items() if count} == {"50", "51", "53", "WVA"}
    planner.types("measure", "finish", "M-2025-011", "--on", "2026-11-20")


def the_half_year(planner: Planner, key: str) -> None:
    """Show the half-yearly table for the committees: new, changed, unchanged, settled."""
    kinds = {"neu": key, "geändert": "M-2025-007", "unverändert": "M-2025-008",
             "erledigt": "M-2025-011"}  # fmt: skip
    text = planner.types(*HALF)
    assert max(map(len, text.splitlines())) <= 80
    parts = {part.split(" (")[0]: part for part in text.split("\n\n")[1:]}
    assert list(parts) == list(kinds)
    for kind, measure in kinds.items():
        assert f"\n{measure}  " in parts[kind], kind
    assert "→ 30.04.2027" in parts["geändert"]
    assert "unverändert seit 01.12.2025" in " ".join(parts["unverändert"].split())

    sheet = planner.types(*HALF, "--format", "csv").removeprefix("\ufeff")
    rows = {row["Schlüssel"]: row for row in csv.DictReader(io.StringIO(sheet), delimiter=";")}
    assert {kind: rows[m]["Änderung"] for kind, m in kinds.items()} == {k: k for k in kinds}
    assert rows[key]["Text"] == "Zwanzig Familien kommen"
    assert (rows[key]["Vorlage"], rows[key]["Gremium"]) == ("0310/2026", "JHA")
    late = rows["M-2025-007"]
    assert (late["Verlauf"], late["Erwartetes Ende"]) == ("verzögert", "30.04.2027")
    assert late["Begründung"] == "Die Segel sind nicht lieferbar"
    assert rows["M-2025-008"]["Unverändert seit"] == "01.12.2025"
    assert (rows["M-2025-011"]["Stand"], rows["M-2025-011"]["Prozent"]) == ("umgesetzt", "100")

    lines = planner.types(*HALF, "--format", "md").splitlines()
    assert lines[1].startswith("| --- |")
    for kind, measure in kinds.items():
        assert any(line.startswith(f"| {kind} | {measure} | ") for line in lines), kind
