from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.model.webhooks import Webhook, WebhookSecret, WebhookType
from cycle.reading import webhooks as seen
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import accounts, lookup, webhooks

URL = "https://empfang.example/haken"


def _add(unit: Unit, name: str = "feed", **more: Any) -> tuple[Webhook, str]:  # noqa: ANN401 - as `webhooks.add`
    return webhooks.add(unit, name, **{"url": URL, "account": "planner"} | more)


def _types(unit: Unit, record: Webhook) -> list[str]:
    return [each.type for each in lookup.every(unit, WebhookType, webhook_id=record.id)]


def test_it_begins_at_the_head_of_the_journal_with_a_secret_of_32_bytes(town: Store) -> None:
    with town.unit("admin") as unit:
        record, secret = _add(unit, types=["measure.*", "cycle.closed", "measure.*"])
        head = unit.reading().value("SELECT MAX(n) FROM event WHERE municipality_id = :m")
        assert record.after == head
        assert _types(unit, record) == ["cycle.closed", "measure.*"]
    assert secret.startswith("whsec_")
    assert len(b64decode(secret.removeprefix("whsec_"))) == 32


def test_it_sees_with_the_eyes_of_who_adds_it_where_no_account_is_named(town: Store) -> None:
    with town.unit("admin") as unit:
        _add(unit, account=None)
        assert seen.show(unit.reading(), "feed")["account"] == "admin"


def test_the_journal_tells_the_host_and_neither_path_nor_secret(town: Store) -> None:
    with town.unit("admin") as unit:
        _, secret = _add(unit, url=f"{URL}?k=geheim", types=["measure.*"])
        told = unit.told[-1]
        assert (told["entity"], told["action"], told["key"], told["role"]) == (
            "webhook", "added", "feed", "admin",
        )  # fmt: skip
        assert told["payload"] == {
            "host": "empfang.example", "account": "planner", "types": ["measure.*"],
        }  # fmt: skip
        assert secret not in str(unit.told)


@pytest.mark.parametrize(
    "url",
    [
        "", "http://empfang.example", "ftp://empfang.example", "empfang.example", "https://",
        "https:///pfad", "https://a:b@empfang.example", "https://@empfang.example",
        "https://empfang.example:0", "https://empfang.example:99999", "https://empfang.example:x",
        "https://empfang.example/#teil", "https://empf ang.example", "https://empfang.example/a b",
        "https://empfang.example/\\evil", "https://empfäng.example", "https://[::1",
        "https://empfang.example/\u202e", "https://%31",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(town: Store, url: str) -> None:
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        _add(unit, url=url)
    assert [each.pointer for each in caught.value.faults] == ["url"]


def test_http_goes_where_the_town_allows_it(town: Store) -> None:
    with town.unit("admin") as unit:
        record, _ = _add(unit, url=" http://empfang.intern:8080/x ", http=True)
        assert record.url == "http://empfang.intern:8080/x"
        assert _add(unit, "v6", url="https://[2606:4700::1]:8443/")[0].name == "v6"


def test_every_fault_is_named_at_once(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        _add(unit, " ", url="x", types=["measure.loged", "mesure.*", "*", "measure", "goal.added"])
    assert [each.pointer for each in caught.value.faults] == ["name", "url", *["types"] * 4]


def test_a_name_is_given_once_and_an_account_must_be_there(town: Store) -> None:
    with town.unit("admin") as unit:
        _add(unit)
    with pytest.raises(Conflict), town.unit("admin") as unit:
        _add(unit)
    with pytest.raises(NotFound), town.unit("admin") as unit:
        _add(unit, "zwei", account="niemand")
    with town.unit("admin") as unit:
        accounts.disable(unit, "reader")
    with pytest.raises(Forbidden), town.unit("admin") as unit:
        _add(unit, "zwei", account="reader")


@pytest.mark.parametrize("name", ["planner", "youth", "reader", "steering"])
def test_only_the_administration_sees_to_webhooks(town: Store, name: str) -> None:
    with town.unit("admin") as unit:
        _add(unit)
    for deed in (
        _add,
        lambda unit: webhooks.edit(unit, "feed", url=URL),
        lambda unit: webhooks.rotate(unit, "feed"),
        lambda unit: webhooks.disable(unit, "feed"),
        lambda unit: webhooks.enable(unit, "feed"),
        lambda unit: webhooks.replay(unit, "feed"),
    ):
        with pytest.raises(Forbidden), town.unit(name) as unit:
            deed(unit)


def test_address_account_and_types_can_be_changed(town: Store) -> None:
    with town.unit("admin") as unit:
        _add(unit, types=["measure.*", "goal.*"])
    with town.unit("admin") as unit:
        record = webhooks.edit(
            unit, "feed", url="https://neu.example/x", account="reader",
            types=["goal.*", "cycle.closed"],
        )  # fmt: skip
        assert _types(unit, record) == ["cycle.closed", "goal.*"]
        assert unit.told[-1]["payload"] == {
            "host": "neu.example", "account": "reader", "types": ["cycle.closed", "goal.*"],
        }  # fmt: skip
    with town.unit("admin") as unit:
        shown = seen.show(unit.reading(), "feed")
        assert (shown["url"], shown["account"]) == ("https://neu.example/x", "reader")
        webhooks.edit(unit, "feed", types=())
        assert seen.show(unit.reading(), "feed")["types"] == []


def test_to_change_nothing_is_no_deed(town: Store) -> None:
    with town.unit("admin") as unit:
        _add(unit)
    with town.unit("admin") as unit:
        webhooks.edit(unit, "feed", url=URL)
        assert unit.told == []
    with pytest.raises(Invalid), town.unit("admin") as unit:
        webhooks.edit(unit, "feed", url="http://x", types=["a"])
    with pytest.raises(NotFound), town.unit("admin") as unit:
        webhooks.edit(unit, "fed", url=URL)


def test_a_new_secret_leaves_the_old_one_some_hours(town: Store) -> None:
    with town.unit("admin") as unit:
        record, first = _add(unit)
    with town.unit("admin") as unit:
        _, second = webhooks.rotate(unit, "feed", keep_hours=5)
        held = {each.secret: each.until for each in lookup.every(unit, WebhookSecret)}
        assert held == {first: unit.now + timedelta(hours=5), second: None}
        assert (unit.told[-1]["action"], unit.told[-1]["payload"]) == (
            "secret_rotated", {"keep_hours": 5},
        )  # fmt: skip
        until = held[first]
    with town.unit("admin") as unit:
        _, third = webhooks.rotate(unit, "feed", keep_hours=48)
        held = {each.secret: each.until for each in lookup.every(unit, WebhookSecret)}
        assert held == {first: until, second: unit.now + timedelta(hours=48), third: None}
    with town.unit("admin") as unit:
        _, fourth = webhooks.rotate(unit, "feed", keep_hours=0)
        unit.session.flush()
        assert [each.secret for each in lookup.every(unit, WebhookSecret)] == [fourth]
        assert seen.target(unit.reading(), record.id, unit.now).secrets == (fourth,)


@pytest.mark.parametrize("hours", [-1, 721])
def test_an_old_secret_does_not_stay_for_ever(town: Store, hours: int) -> None:
    with town.unit("admin") as unit:
        _add(unit)
    with pytest.raises(Invalid), town.unit("admin") as unit:
        webhooks.rotate(unit, "feed", keep_hours=hours)


def test_it_is_disabled_and_enabled_once(town: Store) -> None:
    with town.unit("admin") as unit:
        _add(unit)
    for deed, actions, reason in (
        (webhooks.disable, ["disabled"], "asked"),
        (webhooks.disable, [], "asked"),
        (webhooks.enable, ["enabled"], None),
        (webhooks.enable, [], None),
    ):
        with town.unit("admin") as unit:
            assert deed(unit, "feed").disabled_reason == reason
            assert [each["action"] for each in unit.told] == actions


def test_what_happened_while_it_was_disabled_is_not_made_up_for(town: Store) -> None:
    with town.unit("admin") as unit:
        before = _add(unit)[0].after
        webhooks.disable(unit, "feed")
    with town.unit("admin") as unit:
        assert webhooks.enable(unit, "feed").after > before


def test_nothing_is_sent_again_where_nothing_was_given_up(town: Store) -> None:
    with town.unit("admin") as unit:
        _add(unit)
    with town.unit("admin") as unit:
        assert webhooks.replay(unit, "feed") == 0
        assert unit.told == []
    with pytest.raises(NotFound) as caught, town.unit("admin") as unit:
        webhooks.replay(unit, "feed", 7)
    assert "7" in str(caught.value)


def test_webhooks_are_shown_to_the_administration_only(town: Store) -> None:
    with town.unit("admin") as unit:
        _add(unit, types=["measure.*"])
        reader = unit.reading()
        (row,) = seen.listed(reader)
        assert (row.name, row.types, row.waiting, row.dead) == ("feed", ("measure.*",), 0, 0)
        assert seen.show(reader, "Feed")["name"] == "feed"
        assert seen.deliveries(reader, "feed", "dead", before=9, limit=1) == []
        for ask in (
            lambda: seen.listed(reader, sees_accounts=False),
            lambda: seen.show(reader, "feed", sees_accounts=False),
            lambda: seen.deliveries(reader, "feed", sees_accounts=False),
        ):
            with pytest.raises(Forbidden):
                ask()
        with pytest.raises(NotFound):
            seen.show(reader, "nichts")
        with pytest.raises(NotFound):
            seen.target(reader, "nichts", unit.now)
        assert "whsec" not in str(seen.target(reader, "feed", unit.now))
