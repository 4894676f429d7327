"""`cycle public`: show what is published to everyone, which two accounts open together."""

from argparse import Namespace
from typing import TYPE_CHECKING

from cli.deeds import said, use_case
from cli.desk import Desk
from cli.frame import Verb, arg
from cycle.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from cycle.reading.public_view import PublicState
    from cycle.store.unit import Unit

_SAYS = {
    "shut": N_("The public view is shut: nobody outside is shown anything."),
    "proposed": N_("It was proposed on {day} to open the public view; {role} has to confirm it."),
    "open": N_("The public view has been open since {day}."),
}


def _status(desk: Desk, args: Namespace) -> None:  # noqa: ARG001 - as every command
    from cycle.reading.public_view import state

    with desk.reading() as reader:
        _show(desk, state(reader))


def _does(name: str) -> "Callable[[Desk, Namespace], None]":
    """Make the command of one deed; it shows where the public view stands then."""

    def run(desk: Desk, args: Namespace) -> None:
        from cycle.reading.public_view import state

        def deed(unit: "Unit") -> "PublicState":
            use_case(f"public_view.{name}")(unit, **said(args))
            return state(unit.reading())

        _show(desk, desk.perform(deed))

    return run


def _show(desk: Desk, found: "PublicState") -> None:
    from cycle.machine.words import name
    from cycle.reading.shapes import plain

    if desk.format in ("json", "ndjson", "csv"):
        from cli.show.facts import put

        put(desk, plain(found))
        return
    stands = "open" if found.open else "proposed" if found.proposed_on else "shut"
    role = name("role", found.waits_for, desk.tongue.lang) if found.waits_for else ""
    desk.put(desk.say(_SAYS[stands], day=found.opened_on or found.proposed_on, role=role))


VERBS = (
    Verb("status", N_("tell whether the public view is open"), _status),
    Verb("propose", N_("propose to open it, as system administration or steering"),
         _does("propose_open")),
    Verb("confirm", N_("open it, as the other of the two and by another account"),
         _does("confirm_open")),
    Verb("close", N_("shut it at once, or take a proposal off the table"), _does("close"),
         (arg("--reason", N_("why"), metavar="TEXT"),)),
)  # fmt: skip
