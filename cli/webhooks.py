"""`cycle webhook`: who is told of events from outside, and what did not get there."""

import json
from argparse import Namespace
from typing import TYPE_CHECKING

from cli import choices
from cli.deeds import MADE, RECORDED, changes, from_input, report, said
from cli.desk import Desk
from cli.flags import KEY, required
from cli.frame import Verb, arg, many, one_of
from cli.lists import put_rows
from cli.values import whole
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.delivery.settings import Hooks
    from cycle.model.webhooks import Webhook
    from cycle.store.unit import Unit

NOT_TAKEN = 1  # exit code where a sample was not taken
_NAME = arg("name", N_("its name"), metavar="NAME")
_URL = arg("--url", N_("where to send: https://…"), metavar="URL")
_EYES = arg("--account", N_("with the eyes of this account"), metavar="ACCOUNT")
_TYPES = many("--type", "types", N_("only of this type, such as measure.*; may be repeated"),
              metavar="TYPE")  # fmt: skip


def _hooks(desk: Desk) -> "Hooks":
    from cycle.delivery.settings import read

    return read(desk.settings.tables.get("webhooks", {}))


def _secret(desk: Desk, says: str, name: str, secret: str) -> None:
    """Write the secret, alone, this one time."""
    desk.tell(says, key=name)
    desk.tell(N_("This is the secret that signs; it is shown this once."))
    desk.put(json.dumps({"name": name, "secret": secret}) if desk.json else secret)


def _add(desk: Desk, args: Namespace) -> None:
    words = said(args) | {"http": _hooks(desk).http}

    def deed(unit: "Unit") -> "tuple[Webhook, str]":
        from cycle.usecases import webhooks

        return webhooks.add(unit, words.pop("name"), **words)

    record, secret = desk.perform(deed)
    _secret(desk, MADE, record.name, secret)


def _edit(desk: Desk, args: Namespace) -> None:
    words = said(args) | {"http": _hooks(desk).http}

    def deed(unit: "Unit") -> "Webhook":
        from cycle.usecases import webhooks

        return webhooks.edit(unit, words.pop("key"), **words)

    report(desk, desk.perform(deed).name, None, RECORDED, makes=False)


def _rotate(desk: Desk, args: Namespace) -> None:
    words = said(args)

    def deed(unit: "Unit") -> "tuple[Webhook, str]":
        from cycle.usecases import webhooks

        return webhooks.rotate(unit, words.pop("key"), **words)

    record, secret = desk.perform(deed)
    _secret(desk, RECORDED, record.name, secret)


def _list(desk: Desk, args: Namespace) -> None:  # noqa: ARG001 - as every command
    from cycle.reading import webhooks

    with desk.reading() as reader:
        found = webhooks.listed(reader, sees_accounts=desk.sees_accounts(reader))
    put_rows(desk, "webhook", found, "name url account types waiting dead disabled_at")


def _show(desk: Desk, args: Namespace) -> None:
    from cli.show.sheets import put
    from cycle.reading import webhooks

    name = from_input() if args.key == "-" else args.key
    with desk.reading() as reader:
        found = webhooks.show(reader, name, sees_accounts=desk.sees_accounts(reader))
    put(desk, "webhook", found)


def _deliveries(desk: Desk, args: Namespace) -> None:
    from cycle.reading import webhooks

    with desk.reading() as reader:
        found = webhooks.deliveries(
            reader, args.key, args.delivery_state, sees_accounts=desk.sees_accounts(reader)
        )
    columns = "n type subject state attempts next_at last_status last_error"
    put_rows(desk, "delivery", found, columns)


def _replay(desk: Desk, args: Namespace) -> None:
    def deed(unit: "Unit") -> int:
        from cycle.usecases import webhooks

        return webhooks.replay(unit, args.key, args.n)

    count = desk.perform(deed)
    desk.tell(N_("Sent again: {count}. The server sends it."), count=count)
    if desk.json:
        desk.put(json.dumps({"key": args.key, "count": count}))


def _test(desk: Desk, args: Namespace) -> int:
    from cycle.delivery.calls import try_out

    with desk.reading() as reader:
        answer = try_out(reader, args.key, _hooks(desk), sees_accounts=desk.sees_accounts(reader))
    if answer.status is None:
        desk.tell(N_("{name} gave no answer; the log of the server tells more."), name=args.key)
    else:
        desk.tell(N_("{name} answered {status}."), name=args.key, status=answer.status)
    if desk.json:
        told = {"status": answer.status, "taken": answer.taken, "error": answer.error}
        desk.put(json.dumps({"name": args.key} | told))
    return 0 if answer.taken else NOT_TAKEN


VERBS = (
    Verb("add", N_("tell an address of what happens; prints the secret that signs, once"), _add,
         (_NAME, required(_URL), _EYES, _TYPES)),
    Verb("list", N_("list webhooks"), _list),
    Verb("show", N_("show one webhook"), _show, (KEY,)),
    Verb("edit", N_("send elsewhere, with other eyes, or what is of other types"), _edit,
         (KEY, _URL, _EYES, _TYPES)),
    Verb(
        "deliveries", N_("what is on its way, what arrived, what was given up"), _deliveries,
        (KEY, one_of("--state", choices.DELIVERIES, N_("only in this state"), metavar="STATE",
                     dest="delivery_state")),
    ),
    Verb("replay", N_("send again what was given up, or one event"), _replay,
         (KEY, arg("n", N_("number of the event; all that were given up where none is named"),
                   whole, nargs="?", metavar="N"))),
    Verb(
        "rotate", N_("sign with a new secret, which is printed once"), _rotate,
        (KEY, arg("--keep-hours", N_("the old one signs along for so many hours; 24"), whole,
                  metavar="N")),
    ),
    Verb("disable", N_("send it nothing more"), changes("webhooks.disable", "webhook"), (KEY,)),
    Verb("enable", N_("send to it again"), changes("webhooks.enable", "webhook"), (KEY,)),
    Verb("test", N_("send a signed sample at once and tell what came back"), _test, (KEY,)),
)  # fmt: skip
