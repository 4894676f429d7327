import gzip
import json
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from api import batches
from cycle.errors import Unavailable
from cycle.reading.proof import discrepancies
from cycle.store.store import Store
from cycle.usecases import accounts, evaluation_batch, tokens
from tests.api.by_hand import by_hand, chunk
from tests.api.serving import Served, problem
from tests.makers import DAY
from tests.makers_duties import a_measure, take_over
from tests.makers_rounds import an_indicator

EVALUATIONS, OBSERVATIONS = "/v1/evaluations:batch", "/v1/observations:batch"
LINES = {"Content-Type": "application/x-ndjson"}
COUNTED = {
    "evaluation": "SELECT COUNT(*) FROM evaluation WHERE municipality_id = :m",
    "observation": "SELECT COUNT(*) FROM observation WHERE municipality_id = :m",
}


def said(number: int, measure: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "measure": measure, "source": "survey", "external_id": f"q4-{number}",
        "overall": "effective", "text": "Vier von fünf Kitas haben das Ziel erreicht.", **more,
    }  # fmt: skip


def value(number: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    day = (DAY - timedelta(days=number + 1)).isoformat()
    return {"indicator": "KITA", "area": "stadt", "period_end": day, "value": number, **more}


def written(lines: Iterable[Any]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in lines)


def sent(
    served: Served, body: object, where: str = EVALUATIONS, name: str = "evaluator", **headers: str
) -> tuple[httpx.Response, list[Any]]:
    client = served.client(name, **headers)
    found = client.post(where, content=body, headers=LINES)  # type: ignore[arg-type]
    assert found.headers["content-type"] == "application/x-ndjson", found.text
    return found, [json.loads(line) for line in found.text.splitlines()]


def count(store: Store, what: str) -> int:
    with store.unit("planner", day=DAY) as unit:
        return int(unit.reading().value(COUNTED[what]))


def statuses(told: list[Any]) -> list[int]:
    return [each["status"] for each in told]


def ended(served: Served, many: int = 1) -> list[str]:
    """Let measures stand implemented, so that they can be evaluated."""
    keys = [a_measure(served.store) for _ in range(many)]
    for key in keys:
        take_over(served.store, key, "implemented")
    return keys


def counting(served: Served) -> str:
    """Add an indicator, and give the code of the town."""
    with served.store.unit("planner", day=DAY) as unit:
        an_indicator(unit)
        found = unit.reading().value("SELECT code FROM area WHERE municipality_id = :m")
    return str(found)


def test_each_line_is_answered_in_its_turn(served: Served) -> None:
    first, second = ended(served, 2)
    draft = a_measure(served.store)
    body = written([said(1, first), said(2, draft)]) + b"\n  \r\n{oops\n"
    body += written([said(3, second, evil="x"), said(1, first), said(1, first, text="Anders.")])
    body += json.dumps(said(4, second)).encode()  # without an end of line
    found, told = sent(served, body)
    assert found.status_code == 200
    assert [each["line"] for each in told] == [1, 2, 5, 6, 7, 8, 9]
    assert statuses(told) == [201, 409, 400, 422, 200, 409, 201]
    assert told[0]["measures_moved"] == [first]
    assert told[4]["key"] == told[0]["key"]
    assert told[4]["measures_moved"] == []
    codes = [each.get("code") for each in told]
    assert codes[1:4] == ["evaluation_before_start", "malformed", "invalid"]
    assert codes[5] == "evaluation_differs"
    assert told[3]["errors"][0]["pointer"] == "/evil"
    assert {"type", "title", "detail", "instance"} <= told[1].keys()
    assert count(served.store, "evaluation") == 2
    state = served.client("planner").get(f"/v1/measures/{second}").json()["state"]
    assert state == "evaluated"


def test_a_batch_sent_again_changes_nothing(served: Served) -> None:
    body = written(said(n, key) for n, key in enumerate(ended(served, 3)))
    _, first = sent(served, body)
    _, again = sent(served, body, Content_Type="application/jsonl")
    assert statuses(first) == [201] * 3
    assert statuses(again) == [200] * 3
    assert [each["key"] for each in again] == [each["key"] for each in first]
    assert count(served.store, "evaluation") == 3


def test_all_or_nothing_writes_nothing_where_one_line_is_refused(served: Served) -> None:
    first, second = ended(served, 2)
    draft = a_measure(served.store)
    for wrong, status in ((json.dumps(said(9, draft)).encode(), 409), (b"{oops", 400)):
        body = written([said(1, first)]) + wrong + b"\n" + written([said(2, second)])
        found, told = sent(served, body, f"{EVALUATIONS}?atomic=true")
        assert found.status_code == 409
        assert statuses(told) == [424, status, 424]
        assert told[0]["code"] == "not_written"
        assert count(served.store, "evaluation") == 0
    body = written([said(1, first), said(2, second)])
    found, told = sent(served, body, f"{EVALUATIONS}?atomic=true")
    assert (found.status_code, statuses(told)) == (200, [201, 201])
    assert count(served.store, "evaluation") == 2


def test_a_dry_run_tells_the_same_and_leaves_no_trace(served: Served) -> None:
    first, second = ended(served, 2)
    body = written([said(1, first), said(1, first, text="Anders."), said(2, second)]) + b"[]\n"
    counted = served.store
    before = served.client("planner").get("/v1/changes?limit=200").headers["last-event-id"]
    found, tried = sent(served, body, f"{EVALUATIONS}?dry_run=true")
    assert found.status_code == 200
    assert count(counted, "evaluation") == 0
    both = sent(served, body, f"{EVALUATIONS}?dry_run=true&atomic=true")
    assert (both[0].status_code, statuses(both[1])) == (409, [424, 409, 424, 422])
    after = served.client("planner").get("/v1/changes?limit=200").headers["last-event-id"]
    assert after == before
    _, told = sent(served, body)
    assert statuses(tried) == statuses(told) == [201, 409, 201, 422]
    assert tried[0]["measures_moved"] == told[0]["measures_moved"] == [first]


def test_an_atomic_batch_may_be_sent_again_with_its_key(served: Served) -> None:
    body = written([said(1, ended(served)[0])])
    where = f"{EVALUATIONS}?atomic=true"
    first, _ = sent(served, body, where, Idempotency_Key="q4")
    again, _ = sent(served, body, where, Idempotency_Key="q4")
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    other = served.client("evaluator", Idempotency_Key="q4")
    found = other.post(where, content=body + b"\n", headers=LINES)
    problem(found, 422, "idempotency_key_reused")
    _, loose = sent(served, body, Idempotency_Key="q4")
    assert statuses(loose) == [200]


def test_values_come_in_batches_too(served: Served) -> None:
    area = counting(served)
    lines = [value(n, area=area) for n in range(3)]
    body = written([*lines, value(1, area="weg"), value(1, area=area, value=99), {"value": "x"}])
    _, told = sent(served, body, OBSERVATIONS, "statistician")
    assert statuses(told) == [201, 201, 201, 404, 201, 422]
    assert "measures_moved" not in told[0]
    _, again = sent(served, written(lines[:1]), OBSERVATIONS, "statistician")
    assert [(each["status"], each["key"]) for each in again] == [(200, told[0]["key"])]
    assert count(served.store, "observation") == 4


def test_a_long_line_is_passed_over_and_the_others_go_on(served: Served) -> None:
    first, second = ended(served, 2)
    long = b'{"text":"' + b"x" * 64 * 1024 + b'"}\n'
    just = json.dumps(said(2, second)).encode()
    just += b" " * (64 * 1024 - len(just)) + b"\n"
    _, told = sent(served, written([said(1, first)]) + long + just + long.strip())
    assert statuses(told) == [201, 413, 201, 413]
    assert [each.get("code") for each in told][1] == "line_too_long"


def test_a_batch_of_more_than_ten_mebibytes_meets_a_wall(served: Served) -> None:
    line = b"x" * 60_000 + b"\n"
    client = served.client("evaluator")
    for where in (EVALUATIONS, f"{EVALUATIONS}?atomic=true"):
        found = client.post(where, content=line * 180, headers=LINES)
        problem(found, 413, "too_large")
    parts: Iterator[bytes] = (line for _ in range(180))
    _, told = sent(served, parts)
    assert set(statuses(told[:-1])) == {400}
    assert (told[-1]["code"], told[-1]["status"]) == ("batch_too_large", 413)
    assert told[-1]["line"] == len(told) == 10 * 2**20 // len(line) + 1
    parts = (line for _ in range(180))
    whole = client.post(f"{EVALUATIONS}?atomic=true", content=parts, headers=LINES)
    problem(whole, 413, "too_large")


def test_a_batch_of_very_many_lines_meets_a_wall(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST", 1200)
    monkeypatch.setattr(batches, "WHOLE", 10)
    _, told = sent(served, b"x\n" * 1300)
    assert [each["line"] for each in told] == list(range(1, 1202))
    assert told[-1]["code"] == "batch_too_large"
    client = served.client("evaluator")
    for how in ("atomic", "dry_run"):
        found = client.post(f"{EVALUATIONS}?{how}=true", content=b"x\n" * 11, headers=LINES)
        problem(found, 413, "too_many_lines")


def test_an_answer_larger_than_its_question_holds_nobody_up(served: Served) -> None:
    _, told = sent(served, b"x\n" * 20_000)  # all is sent before the answer is read
    assert len(told) == 20_000
    assert set(statuses(told)) == {400}


def test_what_is_no_batch_is_turned_away(served: Served) -> None:
    client = served.client("evaluator")
    for kind in ("application/json", "text/csv", ""):
        found = client.post(EVALUATIONS, content=b"{}", headers={"Content-Type": kind})
        problem(found, 415, "unsupported_media_type")
        assert found.headers["accept"] == "application/x-ndjson"
    problem(client.post(f"{EVALUATIONS}?atomic=2", headers=LINES), 422, "invalid")
    problem(served.client("reader").post(EVALUATIONS, headers=LINES), 403, "forbidden")
    problem(served.client().post(EVALUATIONS, headers=LINES), 401, "unauthenticated")
    for body in (b"", b"\n\n"):
        found = client.post(EVALUATIONS, content=body, headers=LINES)
        assert (found.status_code, found.content) == (200, b"")


@pytest.mark.parametrize("where", ["", "?atomic=true", "?dry_run=true", "?atomic=1&dry_run=1"])
def test_a_key_nobody_could_repeat_is_refused_with_a_batch_too(served: Served, where: str) -> None:
    found = served.client("evaluator", Idempotency_Key="x" * 256).post(
        EVALUATIONS + where, content=b"", headers=LINES
    )
    problem(found, 422, "invalid")


BAD = [
    b'{"measure":"M-2026-001","measure":"x"}', b'{"measure":NaN}', b"\xff\xfe", b"[" * 9000,
    b'{"measure":"\\ud800"}', b'{"measure":"a\\u0000"}', b"null", b"[]", b"7", b'"x"', b"{}",
    b'{"measure":1e999}', b'{"measures":[null]}', b'{"measure":"M-2026-001","ratings":{"x":9}}',
    b'{"measure":"weg"}', b'{"measure":"M-2026-001","corrects":"E-1"}', gzip.compress(b"{}"),
    b'{"measure":"M-2026-001","department":"99"}', b'{"measure":"M-2026-001","source":""}',
    b'{"measure":"M-2026-001","results":[{"value":1e400}]}', b"\x00", b'{"measure":"\xed\xa0\x80"}',
]  # fmt: skip


def test_no_line_does_harm(served: Served) -> None:
    ended(served)
    for where in (EVALUATIONS, OBSERVATIONS):
        for how in ("", "?atomic=true", "?dry_run=true"):
            lines = [each.replace(b"\n", b"") for each in BAD]
            _, told = sent(served, b"\n".join(lines), f"{where}{how}", "planner")
            assert all(400 <= status < 500 for status in statuses(told)), told
            assert len(told) == len(BAD)
    assert count(served.store, "evaluation") == 0


def test_what_was_sent_is_not_repeated(served: Served) -> None:
    body = written([{"measure": "geheim-1", "overall": "geheim-2", "geheim": "geheim-3"}])
    found, _ = sent(served, body)
    assert "geheim-" not in found.text


def test_what_is_recorded_stays_when_the_caller_breaks_off(served: Served) -> None:
    area = counting(served)
    lines = [value(n, area=area) for n in range(1200)]
    with by_hand(served, OBSERVATIONS, "statistician") as line:
        line.sendall(chunk(written(lines[:1100])))
        end = time.monotonic() + 60
        while count(served.store, "observation") < 1000:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert b" 200 " in line.recv(100)  # the answer is under way before all has come
    time.sleep(0.5)
    assert count(served.store, "observation") == 1000
    _, told = sent(served, written(lines), OBSERVATIONS, "statistician")
    assert statuses(told) == [200] * 1000 + [201] * 200
    with served.store.unit("planner", day=DAY) as unit:
        assert discrepancies(unit.reading()) == []
    with by_hand(served, f"{OBSERVATIONS}?atomic=true", "statistician") as line:
        line.sendall(chunk(written([value(1300, area=area)])))
    time.sleep(0.3)
    assert count(served.store, "observation") == 1200


def test_a_batch_ends_where_its_account_does(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = counting(served)
    lines = [value(n, area=area) for n in range(1500)]

    def rest() -> Iterator[bytes]:
        yield written(lines[:500])
        end = time.monotonic() + 60
        while count(served.store, "observation") < 500:
            assert time.monotonic() < end
            time.sleep(0.05)
        with served.store.unit("admin", day=DAY) as unit:
            accounts.disable(unit, "statistician")
        yield written(lines[500:])

    _, told = sent(served, rest(), OBSERVATIONS, "statistician")
    assert statuses(told) == [201] * 500 + [403] * 500
    assert count(served.store, "observation") == 500


def test_a_batch_ends_with_its_token(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AGAIN", 0.0)
    key = ended(served)[0]

    def rest() -> Iterator[bytes]:
        with served.store.unit("admin", day=DAY) as unit:
            tokens.revoke(unit, "key-evaluator")
        yield written([said(1, key)])

    client = served.client("evaluator")
    begun = threading.Event()

    def late() -> Iterator[bytes]:
        begun.wait(0.5)  # the caller was let in by its headers
        yield from rest()

    found = client.post(EVALUATIONS, content=late(), headers=LINES)
    told = [json.loads(line) for line in found.text.splitlines()]
    assert [(each["status"], each["code"]) for each in told] == [(401, "unauthenticated")]
    assert count(served.store, "evaluation") == 0


@pytest.mark.parametrize(
    ("error", "status"), [(Unavailable("busy", code="store_busy"), 503), (ZeroDivisionError(), 500)]
)
def test_a_batch_ends_where_the_store_fails(
    served: Served, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def failing(*_args: object, **_words: object) -> None:
        raise error

    key = ended(served)[0]
    monkeypatch.setattr(evaluation_batch, "_through", failing)
    _, told = sent(served, written([said(n, key) for n in range(501)]) + b"x")
    assert statuses(told) == [status] * 500
    found = served.client("evaluator").post(
        f"{EVALUATIONS}?atomic=true", content=written([said(1, key)]), headers=LINES
    )
    assert found.status_code == status
