import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from tests.cli.calls import Cycle
from tests.delivery.receiver import Receiver, answer, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def hooked(cycle: Cycle, receiver: Receiver) -> str:
    """Allow this machine, add a webhook, and give its secret."""
    Path("kreislauf.toml").write_text('[webhooks]\nallow = ["127.0.0.1"]\nhttp = true\n')
    said = cycle("webhook", "add", "feed", "--url", receiver.url, "--account", "planner",
                 "--type", "measure.*")  # fmt: skip
    assert said.code == 0, said.err
    assert "once" in said.err or "einmal" in said.err
    return said.out.strip()


def test_it_prints_the_secret_alone_and_once(cycle: Cycle, hooked: str) -> None:
    assert hooked.startswith("whsec_")
    for words in (("list",), ("show", "feed"), ("deliveries", "feed")):
        for form in ((), ("--json",)):
            assert hooked not in cycle.done("webhook", *words, *form)
    assert hooked not in cycle.done("journal", "--json")


def test_it_lists_and_shows_what_is_there(cycle: Cycle, hooked: str) -> None:
    (row,) = cycle("webhook", "list", "--json").json
    assert (row["name"], row["types"], row["account"]) == ("feed", ["measure.*"], "planner")
    assert cycle("webhook", "show", "feed", "--json").json == row
    assert "feed" in cycle.done("webhook", "list", "--lang", "de")
    assert "measure.*" in cycle.done("webhook", "show", "feed", "--lang", "de")


def test_it_is_for_the_administration(cycle: Cycle, hooked: str) -> None:
    for words in (
        ("list",), ("show", "feed"), ("deliveries", "feed"), ("test", "feed"), ("disable", "feed"),
    ):  # fmt: skip
        assert cycle("webhook", *words, "--actor", "planner").code == 4


def test_a_sample_tells_what_came_back(cycle: Cycle, hooked: str, receiver: Receiver) -> None:
    said = cycle("webhook", "test", "feed", "--json")
    assert said.code == 0
    assert said.json == {"name": "feed", "status": 200, "taken": True, "error": None}
    one = receiver.received[-1]
    assert Webhook(hooked).verify(one.body, one.headers)["type"] == "webhook.test"
    receiver.script = [answer(404)]
    said = cycle("webhook", "test", "feed", "--lang", "en")
    assert said.code == 1
    assert "404" in said.err


def test_a_receiver_inside_is_not_reached_unless_it_is_allowed(
    cycle: Cycle, hooked: str, receiver: Receiver
) -> None:
    Path("kreislauf.toml").write_text("[webhooks]\nhttp = true\n")
    said = cycle("webhook", "test", "feed", "--lang", "en")
    assert said.code == 1
    assert "no answer" in said.err
    assert receiver.received == []


def test_settings_that_cannot_be_used_are_named(cycle: Cycle) -> None:
    Path("kreislauf.toml").write_text('[webhooks]\nallow = "10.0.0.0/8"\n')
    said = cycle("webhook", "add", "feed", "--url", "https://x.example")
    assert said.code == 2
    assert "webhooks.allow" in said.err


def test_http_is_refused_where_it_is_not_allowed(cycle: Cycle) -> None:
    said = cycle("webhook", "add", "feed", "--url", "http://x.example", "--lang", "en")
    assert said.code == 2
    assert "https" in said.err


def test_it_is_changed_disabled_and_enabled(cycle: Cycle, hooked: str) -> None:
    cycle.done("webhook", "edit", "feed", "--type", "goal.*", "--account", "reader")
    shown = cycle("webhook", "show", "feed", "--json").json
    assert (shown["types"], shown["account"]) == (["goal.*"], "reader")
    cycle.done("webhook", "disable", "feed")
    assert cycle("webhook", "show", "feed", "--json").json["disabled_reason"] == "asked"
    version = cycle("webhook", "show", "feed", "--json").json["version"]
    assert cycle("webhook", "enable", "feed", "--expect-version", str(version - 1)).code == 5
    cycle.done("webhook", "enable", "feed", "--expect-version", str(version))
    assert cycle("webhook", "show", "feed", "--json").json["disabled_at"] is None


def test_a_new_secret_is_printed_once(cycle: Cycle, hooked: str) -> None:
    said = cycle("webhook", "rotate", "feed", "--keep-hours", "2", "--json")
    assert said.json["name"] == "feed"
    assert said.json["secret"] != hooked
    assert cycle("webhook", "rotate", "feed", "--keep-hours", "-1").code == 2


def test_what_was_given_up_is_seen_and_sent_again(cycle: Cycle, hooked: str) -> None:
    assert json.loads(cycle("webhook", "replay", "feed", "--json").out) == {
        "key": "feed", "count": 0,
    }  # fmt: skip
    assert cycle("webhook", "replay", "feed").out == ""
    assert cycle("webhook", "replay", "feed", "4").code == 3
    assert cycle("webhook", "replay", "nichts").code == 3
    assert cycle("webhook", "deliveries", "feed", "--state", "dead", "--json").json == []
    assert cycle("webhook", "deliveries", "feed", "--state", "weg").code == 2
