"""`cycle account`: who may do what, and who stands in for whom."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cli import choices
from cli.deeds import RECORDED, changes, makes, perform, report, said
from cli.desk import Desk
from cli.flags import KEY
from cli.frame import Arg, Verb, arg, many, one_of, switch
from cli.keys import known
from cli.lists import lists
from cli.records import put_record
from cli.values import code, day
from cycle.errors import Invalid
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit

_ROLE = N_("planner, department_head, finance, …; may be repeated")
_DEPARTMENTS = many(
    "--department", "departments", N_("code of a department it speaks for"), metavar="CODE"
)
_FOR = arg(
    "--for", N_("the account it acts for"), metavar="ACCOUNT", dest="for_account", required=True
)


def _roles(**more: Any) -> Arg:  # noqa: ANN401 - what argparse takes
    return many("--role", "roles", _ROLE, code, choices=choices.ROLES, metavar="ROLE", **more)


def _edit(desk: Desk, args: Namespace) -> None:
    from cycle.usecases import accounts

    words = said(args)
    if words.pop("no_departments", None):
        words["departments"] = ()
    perform(desk, accounts.edit, "account", words)


def _deputy(desk: Desk, args: Namespace) -> None:
    from cycle.usecases import deputies

    def deed(unit: "Unit") -> tuple[str, Any]:
        key, other = known(unit, "account", args.key), known(unit, "account", args.for_account)
        made = deputies.appoint(
            unit, key, for_account=other, from_day=args.from_day, to_day=args.to_day
        )
        return key, _pair(key, other, made)

    key, made = desk.perform(deed)
    report(desk, key, made, RECORDED, makes=False)


def _end_deputy(desk: Desk, args: Namespace) -> None:
    from cycle.usecases import deputies

    def deed(unit: "Unit") -> tuple[str, Any]:
        key, other = known(unit, "account", args.key), known(unit, "account", args.for_account)
        ended = deputies.end(unit, key, for_account=other)
        return key, [_pair(key, other, each) for each in ended]

    key, ended = desk.perform(deed)
    report(desk, key, ended, RECORDED, makes=False)


def _pair(name: str, other: str, record: Any) -> Any:  # noqa: ANN401 - a record, and JSON
    from cycle.reading.deputies import DeputyRow
    from cycle.reading.shapes import plain

    return plain(DeputyRow(name, other, record.from_day, record.to_day, record.ended_on))


def _deputies(desk: Desk, args: Namespace) -> None:  # noqa: ARG001 - as every command
    from cli.lists import put_rows
    from cycle.reading.deputies import listed

    with desk.reading() as reader:
        found = listed(reader, sees_accounts=desk.sees_accounts(reader), own=desk.settings.actor)
    put_rows(desk, "deputy", found, "account for_account from_day to_day ended_on")


def _password(desk: Desk, args: Namespace) -> None:
    """Take a password typed twice unseen, or from standard input; never as a word."""
    from cycle.usecases import passwords

    password = _piped() if args.stdin else _typed(desk)

    def deed(unit: "Unit") -> str:
        key = known(unit, "account", args.key)
        passwords.set_password(unit, key, password)
        return key

    key = desk.perform(deed)
    desk.tell(N_("{key} signs in with the new password from now on; its sessions have ended."),
              key=key)  # fmt: skip


def _piped() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _typed(desk: Desk) -> str:
    from getpass import getpass

    if not sys.stdin.isatty():  # what is written there is read when somebody says so
        raise Invalid(
            N_("Nobody is there to type the password."),
            fix=N_("Write it to standard input, and say so with --stdin."),
        )
    asked, again = desk.say("New password:"), desk.say("Once more:")
    first = getpass(f"{asked} ")
    if getpass(f"{again} ") != first:
        raise Invalid(N_("The two are not the same; nothing was changed."), fix=N_("Try again."))
    return first


VERBS = (
    Verb(
        "add", N_("let someone act, in one or several roles"), makes("accounts.add", "account"),
        (
            arg("name", N_("login name; no person's name"), metavar="NAME"),
            _roles(required=True),
            _DEPARTMENTS,
            one_of("--kind", choices.ACCOUNTS, N_("person or service")),
        ),
    ),
    Verb(
        "edit", N_("give it other roles, other departments, or both"), _edit,
        (
            KEY,
            _roles(),
            _DEPARTMENTS,
            switch("--no-departments", N_("it speaks for no department any more")),
        ),
    ),
    Verb("list", N_("list accounts"),
         lists("accounts", "account", "name roles departments disabled_at", guarded=True)),
    Verb("show", N_("show one account"), put_record("account"), (KEY,)),
    Verb("password", N_("set the password it signs in with at the web pages"), _password,
         (KEY, switch("--stdin", N_("read it from standard input, one line")))),
    Verb("disable", N_("end what it may do; its deeds stay"),
         changes("accounts.disable", "account"), (KEY,)),
    Verb(
        "deputy", N_("let it act for another account for a time"), _deputy,
        (
            KEY,
            _FOR,
            arg("--from", N_("the first day"), day, metavar="DATE", dest="from_day",
                required=True),
            arg("--to", N_("the last day"), day, metavar="DATE", dest="to_day", required=True),
        ),
    ),
    Verb("deputies", N_("list who stands in for whom, and when"), _deputies),
    Verb("end-deputy", N_("end that it acts for another account"), _end_deputy, (KEY, _FOR)),
)  # fmt: skip
