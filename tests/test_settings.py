import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from cycle import settings
from cycle.errors import Invalid
from cycle.i18n import Tongue


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    path = tmp_path / "xdg_config_home" / "kreislauf" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def _refusal(flags: dict[str, str | None] | None = None) -> Invalid:
    with pytest.raises(Invalid) as caught:
        settings.read(flags)
    return caught.value


def test_an_empty_machine_has_a_store_of_its_own_and_one_for_the_demo(tmp_path: Path) -> None:
    read = settings.read()
    assert read.db == f"sqlite:///{tmp_path}/xdg_data_home/kreislauf/kreislauf.db"
    assert read.demo_db == f"sqlite:///{tmp_path}/xdg_data_home/kreislauf/saalestadt.db"
    assert (read.actor, read.lang, read.today, read.secret) == ("local", "en", None, None)
    assert set(read.origins.values()) == {"default"}
    assert not read.names_store


def test_a_named_store_takes_the_demo_too() -> None:
    read = settings.read({"db": "postgresql://town@host/db"})
    assert read.db == read.demo_db == "postgresql://town@host/db"
    assert read.names_store


def test_each_place_gives_way_to_the_weightier_one(
    own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path.cwd() / "kreislauf.toml"
    own_file.write_text('actor = "own"')
    assert settings.read().origins["actor"] == str(own_file)
    here.write_text('actor = "here"')
    assert settings.read().actor == "here"
    assert settings.read().origins["actor"] == str(here)
    monkeypatch.setenv("CYCLE_ACTOR", "variable")
    assert settings.read().actor == "variable"
    assert settings.read().origins["actor"] == "CYCLE_ACTOR"
    read = settings.read({"actor": "flag", "lang": None})
    assert (read.actor, read.origins["actor"]) == ("flag", "--actor")


def test_files_complete_each_other(own_file: Path) -> None:
    own_file.write_text('actor = "own"\nsecret = "quiet"')
    Path("kreislauf.toml").write_text("today = 2026-11-22")
    read = settings.read()
    assert (read.actor, read.secret, read.today) == ("own", "quiet", date(2026, 11, 22))


def test_a_named_file_is_read_instead_of_the_two(
    own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_file.write_text('actor = "own"')
    Path("kreislauf.toml").write_text('actor = "here"')
    Path("third.toml").write_text('lang = "de"')
    monkeypatch.setenv("CYCLE_CONFIG", "third.toml")
    assert (settings.read().actor, settings.read().lang) == ("local", "de")
    Path("fourth.toml").write_text('actor = "fourth"')
    assert settings.read({"config": "fourth.toml"}).actor == "fourth"


def test_a_table_that_is_none_is_told_and_the_rest_can_be_used(own_file: Path) -> None:
    own_file.write_text('api = 5\nactor = "own"\n')
    with pytest.raises(Invalid):
        settings.read()
    read, faults = settings.looked()
    assert (read.actor, [fault.code for fault in faults]) == ("own", ["not_a_table"])


def test_a_relative_store_lies_beside_the_file_that_names_it(own_file: Path) -> None:
    own_file.write_text('db = "sqlite:///town.db"')
    assert settings.read().db == f"sqlite:///{own_file.parent}/town.db"
    own_file.write_text('db = "sqlite:////srv/town.db"')
    assert settings.read().db == "sqlite:////srv/town.db"


def test_a_relative_store_of_a_flag_stays_as_it_was_given() -> None:
    assert settings.read({"db": "sqlite:///town.db"}).db == "sqlite:///town.db"


@pytest.mark.parametrize(
    ("variables", "lang"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "de_AT"}, "de"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "CYCLE_LANG": "en"}, "en"),
    ],
)
def test_the_language_is_that_of_the_machine_unless_one_is_chosen(
    variables: dict[str, str], lang: str
) -> None:
    assert settings.read(environ=variables).lang == lang


def test_an_empty_variable_counts_as_none() -> None:
    assert settings.read(environ={"CYCLE_DB": "", "CYCLE_TODAY": ""}).today is None


def test_it_ignores_a_relative_folder_for_data_as_the_standard_asks() -> None:
    read = settings.read(environ={"XDG_DATA_HOME": "data", "HOME": "/home/ada"})
    assert "/.local/share/kreislauf/kreislauf.db" in read.db


def test_it_names_file_and_key_of_every_fault(own_file: Path) -> None:
    own_file.write_text(
        'databse = "x"\nlang = "fr"\ntoday = "tomorrow"\nactor = 5\ndb = "mysql://x"\nsecret = ""'
    )
    refusal = _refusal()
    assert [(fault.pointer, fault.code) for fault in refusal.faults] == [
        (f"{own_file}: databse", "unknown_key"),
        (f"{own_file}: db", "unknown_store"),
        (f"{own_file}: actor", "not_text"),
        (f"{own_file}: lang", "unknown_language"),
        (f"{own_file}: today", "not_a_day"),
        (f"{own_file}: secret", "not_text"),
    ]
    assert str(own_file) in str(refusal)
    says = [Tongue("en").say(fault.says, **fault.values) for fault in refusal.faults]
    known = "db, actor, lang, today, secret, api, oidc, webhooks"
    assert says[0] == f"databse is no setting; there are {known}."
    assert says[4] == "tomorrow is no day like 2026-11-22."


@pytest.mark.parametrize("url", ["sqlite:///", "postgresql://", "/srv/town.db", "sqlite:/x.db"])
def test_it_refuses_what_is_no_store_and_does_not_repeat_it(url: str) -> None:
    refusal = _refusal({"db": url})
    assert [fault.pointer for fault in refusal.faults] == ["--db"]
    assert refusal.faults[0].values["value"] == "…"


def test_it_refuses_a_moment_where_a_day_is_asked() -> None:
    Path("kreislauf.toml").write_text("today = 2026-11-22T12:00:00")
    assert _refusal().faults[0].code == "not_text"


def test_a_file_that_was_named_must_be_there() -> None:
    refusal = _refusal({"config": "gone.toml"})
    assert [(fault.pointer, fault.code) for fault in refusal.faults] == [("gone.toml", "no_file")]


@pytest.mark.parametrize("content", [b"db =", b"\xff\xfe", b"actor = 'a'\nactor = 'b'"])
def test_it_says_which_file_is_no_toml(content: bytes) -> None:
    Path("kreislauf.toml").write_bytes(content)
    refusal = _refusal()
    assert refusal.faults[0].pointer == str(Path.cwd() / "kreislauf.toml")
    assert refusal.faults[0].code == "unreadable"


def test_a_secret_is_not_shown_with_the_rest() -> None:
    assert "quiet" not in repr(settings.read({"secret": "quiet"}))


def test_reading_settings_loads_nothing_heavy() -> None:
    code = "import sys, cycle.settings; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"argparse", "pathlib", "rich", "sqlalchemy", "tomllib", "zoneinfo"}
    assert not heavy & set(run.stdout.split())
