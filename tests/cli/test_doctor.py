"""What the doctor finds, one fault at a time, and the command that mends it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from cycle.errors import KreislaufError
from cycle.reading.door import file_of
from cycle.store.store import Store
from cycle.usecases import tokens, webhooks
from tests import makers
from tests.cli.calls import Cycle
from tests.conftest import FreshUrl, settle_saalestadt

CHECKS = {
    "configuration", "parts", "store", "revision", "clock", "outbox", "accounts", "tokens",
    "integrity", "counts", "journal", "permissions", "disk",
}  # fmt: skip
LONG = {"integrity", "counts", "journal"}


def _found(cycle: Cycle, *words: str) -> dict[str, dict[str, str]]:
    said = cycle("doctor", "--json", *words)
    assert said.code == int(any(each["result"] == "fault" for each in said.json)), said.err
    return {each["check"]: each for each in said.json}


def _change(cycle: Cycle, *statements: str) -> None:
    with closing(sqlite3.connect(file_of(cycle.url))) as opened:
        for each in statements:
            opened.execute(each)
        opened.commit()


def _private(cycle: Cycle) -> None:
    for path in Path(file_of(cycle.url)).parent.glob("store-*"):
        path.chmod(0o600)


def test_a_sound_store_has_no_faults(cycle: Cycle) -> None:
    _private(cycle)
    found = _found(cycle)
    assert set(found) == CHECKS
    assert {name for name, each in found.items() if each["result"] != "ok"} <= {"accounts", "disk"}


def test_the_quick_way_leaves_out_what_takes_long(cycle: Cycle) -> None:
    assert set(_found(cycle, "--quick")) == CHECKS - LONG


def test_a_store_on_a_server_is_looked_at_too(cycle: Cycle, fresh_url: FreshUrl) -> None:
    cycle.url = fresh_url("postgresql", settle_saalestadt)
    assert set(_found(cycle)) == CHECKS - {"permissions", "disk"}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_line_tells_its_result_in_words(cycle: Cycle, lang: str) -> None:
    said = cycle("doctor", "--lang", lang)
    fine = "in Ordnung" if lang == "de" else "fine"
    starts = [line for line in said.out.splitlines() if line[:1] in "✓!✗"]
    assert len(starts) >= len(CHECKS)
    if lang == "en":
        assert any(fine in line for line in starts)
    assert all(len(line) <= 80 or "/" in line for line in said.out.splitlines())


def test_signs_are_ascii_where_that_was_asked_for(cycle: Cycle) -> None:
    assert cycle("doctor", "--ascii").out.isascii()


def test_the_end_is_told_to_a_person(cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    _private(cycle)
    cycle.done("account", "disable", "local", "--actor", "admin")
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=2**40))
    assert cycle("doctor", "--lang", "en").err == "All is well.\n"
    Path(file_of(cycle.url)).chmod(0o644)
    assert cycle("doctor", "--lang", "en").err == "Faults: 0, notes: 1.\n"


def test_a_store_that_is_not_there_is_a_line(nowhere: Cycle) -> None:
    said = nowhere("doctor", "--lang", "en")
    assert said.code == 1
    assert "✗ fault  store" in said.out
    assert "cycle init" in said.out


def test_a_newer_store_is_a_line(cycle: Cycle) -> None:
    _change(cycle, "UPDATE alembic_version SET version_num = '9999'")
    assert _found(cycle)["revision"]["result"] == "fault"


def test_a_changed_journal_and_lost_counts_are_faults(cycle: Cycle) -> None:
    _change(
        cycle,
        "UPDATE event SET key = 'M-0' WHERE n = 1",
        "UPDATE event SET account_id = 'nobody' WHERE n = 2",
        "DELETE FROM tally", "UPDATE org_unit SET name = 'x'",
    )  # fmt: skip
    found = _found(cycle)
    assert {name for name in LONG if found[name]["result"] == "fault"} == LONG
    assert "cycle db restore" in found["integrity"]["fix"]


def test_a_deed_of_tomorrow_is_a_fault_and_one_of_before_a_note(cycle: Cycle) -> None:
    _change(cycle, "UPDATE event SET at = '2001-01-01T00:00:00.000000Z' WHERE n = 2")
    assert _found(cycle)["clock"]["result"] == "note"
    _change(cycle, "UPDATE event SET at = '2999-01-01T00:00:00.000000Z' WHERE n = 2")
    assert _found(cycle)["clock"]["result"] == "fault"


@pytest.mark.parametrize(("mode", "result"), [(0o600, "ok"), (0o644, "note"), (0o666, "fault")])
def test_rights_of_others_are_told(cycle: Cycle, mode: int, result: str) -> None:
    _private(cycle)
    Path(file_of(cycle.url)).chmod(mode)
    found = _found(cycle)["permissions"]
    assert found["result"] == result
    assert found["fix"].startswith("chmod") is (result != "ok")


@pytest.mark.parametrize(("free", "result"), [(2**40, "ok"), (100 * 2**20, "note"), (99, "fault")])
def test_room_on_the_disk_is_told(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch, free: int, result: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    assert _found(cycle)["disk"]["result"] == result


def test_a_folder_that_is_closed_is_a_line(cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_path: object) -> None:
        raise PermissionError(13, "closed")

    monkeypatch.setattr("shutil.disk_usage", closed)
    assert cycle("doctor", "--lang", "en").code == 1


def test_a_slip_in_the_settings_is_a_line_and_names_what_was_meant(
    cycle: Cycle, tmp_path: Path
) -> None:
    here = tmp_path / "here" / "kreislauf.toml"
    here.write_text('actr = "planner"\n[api]\ncals = 5\n[webhooks]\nhttp = "no"\n')
    said = cycle("doctor", "--json")
    told = [each["says"] for each in said.json if each["check"] == "configuration"]
    assert (said.code, len(told)) == (1, 3)
    assert "actor?" in told[0]
    assert "calls?" in told[1]
    here.write_text("[api]\ncalls = 5\n")
    assert str(here) in _found(cycle)["configuration"]["says"]


def test_a_sign_in_without_its_part_is_a_fault(
    cycle: Cycle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here" / "kreislauf.toml").write_text('[oidc]\nissuer = "https://x.example"\n')
    monkeypatch.setattr("cli.checkup.find_spec", lambda _: None)
    said = cycle("doctor", "--json")
    assert [each["result"] for each in said.json if each["check"] == "parts"] == ["fault", "ok"]


def test_what_the_store_refuses_in_between_is_a_line(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    _change(cycle, "DROP TABLE token_use")
    monkeypatch.setattr(
        "cycle.reading.tokens.listed", lambda *_, **__: (_ for _ in ()).throw(KreislaufError("no"))
    )
    assert "no" in [each["says"] for each in cycle("doctor", "--quick", "--json").json]


def test_tokens_that_open_nothing_or_were_never_shown_are_notes(
    cycle: Cycle, stored: Store
) -> None:
    with stored.unit("admin", day=makers.DAY) as unit:
        tokens.create(unit, name="old", account="planner", expires=9)
        tokens.create(unit, name="new", account="planner")
    _change(cycle, "UPDATE token SET expires_at = '2001-01-01T00:00:00.000000Z' WHERE name = 'old'")
    said = cycle("doctor", "--json").json
    told = [each["says"] for each in said if each["check"] == "tokens"]
    assert [("old" in told[0]), ("new" in told[1])] == [True, True]


def test_deliveries_that_were_given_up_or_are_late_are_notes(cycle: Cycle, stored: Store) -> None:
    with stored.unit("admin", day=makers.DAY) as unit:
        webhooks.add(unit, name="x", url="https://x.example/in", account="planner")
    with stored.unit("planner", day=makers.DAY) as unit:
        makers.a_measure(unit)
    _change(
        cycle,
        "UPDATE outbox SET at = '2001-01-01T00:00:00.000000Z'",
        "INSERT INTO delivery (municipality_id, webhook_id, n, subject, type, state, attempts,"
        " next_at) SELECT municipality_id, id, 1, 'M-1', 'measure.logged', 'dead', 3,"
        " '2001-01-01T00:00:00.000000Z' FROM webhook",
    )
    said = cycle("doctor", "--json").json
    assert [each["result"] for each in said if each["check"] == "outbox"] == ["note", "note"]


def test_settings_tell_where_they_come_from_and_hide_what_is_secret(
    nowhere: Cycle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here" / "kreislauf.toml"
    here.write_text(
        'secret = "geheim"\n[api]\ncalls = 7\n[oidc]\nclient_secret = "geheim"\n'
        'roles = {token = "geheim"}\n[webhooks]\nallow = ["https://a:geheim@x.example"]\n'
    )
    monkeypatch.setenv("CYCLE_DB", "postgresql://me:geheim@db.example/x?password=geheim")
    said = nowhere("config", "show", "--json", "--actor", "planner")
    found = {each["setting"]: each for each in said.json}
    assert "geheim" not in said.out + said.err
    assert found["db"] == {
        "setting": "db", "origin": "CYCLE_DB",
        "value": "postgresql://me:…@db.example/x?password=…",
    }  # fmt: skip
    assert found["actor"]["origin"] == "--actor"
    assert (found["api.calls"]["value"], found["api.calls"]["origin"]) == (7, str(here))
    assert found["api.threads"]["origin"] == "default"
    assert found["secret"]["value"] == "…"
    assert said.code == 2  # client_secret is no setting


def test_settings_that_can_be_used_are_no_fault(nowhere: Cycle) -> None:
    said = nowhere("config", "show")
    assert (said.code, said.err) == (0, "")
    assert "webhooks.keep_days" in said.out


def test_copies_are_made_and_read_back(cycle: Cycle, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.db")
    assert cycle("db", "backup", copy, "--json").json["path"] == copy
    assert cycle("db", "backup", copy).code == 5
    assert cycle("db", "restore", copy).code == 5
    said = cycle("db", "restore", copy, "--replace")
    assert said.code == 0
    assert ".bak" in said.err
    assert cycle("db", "check").code == 0
    with closing(sqlite3.connect(copy)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '0001'")
        opened.commit()
    said = cycle("db", "restore", copy, "--replace")
    assert "cycle db upgrade" in said.err
    assert cycle("status").code == 7


def test_a_demo_can_be_restored(nowhere: Cycle, cycle: Cycle, tmp_path: Path) -> None:
    cycle.done("db", "backup", str(tmp_path / "copy.db"))
    assert nowhere("--demo", "db", "restore", str(tmp_path / "copy.db")).code == 0
    assert "(" in nowhere("doctor", "--demo").out
    assert os.environ["XDG_DATA_HOME"] in nowhere("config", "show", "--json").out
