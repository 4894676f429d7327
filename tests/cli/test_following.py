"""Every deed as it happens, and waiting for one: the lines and codes that programs read."""

import json
import signal
import threading
from pathlib import Path

import pytest

from cycle.reading.changes import changes
from cycle.reading.door import open_reader
from cycle.reading.shapes import plain
from cycle.reading.sight import Sight
from cycle.store.store import Store
from tests.cli.aside import Aside, log
from tests.cli.calls import Cycle


def test_every_deed_is_a_line_and_none_is_left_out(light: Cycle, aside: Aside) -> None:
    first = log(light.url)
    aside(
        (lambda out: first in out, lambda: log(light.url)),
        last=lambda out: out.count("measure.logged") == 2,
    )
    said = light("watch", "--since", "0")
    assert said.code == 130
    told = [json.loads(line) for line in aside.told().splitlines()]
    assert [each["n"] for each in told] == list(range(1, len(told) + 1))
    assert told == _feed(light)


def _feed(light: Cycle) -> list[object]:
    """Give what `GET /v1/changes` gives."""
    reader = open_reader(light.url)
    rows = changes(reader, Sight(frozenset({"admin", "planner"})), after=0, limit=200).rows
    reader.close()
    return [plain(each) for each in rows]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("--type", "measure.*"), {"M-2026-001", "M-2026-002"}),
        (("--type", "measure.logged", "m-2"), {"M-2026-002"}),
        (("--since", "7d", "M-2026-001"), {"M-2026-001"}),
        (("--since", "2026-01-01", "--type", "org_unit.added"), {"51"}),
        (("51", "--since", "1w"), {"51"}),
    ],
)
def test_only_those_deeds_are_told_that_were_asked_for(
    light: Cycle, aside: Aside, words: tuple[str, ...], keys: set[str]
) -> None:
    log(light.url)
    log(light.url)
    since = () if "--since" in words else ("--since", "0")
    wanted = len(keys)
    aside(last=lambda out: out.count("\n") >= wanted)
    assert light("watch", *words, *since).code == 130
    told = [json.loads(line) for line in aside.told().splitlines()]
    assert {each["key"] for each in told} == keys


def test_the_drafts_of_others_are_not_told(light: Cycle, aside: Aside) -> None:
    light.done("account", "add", "leser", "--role", "reader")
    log(light.url)
    light.done("department", "add", "52", "Soziales")
    aside(last=lambda out: '"52"' in out)
    light("watch", "--since", "0", "--actor", "leser")
    assert '"52"' in aside.told()
    assert "M-2026-001" not in aside.told()


def test_days_to_come_begin_with_what_comes(light: Cycle, aside: Aside) -> None:
    light.done("account", "add", "leser", "--role", "reader")
    aside(last=lambda _: threading.Event().wait(0.3) or True)
    assert light("watch", "--since", "2999-01-01").code == 130
    assert aside.told() == ""


def test_a_store_that_was_set_back_is_told(light: Cycle, aside: Aside) -> None:
    path = Path(light.url.removeprefix("sqlite:///"))
    copy = path.read_bytes()
    key = log(light.url)

    def set_back() -> None:
        for each in path.parent.glob(f"{path.name}-*"):
            each.unlink()
        path.with_suffix(".new").write_bytes(copy)
        path.with_suffix(".new").rename(path)

    aside((lambda out: key in out, set_back), last=lambda _: True,
          number=signal.SIGWINCH)  # fmt: skip
    said = light("watch", "--since", "0", "--lang", "en")
    assert said.code == 5
    assert "set back" in said.err


def test_who_is_there_already_need_not_wait(light: Cycle) -> None:
    key = log(light.url)
    said = light("wait", "1", "--for", "state=approved,draft", "--lang", "de")
    assert (said.code, said.out) == (0, f"{key}: Entwurf\n")
    assert light("wait", key, "--for", "state=draft", "--json").json == {
        "key": key, "state": "draft",
    }  # fmt: skip
    assert light("wait", "Z-2026", "--for", "stage=report").code == 0


def test_whoever_waits_in_vain_is_told_so(light: Cycle) -> None:
    key = log(light.url)
    said = light("wait", key, "--for", "state=targeted", "--timeout", "1s", "--json")
    assert (said.code, said.problem["code"]) == (1, "timed_out")
    light.done("measure", "cancel", key, "--code", "no_need", "--reason", "doppelt")
    said = light("wait", key, "--for", "state=approved", "--json")
    assert (said.code, said.problem["code"]) == (1, "never_comes")


def test_what_came_and_went_has_come(light: Cycle) -> None:
    key, over = log(light.url), threading.Event()

    def there_and_back() -> None:
        store = Store.open(light.url)
        while not over.wait(0.2):
            with store.unit("local") as unit:
                unit.note("measure", "x", key, "targeted", {}, move=("draft", "targeted"))
        store.close()

    other = threading.Thread(target=there_and_back)
    other.start()
    said = light("wait", key, "--for", "state=targeted", "--timeout", "1h", "--json")
    over.set()
    other.join()
    assert said.json == {"key": key, "state": "targeted"}
