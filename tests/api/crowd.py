"""Those who call at once, each a process of its own: movers, evaluators, batches, followers."""

import json
import random
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

import httpx

Told = list[Any]
MOVES = {"in_progress": "suspend", "suspended": "resume"}
WORDS: dict[str, dict[str, str]] = {
    "suspend": {"code": "other", "reason": "Umbau", "review_on": "2027-02-01"},
    "resume": {},
}


def calling(address: str, token: str) -> httpx.Client:
    """Open a client that survives a server that goes and comes back."""
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=address, headers=headers, timeout=20, trust_env=False)


def until_answered(call: Callable[[], httpx.Response]) -> httpx.Response:
    """Call until there is an answer that is no sign of a busy or absent server."""
    for attempt in range(400):
        try:
            found = call()
        except httpx.HTTPError:
            found = None
        if found is not None and found.status_code not in {503, 429}:
            return found
        time.sleep(min(0.02 * 2 ** min(attempt, 4), 0.3) * random.uniform(0.5, 1))  # noqa: S311 - no secret
    msg = "the server stays away"
    raise TimeoutError(msg)


def move(address: str, token: str, keys: list[str], count: int, told: Connection) -> None:
    """Move measures to and fro with the version seen; tell every version that was answered."""
    done: Told = []
    with calling(address, token) as client:
        for n in range(count):
            key = keys[n % len(keys)]
            seen = until_answered(partial(client.get, f"/v1/measures/{key}"))
            name = MOVES[seen.json()["state"]]
            found = _moved(client, key, name, seen.headers["etag"])
            if found is not None and found.status_code == 200:
                done.append((key, found.json()["version"], name))
            elif found is not None:
                assert found.status_code in {409, 412}, found.text
    told.send(done)


def _moved(client: httpx.Client, key: str, name: str, tag: str) -> httpx.Response | None:
    """Move once; where no answer came, nobody knows, and nothing is told as done."""
    try:
        return client.post(
            f"/v1/measures/{key}/transitions",
            json={"name": name, **WORDS[name]},
            headers={"If-Match": tag},
        )
    except httpx.HTTPError:
        return None


def evaluate(address: str, token: str, keys: list[str], names: list[str], told: Connection) -> None:
    """Hand in evaluations, every one twice and again until it is answered."""
    done: Told = []
    with calling(address, token) as client:
        for key, name in zip(keys, names, strict=True):
            body = {"measure": key, "source": "survey", "external_id": name,
                    "overall": "effective", "text": f"Befund {name}"}  # fmt: skip
            for _ in range(2):
                found = until_answered(partial(client.post, "/v1/evaluations", json=body))
                assert found.status_code in {200, 201}, found.text
                done.append((name, found.json()["key"], found.status_code))
    told.send(done)


def batch(address: str, token: str, keys: list[str], names: list[str], told: Connection) -> None:
    """Hand in evaluations as one batch, again and again until every line is answered."""
    lines = [
        {
            "measure": key,
            "source": "batch",
            "external_id": name,
            "overall": "effective",
            "text": "Befund",
        }
        for key, name in zip(keys, names, strict=True)
    ]
    sent = "\n".join(json.dumps(line) for line in lines).encode()
    headers = {"Content-Type": "application/x-ndjson"}
    with calling(address, token) as client:
        for _ in range(60):
            found = until_answered(
                lambda: client.post("/v1/evaluations:batch", content=sent, headers=headers)
            )
            answers = [json.loads(line) for line in found.text.splitlines() if line]
            if len(answers) == len(lines) and all(a["status"] in {200, 201} for a in answers):
                told.send([(n, a["key"], a["status"]) for n, a in zip(names, answers, strict=True)])
                return
            time.sleep(0.1)
    told.send([])


def follow(address: str, token: str, ends: Any, told: Connection) -> None:  # noqa: ANN401 - an Event of a process
    """Follow the feed, leave in the middle and come back with the last number."""
    found: list[int] = []
    with calling(address, token) as client:
        while True:
            ended = ends.is_set()
            after = found[-1] if found else 0
            page = until_answered(partial(client.get, f"/v1/changes?after={after}&limit=50"))
            rows = [row["n"] for row in page.json()]
            found += rows
            if ended and not rows:
                break
            time.sleep(0 if rows else 0.05)
    told.send(found)


def listen(address: str, token: str, ends: Any, told: Connection) -> None:  # noqa: ANN401 - as follow
    """Listen to the stream, hang up now and then, and come back by Last-Event-ID."""
    found: list[int] = []
    with calling(address, token) as client:
        while not ends.is_set():
            headers = {"Last-Event-ID": str(found[-1])} if found else {}
            try:
                with client.stream(
                    "GET", "/v1/changes/stream", headers=headers, timeout=3
                ) as stream:
                    if stream.status_code != 200:
                        continue
                    _hear(stream, found, ends)
            except httpx.HTTPError:
                time.sleep(0.05)
    told.send(found)


def _hear(stream: httpx.Response, found: list[int], ends: Any) -> None:  # noqa: ANN401 - as follow
    heard, n, data = random.randrange(5, 60), 0, False  # noqa: S311 - no secret
    for line in stream.iter_lines():
        if line.startswith("id:"):
            n = int(line[3:])
        elif line.startswith("data:"):
            data = True
        elif not line and data:  # an id without data only moves the place along
            found.append(n)
            heard, data = heard - 1, False
        if heard <= 0 or ends.is_set():
            return
