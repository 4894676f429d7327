"""Every command with every wrong word: the right exit code, nothing half written, no traceback."""

import sqlite3
from collections.abc import Callable, Iterator
from importlib import import_module
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from cli.frame import Arg, Verb
from cli.nouns import NOUNS
from cycle.store.store import Store
from cycle.usecases import papers
from tests import makers
from tests.cli.calls import Cycle

READABLE = {0, 2, 3, 4, 5, 6, 7}
BAD = (
    "", "-1", "1.5", "1e999999", "9" * 5000, "2026-02-30", "31.02.2026", "0000-00-00",
    "9999-12-31", "a\x1b[31mb\u202e", "a\ud800b", "a\x00b", "x" * 100_000, "{0}%s{x}", "1/0",
    "@last",
)  # fmt: skip
FEW = ("", "0000-00-00", "a\x1b[31mb\u202e", "a\ud800b")  # for words every command reads alike
APART = {"demo", "init", "completion", "watch"}  # need a store of their own, or never end
ALIKE = {"TEXT", "CODE", "DEPARTMENT", "GOAL", "MEASURE", "FINDING", "ROUND", "TITLE", "NUMBER"}
GOOD = {
    "DATE": "2026-11-01", "YEAR": "2027", "EUR": "100", "POSTS": "1", "SHARE": "1", "VALUE": "5",
    "TIME": "7d", "N": "1", "DEPARTMENT": "51", "CODE": "51", "ACCOUNT": "planner", "BODY": "SR",
    "MEASURE": "M-2026-001", "GOAL": "G-2026-001", "ROUND": "Z-2026", "REPORT": "B-2026-01",
    "FINDING": "F-2026-001", "DECISION": "D-2026-001", "31:4:2": "31:4:2", "NAME=TEXT": "other=x",
}  # fmt: skip
OF_NOUN = {
    "goal": "GOAL", "finding": "FINDING", "report": "REPORT", "decision": "DECISION",
    "round": "ROUND", "body": "BODY", "department": "CODE", "account": "ACCOUNT",
}  # fmt: skip


def _verbs() -> Iterator[tuple[str, Verb]]:
    for noun in NOUNS.values():
        if noun.word not in APART:
            for verb in import_module(f"cli.{noun.module}").VERBS:
                yield f"{noun.word} {verb.name}".strip(), verb


VERBS = dict(_verbs())
LISTED = sorted({name.split()[0] for name in VERBS if name.endswith(" list")} - {"progress"})


def _takes_value(each: Arg) -> bool:
    return not (each.more.get("action") == "store_true" or "default" in each.more) and (
        isinstance(each.more.get("action", ""), str)
    )


def _good(name: str, each: Arg) -> str:
    """Give a word that could stand there, so that the others are reached."""
    if choices := each.more.get("choices"):
        return str(choices[0])
    if each.dest in {"key", "keys"}:
        return GOOD[OF_NOUN.get(name.split(maxsplit=1)[0], "MEASURE")]
    return GOOD.get(each.more.get("metavar", ""), "Wort")


def _line(name: str, verb: Verb, wrong: Arg, word: str) -> list[str]:
    """Write the command with every word it needs, one of them wrong."""
    flags, places = [], []
    for each in verb.args:
        text = word if each is wrong else _good(name, each)
        if not each.name.startswith("-"):
            places.append(text)
        elif each is wrong or each.more.get("required"):
            flags.append(f"{each.name.split()[0]}={text}")
    return [*name.split(), *flags, "--", *places]


@pytest.fixture
def commits(cycle: Cycle, stored: Store) -> Iterator[Callable[[], int]]:
    """Count what others wrote into the store; a draft is there to be worked on."""
    with stored.unit("planner", day=makers.DAY) as unit:
        makers.a_measure(unit)
    watcher = sqlite3.connect(cycle.url.removeprefix("sqlite:///"))
    yield lambda: int(watcher.execute("PRAGMA data_version").fetchone()[0])
    watcher.close()


@pytest.mark.parametrize("name", VERBS)
def test_a_wrong_word_is_told_and_writes_nothing(
    cycle: Cycle, commits: Callable[[], int], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO()))
    seen = commits()
    for wrong in filter(_takes_value, VERBS[name].args):
        for word in FEW if wrong.more.get("metavar") in ALIKE else BAD:
            line = _line(name, VERBS[name], wrong, word)
            at = line.index("--")
            said = cycle.raw(*line[:at], "--db", cycle.url, *line[at:])
            now = commits()
            assert said.code in READABLE, (line, said.err)
            assert said.code == 0 or now == seen, (line, "half written")
            assert "\x1b" not in said.err + said.out, line
            assert "\u202e" not in said.err + said.out, line
            assert len(said.err) < 10_000, line
            seen = now


@pytest.mark.parametrize(
    "noun", sorted({name.split()[0] for name in VERBS if name.endswith(" list")} - {"progress"})
)
@pytest.mark.parametrize("form", ["table", "plain", "md", "csv"])
def test_every_list_can_be_read_in_every_form(
    cycle: Cycle, stored: Store, noun: str, form: str
) -> None:
    with stored.unit("planner", day=makers.DAY) as unit:
        makers.a_measure(unit, title="2026-02-30")
        makers.a_resolution(unit)
        papers.add(unit, "0000-00-00", "2026-13-01T00:00Z")
    said = cycle(noun, "list", "--format", form)
    assert said.code == 0, said.err


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _path: None, "store_missing"),
        (lambda path: path.mkdir(), "store_unreadable"),
        (lambda path: path.write_bytes(b""), "store_revision"),
        (lambda path: path.write_text("no database at all" * 99), "store_unreadable"),
        (lambda path: _other(path, "CREATE TABLE t (a)"), "store_revision"),
        (lambda path: _other(path, "CREATE TABLE alembic_version (version_num TEXT)",
                             "INSERT INTO alembic_version VALUES ('9999')"), "store_revision"),
    ],
    ids=["missing", "folder", "empty", "text", "foreign", "newer"],
)  # fmt: skip
@pytest.mark.parametrize("words", ["status", "measure list", "measure log Titel", "db check"])
def test_a_store_that_is_none_is_told(
    nowhere: Cycle, tmp_path: Path, make: Callable[[Path], None], code: str, words: str
) -> None:
    path = tmp_path / "x.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    said = nowhere(*words.split(), "--db", f"sqlite:///{path}", "--json")
    assert (said.code, said.problem["code"]) == (7, code)
    assert (path.read_bytes() if path.is_file() else None) == before


def _other(path: Path, *statements: str) -> None:
    opened = sqlite3.connect(path)
    for statement in statements:
        opened.execute(statement)
    opened.commit()
    opened.close()


def test_a_day_beyond_all_planning_is_refused_where_it_is_given(
    cycle: Cycle, commits: Callable[[], int]
) -> None:
    seen = commits()
    said = cycle("measure", "edit", "M-2026-001", "--planned-end", "31.12.9999", "--json")
    assert (said.code, said.problem["errors"][0]["code"]) == (2, "too_far")
    assert commits() == seen
    area = ("area", "add", "06", "Süd", "--valid-to", "31.12.9999")
    assert cycle(*area).code == 0
