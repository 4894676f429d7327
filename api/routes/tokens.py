"""Tokens: keys by which programs act; the text of one is told once and never again."""

from typing import Any

from api.addresses import address
from api.desk import Call
from api.frame import Made, Route
from api.paging import cut
from api.shapes import accounts as shapes
from api.shapes.base import Paged
from cycle.reading import tokens as reading
from cycle.usecases import tokens

ADMIN = frozenset({"admin"})
_ONCE = "`token` is told this once; a repeated call is answered with the record alone."


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    return cut(call, reading.listed(call.reader, sees_accounts=call.sight.accounts), "name")


def _shown(call: Call, name: str) -> Any:  # noqa: ANN401 - JSON
    return reading.show(call.at(), name, sees_accounts=call.sight.accounts)


def _create(call: Call) -> Made:
    words = call.body.words()
    words["expires"] = words.pop("days", None) or words.get("expires")
    record, text = tokens.create(call.unit, **words)
    return Made(
        "token", record.name, 201, more={"token": text}, shown=_shown(call, record.name),
        headers={"Location": address("tokens", record.name)},
    )  # fmt: skip


def _revoke(call: Call) -> Made:
    name = tokens.revoke(call.unit, call.key).name
    return Made("token", name, shown=_shown(call, name))


ROUTES = (
    Route(
        method="GET", path="/v1/tokens", name="list_tokens",
        says="List tokens, without their secrets", rights=ADMIN, run=_list, query=Paged,
        answer=list[reading.TokenRow],
    ),
    Route(
        method="POST", path="/v1/tokens", name="create_token", says="Let a program act",
        tells=_ONCE, rights=ADMIN, run=_create, body=shapes.TokenIn, status=201, also=(200,),
        answer=dict[str, Any], secret=True,
    ),
    Route(
        method="GET", path="/v1/tokens/{key}", name="show_token",
        says="Show a token, without its secret", rights=ADMIN, noun="token",
        run=lambda call: _shown(call, call.find("token")),
    ),
    Route(
        method="DELETE", path="/v1/tokens/{key}", name="revoke_token",
        says="End a token at once and for ever", rights=ADMIN, run=_revoke, noun="token",
        matches=True,
    ),
)  # fmt: skip
