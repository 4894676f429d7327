"""Accounts: who may act, in which roles and for which departments; and who stands in for whom."""

from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import cut
from api.shapes import accounts as shapes
from api.shapes.base import Paged
from cycle.reading import accounts as reading
from cycle.reading import deputies as standing_in
from cycle.reading.deputies import DeputyRow
from cycle.reading.shapes import plain
from cycle.usecases import accounts, deputies

ADMIN = frozenset({"admin"})


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    return cut(call, reading.listed(call.reader), "name")


def _add(call: Call) -> Made:
    return new("accounts", "account", accounts.add(call.unit, **call.body.words()).name)


def _edit(call: Call) -> Made:
    return Made("account", accounts.edit(call.unit, call.key, **call.body.words()).name)


def _disable(call: Call) -> Made:
    return Made("account", accounts.disable(call.unit, call.key).name)


def _deputies(call: Call) -> Any:  # noqa: ANN401 - rows
    own = call.who.acts_for or call.who.account
    return standing_in.listed(call.reader, sees_accounts=call.sight.accounts, own=own)


def _appoint(call: Call) -> Made:
    words = call.body.words()
    deputies.appoint(call.unit, **words)
    shown = DeputyRow(**words, ended_on=None)
    return Made("", "", 201, shown=plain(shown), headers={"Location": "/v1/deputies"})


def _end(call: Call) -> Made:
    words = call.body.words()
    ended = deputies.end(call.unit, **words)
    shown = [DeputyRow(**words, from_day=d.from_day, to_day=d.to_day, ended_on=d.ended_on)
             for d in ended]  # fmt: skip
    return Made("", "", shown=plain(shown))


ROUTES = (
    Route(
        method="GET", path="/v1/accounts", name="list_accounts", says="List accounts",
        rights=ADMIN, run=_list, query=Paged, answer=list[reading.AccountRow],
    ),
    Route(
        method="POST", path="/v1/accounts", name="add_account", says="Let someone act",
        rights=ADMIN, run=_add, body=shapes.AccountIn, status=201, answer=reading.AccountRow,
    ),
    Route(
        method="GET", path="/v1/accounts/{key}", name="show_account", says="Show an account",
        rights=ADMIN, noun="account",
        run=lambda call: call.show("account", call.find("account")),
    ),
    Route(
        method="PATCH", path="/v1/accounts/{key}", name="edit_account",
        says="Give an account other roles or departments", rights=ADMIN, run=_edit,
        body=shapes.AccountPatch, noun="account", matches=True, example={"roles": ["planner"]},
    ),
    Route(
        method="DELETE", path="/v1/accounts/{key}", name="disable_account",
        says="End what an account may do; its deeds stay", rights=ADMIN, run=_disable,
        noun="account", matches=True,
    ),
    Route(
        method="GET", path="/v1/deputies", name="list_deputies",
        says="Who stands in for whom, and when", tells="All of them to admin, else one's own.",
        rights=EVERYONE, run=_deputies, answer=list[DeputyRow],
    ),
    Route(
        method="POST", path="/v1/deputies", name="appoint_deputy",
        says="Let an account act for another one for a time", rights=EVERYONE, run=_appoint,
        tells="By admin, or by the one that is to be acted for.", body=shapes.DeputyIn,
        status=201, answer=DeputyRow,
    ),
    Route(
        method="POST", path="/v1/deputies:end", name="end_deputy",
        says="End that an account acts for another one", rights=EVERYONE, run=_end,
        body=shapes.DeputyEndIn, answer=list[DeputyRow],
    ),
)  # fmt: skip
