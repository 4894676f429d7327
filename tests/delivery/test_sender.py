import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from standardwebhooks import Webhook, WebhookVerificationError

from cycle.delivery.sender import PLAN
from cycle.reading import webhooks as seen
from cycle.store.deliveries import CHUNK
from cycle.usecases import accounts, webhooks
from tests.delivery.conftest import Post
from tests.delivery.receiver import (
    Behaviour,
    Received,
    answer,
    garbage,
    hang_up,
)


def _told(one: Received) -> Any:  # noqa: ANN401 - JSON
    return json.loads(one.body)


def _types(post: Post) -> list[str]:
    return [_told(each)["type"] for each in post.receiver.received]


def test_an_event_arrives_signed_and_is_noted_as_delivered(post: Post) -> None:
    secret = post.hook(types=["measure.*"])
    key = post.measure()
    post.send()
    (one,) = post.receiver.received
    told = Webhook(secret).verify(one.body, one.headers)
    assert (told["type"], told["subject"], told["specversion"]) == ("measure.logged", key, "1.0")
    assert one.headers["webhook-id"] == told["id"]
    assert one.headers["Content-Type"].startswith("application/cloudevents+json")
    assert one.path == "/hook?key=k"
    last = post.last()
    assert (last.state, last.attempts, last.last_status, last.last_error) == (
        "delivered", 1, 200, None,
    )  # fmt: skip


def test_a_body_that_was_changed_under_way_does_not_verify(post: Post) -> None:
    secret = post.hook(types=["measure.*"])
    post.measure()
    post.send()
    (one,) = post.receiver.received
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(one.body.replace(b"logged", b"locked"), one.headers)


def test_both_secrets_sign_while_one_is_replaced_and_then_the_new_one_alone(post: Post) -> None:
    old = post.hook(types=["measure.*"])
    new = post.do(lambda unit: webhooks.rotate(unit, "feed")[1], "admin")
    post.measure()
    post.send()
    for secret in (old, new):
        Webhook(secret).verify(post.receiver.received[-1].body, post.receiver.received[-1].headers)
    post.do(lambda unit: webhooks.rotate(unit, "feed", keep_hours=0), "admin")
    post.measure()
    post.send()
    last = post.receiver.received[-1]
    for secret in (old, new):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(last.body, last.headers)


def test_an_old_secret_signs_no_more_when_its_hours_are_over(post: Post) -> None:
    post.hook(types=["measure.*"])
    post.do(lambda unit: webhooks.rotate(unit, "feed", keep_hours=2), "admin")
    post.measure()
    post.send()
    post.clock.put_on(hours=3)
    post.measure()
    post.send()
    signatures = [each.headers["webhook-signature"].split() for each in post.receiver.received]
    assert [len(each) for each in signatures] == [2, 1]


def test_it_begins_with_what_happens_after_it_was_added_and_sends_only_its_types(
    post: Post,
) -> None:
    post.measure("davor")
    post.hook(types=["measure.edited", "account.*"])
    key = post.measure("danach")
    post.change(key, "anders")
    post.do(lambda unit: accounts.add(unit, "neu", roles=["reader"]), "admin")
    post.send()
    assert sorted(_types(post)) == ["account.added", "measure.edited"]


def test_what_waits_holds_back_later_ones_of_its_record_and_no_others(post: Post) -> None:
    post.hook(types=["measure.*"])
    first, second = post.measure("eins"), post.measure("zwei")
    post.send()
    post.receiver.received.clear()
    post.receiver.script = [answer(503)]
    post.change(first, "eins, neu")
    post.send()
    post.change(first, "eins, ganz neu")
    post.change(second, "zwei, neu")
    post.send()
    titles = [_told(each)["data"]["changes"]["title"]["is"] for each in post.receiver.received]
    assert titles == ["eins, neu", "zwei, neu"]
    post.clock.put_on(seconds=6)
    post.send()
    titles = [_told(each)["data"]["changes"]["title"]["is"] for each in post.receiver.received]
    assert titles[2:] == ["eins, neu", "eins, ganz neu"]


def test_it_tries_again_by_the_plan_and_then_gives_up(post: Post) -> None:
    post.hook(types=["measure.*"])
    post.receiver.always = answer(500)
    post.measure()
    sender = post.sender()
    post.send(sender)
    for tries, wait in enumerate(PLAN, 1):
        assert (post.last().state, post.last().attempts) == ("waiting", tries)
        post.clock.put_on(seconds=wait.total_seconds() - 2)
        post.send(sender)
        assert len(post.receiver.received) == tries
        post.clock.put_on(seconds=wait.total_seconds() * 0.1 + 3)
        post.send(sender)
        assert len(post.receiver.received) == tries + 1
    last = post.last()
    assert (last.state, last.attempts, last.last_status, last.last_error) == (
        "dead", 10, 500, "refused",
    )  # fmt: skip
    ids = {each.headers["webhook-id"] for each in post.receiver.received}
    assert len(ids) == 1
    assert sum(PLAN, timedelta()) > timedelta(days=3)


def test_what_was_given_up_holds_nothing_back_and_can_be_sent_again(post: Post) -> None:
    post.hook(types=["measure.*"])
    key = post.measure()
    post.send()
    post.receiver.always = answer(500)
    post.change(key, "neu")
    for _ in range(len(PLAN) + 1):
        post.send()
        post.clock.put_on(days=2)
    assert post.last().state == "dead"
    post.receiver.always = None
    post.change(key, "noch neuer")
    post.send()
    assert post.last().state == "delivered"
    assert post.do(lambda unit: webhooks.replay(unit, "feed"), "admin") == 1
    post.send()
    assert {each.state for each in post.deliveries()} == {"delivered"}


def test_one_event_can_be_sent_again_though_it_arrived(post: Post) -> None:
    post.hook(types=["measure.*"])
    post.measure()
    post.send()
    n = post.last().n
    assert post.do(lambda unit: webhooks.replay(unit, "feed", n), "admin") == 1
    post.send()
    first, second = post.receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


@pytest.mark.parametrize(
    ("behaviour", "status", "error"),
    [
        (answer(500), 500, "refused"),
        (answer(404), 404, "refused"),
        (answer(302, Location="http://127.0.0.1:1/"), 302, "refused"),
        (garbage, None, "no_answer"),
        (hang_up, None, "no_answer"),
    ],
    ids=["500", "404", "302", "garbage", "hangs up"],
)
def test_whatever_goes_wrong_is_tried_again(
    post: Post, behaviour: Behaviour, status: int | None, error: str
) -> None:
    post.hook(types=["measure.*"])
    post.receiver.script = [behaviour]
    post.measure()
    post.send()
    last = post.last()
    assert (last.state, last.last_status, last.last_error) == ("waiting", status, error)
    assert len(post.receiver.received) == 1
    post.clock.put_on(seconds=6)
    post.send()
    assert post.last().state == "delivered"


def test_who_is_gone_is_told_nothing_more_and_the_journal_says_so(post: Post) -> None:
    post.hook(types=["measure.*"])
    post.receiver.script = [answer(410)]
    post.measure()
    post.send()
    here = seen.show(post.reading(), "feed")
    assert here["disabled_reason"] == "gone"
    assert (post.last().state, post.last().last_error) == ("dead", "gone")
    post.measure()
    post.send()
    assert len(post.receiver.received) == 1
    told = post.reading().pairs(
        "SELECT action FROM event WHERE entity = 'webhook' AND municipality_id = :m ORDER BY n"
    )
    assert told == [("added",), ("disabled",)]


def test_what_waits_while_it_is_disabled_goes_out_when_it_is_enabled(post: Post) -> None:
    post.hook(types=["measure.*"])
    post.receiver.script = [answer(500)]
    post.measure("wartet")
    post.send()
    post.do(lambda unit: webhooks.disable(unit, "feed"), "admin")
    post.clock.put_on(seconds=10)
    post.measure("nie gesendet")
    post.send()
    assert len(post.receiver.received) == 1
    post.do(lambda unit: webhooks.enable(unit, "feed"), "admin")
    post.measure("danach")
    post.send()
    titles = [_told(each)["data"]["record"]["title"] for each in post.receiver.received]
    assert sorted(titles) == ["danach", "wartet", "wartet"]


def test_an_event_that_cannot_be_signed_is_tried_again_and_the_log_says_why(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.hook(types=["measure.*"])
    with post.store.engine.begin() as connection:
        connection.execute(text("UPDATE webhook_secret SET secret = 'whsec_abc'"))
    post.measure()
    post.send()
    assert (post.last().state, post.last().last_error) == ("waiting", "not_sent")
    assert any("envelope" in each.getMessage() for each in caplog.records)


def test_nothing_of_the_secret_or_the_address_is_told_by_journal_or_log(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "kreislauf.delivery")
    secret = post.hook(url=f"{post.receiver.url}&token=geheim-im-pfad")
    post.measure()
    post.send()
    told = [row[0] for row in post.reading().pairs(
        "SELECT COALESCE(content, '') || COALESCE(rows, '') FROM event_payload"
        " WHERE municipality_id = :m"
    )]  # fmt: skip
    contents = [row[0] for row in post.reading().pairs(
        "SELECT content FROM event_payload WHERE municipality_id = :m"
    )]  # fmt: skip
    assert not any(secret.removeprefix("whsec_") in each for each in told)
    assert not any("geheim-im-pfad" in each for each in contents)
    log = " ".join(each.getMessage() for each in caplog.records)
    assert "200" in log
    assert secret.removeprefix("whsec_") not in log
    assert "geheim-im-pfad" not in log


def test_deliveries_are_forgotten_after_their_days_and_the_dead_are_kept(post: Post) -> None:
    post.hook(types=["measure.*"])
    post.measure()
    post.send()
    with post.store.engine.begin() as connection:
        connection.execute(text(
            "INSERT INTO delivery (municipality_id, webhook_id, n, subject, type, state,"
            " attempts, next_at, done_at) SELECT municipality_id, webhook_id, n + 1000, subject,"
            " type, 'dead', attempts, next_at, done_at FROM delivery"
        ))  # fmt: skip
    post.send()
    assert len(post.deliveries()) == 2
    post.clock.put_on(days=31)
    post.send()
    assert [each.state for each in post.deliveries()] == ["dead"]


def test_what_waits_and_what_was_given_up_is_counted(post: Post) -> None:
    post.hook(types=["measure.*"])
    before = seen.backlog(post.reading())
    assert (before.waiting, before.dead) == (0, 0)
    assert before.outbox > 0
    assert before.oldest is not None
    post.receiver.always = answer(500)
    post.measure()
    post.send()
    after = seen.backlog(post.reading())
    assert (after.outbox, after.waiting, after.dead, after.oldest) == (0, 1, 0, None)


def test_a_long_outbox_is_emptied_chunk_by_chunk(post: Post) -> None:
    post.measure()
    with post.store.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO outbox (municipality_id, n, type, at, attempts)"
                " SELECT municipality_id, n + :more, type, at, 0 FROM outbox"
            ),
            [{"more": 10_000 * 2**power} for power in range(10)],
        )
    assert seen.backlog(post.reading()).outbox > CHUNK
    post.send()
    assert seen.backlog(post.reading()).outbox == 0


def test_without_webhooks_the_outbox_is_emptied_all_the_same(post: Post) -> None:
    post.measure()
    post.send()
    assert seen.backlog(post.reading()).outbox == 0
    assert not seen.due(post.reading(), post.clock())
