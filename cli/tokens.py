"""`cycle token`: keys by which programs act; the text of one is shown once and never again."""

import json
import re
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cli import choices
from cli.deeds import MADE, RECORDED, in_version, report, said
from cli.desk import Desk
from cli.flags import KEY
from cli.frame import Verb, arg, many, switch
from cli.keys import known
from cli.values import code, day
from cycle.i18n import N_, Tongue

if TYPE_CHECKING:
    from datetime import date

    from cycle.store.unit import Unit

_DAYS = re.compile(r"(\d{1,9})d", re.ASCII)
ONCE = N_("It is shown this once and ends {on}; keep it where only the program can read it.")


def lifetime(text: str, tongue: Tongue) -> "int | date":
    """Read 90d, or the last day."""
    found = _DAYS.fullmatch(text.strip())
    return int(found[1]) if found else day(text, tongue)


def _create(desk: Desk, args: Namespace) -> None:
    from cycle.reading.tokens import show
    from cycle.usecases import tokens

    def deed(unit: "Unit") -> tuple[str, Any]:
        record, text = tokens.create(unit, **said(args))
        return text, show(unit.reading(), record.name, sees_accounts=True)

    text, made = desk.perform(deed)
    desk.tell(MADE, key=made["name"])
    desk.tell(ONCE, on=_moment(made["expires_at"], desk.tongue))
    desk.put(json.dumps({**made, "token": text}, ensure_ascii=False) if desk.json else text)


def _moment(instant: str, tongue: Tongue) -> str:
    from datetime import datetime

    return tongue.moment(datetime.fromisoformat(instant))


def _list(desk: Desk, args: Namespace) -> None:  # noqa: ARG001 - as every command
    from cli.lists import put_rows
    from cycle.reading.tokens import listed

    with desk.reading() as reader:
        found = listed(reader, sees_accounts=desk.sees_accounts(reader))
    columns = "name account roles departments expires_at revoked_at last_used_at"
    put_rows(desk, "token", found, columns)


def _show(desk: Desk, args: Namespace) -> None:
    from cli.deeds import from_input
    from cli.show.sheets import put
    from cycle.reading.tokens import show

    key = from_input() if args.key == "-" else args.key
    with desk.reading() as reader:
        found = show(reader, key, sees_accounts=desk.sees_accounts(reader))
    put(desk, "token", found)


def _revoke(desk: Desk, args: Namespace) -> None:
    from cycle.reading.tokens import show
    from cycle.usecases import tokens

    def deed(unit: "Unit") -> tuple[str, Any]:
        key = known(unit, "token", args.key)
        with in_version(desk, unit, "token", key):
            tokens.revoke(unit, key)
        return key, show(unit.reading(), key, sees_accounts=True) if desk.json else None

    key, now = desk.perform(deed)
    report(desk, key, now, RECORDED, makes=False)


VERBS = (
    Verb(
        "create", N_("let a program act; prints the token, this once"), _create,
        (
            arg("--name", N_("what the program is called"), metavar="NAME", required=True),
            many("--role", "roles", N_("only in this role of the account; may be repeated"), code,
                 choices=choices.ROLES, metavar="ROLE"),
            many("--department", "departments",
                 N_("only for this department of the account; may be repeated"), metavar="CODE"),
            arg("--account", N_("the account it acts as; else a service of its own name"),
                metavar="ACCOUNT"),
            arg("--expires", N_("in how many days (90d) or on which day it ends; in 90 days where"
                                " none is given"), lifetime, metavar="TIME"),
            switch("--read-only", N_("may look, but change nothing")),
        ),
    ),
    Verb("list", N_("list tokens, without their secrets"), _list),
    Verb("show", N_("show one token, without its secret"), _show, (KEY,)),
    Verb("revoke", N_("end a token at once and for ever"), _revoke, (KEY,)),
)  # fmt: skip
