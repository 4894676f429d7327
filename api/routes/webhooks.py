"""Webhooks: who is told of what happens, what is on its way, and what was given up."""

from typing import Any, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.addresses import address
from api.desk import Call
from api.entry import enter, safely
from api.frame import MEDIA, Made, Route, dumps, repeatable
from api.paging import cut
from api.shapes import webhooks as shapes
from api.shapes.base import Paged, Query
from cycle.delivery.calls import try_out
from cycle.reading import webhooks as reading
from cycle.usecases import webhooks

ADMIN: Final = frozenset({"admin"})
_ONCE: Final = "The secret is told this once; a repeated call is answered without it."


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    return cut(call, reading.listed(call.reader, sees_accounts=call.sight.accounts), "name")


def _show(call: Call) -> Any:  # noqa: ANN401 - JSON
    name = call.find("webhook")
    return reading.show(call.reader, name, sees_accounts=call.sight.accounts)


def _made(call: Call, name: str, status: int = 200, **more: Any) -> Made:  # noqa: ANN401 - JSON
    shown = reading.show(call.at(), name, sees_accounts=call.sight.accounts)
    where = {"Location": address("webhooks", name)} if status != 200 else {}  # noqa: PLR2004 - HTTP's
    return Made("webhook", name, status, more=more, shown=shown, headers=where)


def _add(call: Call) -> Made:
    words = call.body.words() | {"http": call.house.hooks.http}
    record, secret = webhooks.add(call.unit, words.pop("name"), **words)
    return _made(call, record.name, 201, secret=secret)


def _edit(call: Call) -> Made:
    words = call.body.words() | {"http": call.house.hooks.http}
    return _made(call, webhooks.edit(call.unit, call.key, **words).name)


def _rotate(call: Call) -> Made:
    record, secret = webhooks.rotate(call.unit, call.key, **call.body.words())
    return _made(call, record.name, secret=secret)


def _deliveries(call: Call) -> Any:  # noqa: ANN401 - rows
    asked, name = call.query, call.find("webhook")
    found = reading.deliveries(
        call.reader, name, asked.state, before=asked.before, limit=asked.limit + 1,
        sees_accounts=call.sight.accounts,
    )  # fmt: skip
    shown = found[: asked.limit]
    if len(found) > asked.limit:
        words = dict(call.request.query_params.items()) | {"before": str(shown[-1].n)}
        call.headers["Link"] = f'<{call.request.url.path}?{urlencode(words)}>; rel="next"'
    return shown


def _replay(call: Call) -> Made:
    count = webhooks.replay(call.unit, call.key, call.body.n)
    return Made("webhook", call.key, shown={"name": call.key, "count": count})


async def _test(request: Request) -> Response:
    """Send a sample; the store is not kept waiting for what a receiver does."""
    call = await run_in_threadpool(enter, TEST, request)
    if isinstance(call, Response):
        return call
    entered = call
    return await run_in_threadpool(safely, request, lambda: _tried(entered))


def _tried(call: Call) -> Response:
    repeatable(TEST, call.request)  # looked at, though every sample is a new one
    with call.house.readers.lend() as reader, call.looking(reader):
        name = call.find("webhook")
        answer = try_out(reader, name, call.house.hooks, sees_accounts=call.sight.accounts)
    told = shapes.Tried(name, answer.status, answer.taken, answer.error)
    return Response(dumps(told), 200, {"Content-Language": call.lang}, MEDIA)


def _never(call: Call) -> Any:  # noqa: ANN401 - as every route
    raise NotImplementedError  # `whole` answers


TEST: Final = Route(
    method="POST", path="/v1/webhooks/{key}/test", name="test_webhook", rights=ADMIN,
    says="Send a signed sample at once and tell what came back", run=_never, whole=_test,
    answer=shapes.Tried, query=Query,
)  # fmt: skip
ROUTES = (
    Route(
        method="GET", path="/v1/webhooks", name="list_webhooks", says="List webhooks",
        rights=ADMIN, run=_list, query=Paged, answer=list[reading.WebhookRow],
    ),
    Route(
        method="POST", path="/v1/webhooks", name="add_webhook", rights=ADMIN, run=_add,
        says="Tell an address of what happens", body=shapes.WebhookIn, status=201, tells=_ONCE,
        secret=True, answer=shapes.WebhookMade,
        example={"name": "register", "url": "https://register.example/changes",
                 "types": ["measure.*"]},
    ),
    Route(
        method="GET", path="/v1/webhooks/{key}", name="show_webhook", says="Show a webhook",
        rights=ADMIN, run=_show, answer=reading.WebhookRow, noun="webhook",
    ),
    Route(
        method="PATCH", path="/v1/webhooks/{key}", name="edit_webhook", rights=ADMIN, run=_edit,
        says="Send elsewhere, with other eyes, or what is of other types", noun="webhook",
        body=shapes.WebhookPatch, matches=True, answer=reading.WebhookRow,
    ),
    Route(
        method="POST", path="/v1/webhooks/{key}/disable", name="disable_webhook", rights=ADMIN,
        says="Send it nothing more", noun="webhook", answer=reading.WebhookRow,
        run=lambda call: _made(call, webhooks.disable(call.unit, call.key).name),
    ),
    Route(
        method="POST", path="/v1/webhooks/{key}/enable", name="enable_webhook", rights=ADMIN,
        says="Send to it again", noun="webhook", answer=reading.WebhookRow,
        run=lambda call: _made(call, webhooks.enable(call.unit, call.key).name),
    ),
    Route(
        method="POST", path="/v1/webhooks/{key}/secret", name="rotate_webhook_secret",
        says="Sign with a new secret", rights=ADMIN, run=_rotate, body=shapes.RotationIn,
        noun="webhook", secret=True, tells=_ONCE, answer=shapes.WebhookMade,
    ),
    Route(
        method="GET", path="/v1/webhooks/{key}/deliveries", name="list_deliveries",
        says="List what is on its way, what arrived, what was given up", rights=ADMIN,
        run=_deliveries, query=shapes.Deliveries, noun="webhook",
        answer=list[reading.DeliveryRow],
    ),
    Route(
        method="POST", path="/v1/webhooks/{key}/replay", name="replay_deliveries",
        says="Send again what was given up, or one event", rights=ADMIN, run=_replay,
        body=shapes.ReplayIn, noun="webhook", answer=shapes.Replayed,
    ),
    TEST,
)  # fmt: skip
