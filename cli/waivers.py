"""`cycle waiver`: exceptions from one condition, with a reason that stays to be seen."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cli.deeds import perform, said
from cli.desk import Desk
from cli.flags import DECISION, REASON, required
from cli.frame import Verb, arg
from cli.lists import lists
from cli.values import code
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit


def _grant(desk: Desk, args: Namespace) -> None:
    def deed(unit: "Unit", key: str, **words: Any) -> Any:  # noqa: ANN401 - the use case's own
        from cycle.usecases import waivers

        return waivers.grant(unit, key, **words)

    noun = "round" if args.key[:2].upper() == "Z-" else "measure"
    perform(desk, deed, noun, said(args))


VERBS = (
    Verb(
        "grant", N_("make an exception for the next step"), _grant,
        (
            arg("key", N_("key of the measure or the round"), metavar="KEY"),
            arg("guard", N_("the condition, as the refusal names it with --json"), code,
                metavar="CONDITION"),
            required(REASON),
            DECISION,
            arg("--second", N_("the second account, where two are needed"), metavar="ACCOUNT"),
        ),
    ),
    Verb(
        "list", N_("list exceptions"),
        lists("waivers", "waiver", "key guard reason granted_on used_on", "key",
              guarded=True),
        (arg("key", N_("only of this measure or round"), nargs="?", metavar="KEY"),),
    ),
)  # fmt: skip
