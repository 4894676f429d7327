import json
from typing import Any

import pytest
from sqlalchemy import text
from standardwebhooks import Webhook

from cycle.delivery import envelopes
from cycle.delivery.calls import try_out
from cycle.delivery.settings import Hooks
from cycle.errors import Forbidden, NotFound
from cycle.reading import journal, records
from cycle.reading.shapes import plain
from cycle.reading.sight import Sight
from cycle.usecases import accounts, papers, towns
from tests import makers
from tests.delivery.conftest import HERE, Post
from tests.delivery.receiver import Received, answer

PLANNER = Sight(frozenset({"planner"}), frozenset({"StP"}))


def _told(one: Received) -> Any:  # noqa: ANN401 - JSON
    return json.loads(one.body)


def _event(post: Post, n: int, sight: Sight = PLANNER) -> Any:  # noqa: ANN401 - JSON
    found = envelopes.event(post.reading(), n, "x.y", sight, day=makers.DAY, lang="de")
    return found and json.loads(found.body)


def _last(post: Post) -> int:
    return int(post.reading().value("SELECT MAX(n) FROM event WHERE municipality_id = :m"))


def test_an_account_gets_only_what_it_may_see(post: Post) -> None:
    post.hook("open", "reader")
    post.hook("schools", "schools")
    post.hook("all", "planner")
    key = post.measure()
    post.do(lambda unit: papers.add(unit, "2026/1", "Nicht für alle", public=False), "clerk")
    post.send()
    states = {
        name: {each.type: each.state for each in post.deliveries(name)}
        for name in ("open", "schools", "all")
    }
    draft, paper = "measure.logged", "paper.added"
    assert (states["open"][draft], states["open"][paper]) == ("skipped", "skipped")
    assert (states["schools"][draft], states["schools"][paper]) == ("skipped", "delivered")
    assert (states["all"][draft], states["all"][paper]) == ("delivered", "delivered")
    assert key in {_told(each).get("subject") for each in post.receiver.received}


def test_a_disabled_account_sees_nothing_any_more(post: Post) -> None:
    post.hook(types=["measure.*"])
    post.measure()
    post.do(lambda unit: accounts.disable(unit, "planner"), "admin")
    post.send()
    assert post.last().state == "skipped"
    assert post.receiver.received == []


def test_what_is_sent_is_what_the_account_sees_at_that_moment(post: Post) -> None:
    post.hook(types=["measure.logged"])
    key = post.measure("alt")
    post.change(key, "neu")
    post.send()
    (one,) = post.receiver.received
    data = _told(one)["data"]
    assert (data["action"], data["key"], data["record"]["title"]) == ("logged", key, "neu")
    assert data["record"]["offers"]


def test_an_envelope_holds_what_the_journal_and_the_record_show(post: Post) -> None:
    key = post.measure()
    told = _event(post, n := _last(post))
    reader = post.reading()
    (row,) = journal.events(reader, key, sees_internal=True)
    shown = records.record(
        reader, "measure", key, today=makers.DAY, lang="de", internal=True, sight=PLANNER
    )
    assert told["data"] == {**plain(row), "record": shown}
    assert told["id"] == f"{reader.municipality_id}-{n}"
    assert (told["source"], told["time"]) == ("urn:kreislauf:16999000", plain(row.at))
    assert told["datacontenttype"] == "application/json"


def test_the_record_is_found_by_what_it_is_or_by_its_key(post: Post) -> None:
    post.do(lambda unit: towns.add_department(unit, "99", "Neu", kind="department"), "admin")
    assert _event(post, _last(post))["data"]["record"]["name"] == "Neu"
    post.do(lambda unit: towns.add_field(unit, "ZZ", "Erprobung"), "planner")
    assert _event(post, _last(post))["data"]["record"]["code"] == "ZZ"


def test_what_has_no_record_of_its_own_comes_without(post: Post) -> None:
    n = int(post.reading().value(
        "SELECT MIN(n) FROM event WHERE municipality_id = :m AND entity = 'municipality'"
    ))  # fmt: skip
    assert _event(post, n)["data"]["record"] is None


def test_an_account_is_named_to_the_administration_only(post: Post) -> None:
    post.do(lambda unit: accounts.add(unit, "neu", roles=["reader"]), "admin")
    to_planner = _event(post, n := _last(post))
    to_admin = _event(post, n, Sight(frozenset({"admin"})))
    assert "subject" not in to_planner
    assert (to_planner["data"]["key"], to_planner["data"]["changes"]) == ("", None)
    assert to_planner["data"]["record"] is None
    assert (to_admin["subject"], to_admin["data"]["record"]["name"]) == ("neu", "neu")


def test_inner_words_of_a_measure_reach_its_own_department_only(post: Post) -> None:
    key = post.measure()
    n = _last(post)
    own, other = (Sight(frozenset({"department_head"}), frozenset({u})) for u in ("51", "40"))
    assert _event(post, n, own)["data"]["changes"]
    assert _event(post, n, other) is None
    _past(post, "UPDATE measure SET state = 'approved' WHERE ref = :key", key)
    assert _event(post, n, other)["data"]["changes"] is None
    assert _event(post, n, own)["data"]["changes"]
    assert _event(post, n, Sight(frozenset({"reader"})))["data"]["changes"] is None


def _past(post: Post, statement: str, key: str) -> None:
    """Write past the use cases."""
    with post.store.engine.begin() as connection:
        connection.execute(text(statement), {"key": key})


def test_an_event_whose_record_is_out_of_sight_is_so_too(post: Post) -> None:
    post.do(lambda unit: towns.add_department(unit, "99", "Neu", kind="department"), "admin")
    n = _last(post)
    _past(post, "UPDATE org_unit SET code = '98' WHERE code = :key", "99")
    assert _event(post, n) is None


def test_an_event_that_never_was_is_out_of_sight(post: Post) -> None:
    assert _event(post, 10**6) is None


def test_a_sample_is_signed_and_tells_which_webhook_it_tries(post: Post) -> None:
    secret = post.hook()
    given = try_out(post.reading(), "feed", HERE)
    (one,) = post.receiver.received
    told = Webhook(secret).verify(one.body, one.headers)
    assert (told["type"], told["subject"], told["data"]) == (
        "webhook.test", "feed", {"webhook": "feed"},
    )  # fmt: skip
    assert given.taken
    post.receiver.script = [answer(500)]
    assert try_out(post.reading(), "feed", HERE).status == 500
    assert try_out(post.reading(), "feed", Hooks(http=True)).error == "no_answer"


def test_a_sample_is_for_the_administration_and_for_a_webhook_that_is_there(post: Post) -> None:
    with pytest.raises(Forbidden):
        try_out(post.reading(), "feed", HERE, sees_accounts=False)
    with pytest.raises(NotFound):
        try_out(post.reading(), "nichts", HERE)
