"""`cycle template`: empty forms for what can be imported."""

from argparse import Namespace

from cli.desk import Desk
from cli.frame import Verb, arg
from cycle.i18n import N_


def _table(desk: Desk, args: Namespace) -> None:
    from cycle.exchange.templates import template

    desk.put(template(args.kind).rstrip("\n"))


def _mapping(desk: Desk, args: Namespace) -> None:
    from cycle.exchange.templates import mapping_template

    desk.put(mapping_template(args.kind).rstrip("\n"))


VERBS = (
    Verb(
        "", N_("print the heading of an empty table"), _table,
        (arg("kind", N_("what is to be imported, such as measures"), metavar="KIND"),),
    ),
    Verb(
        "mapping", N_("print a map: how a file's columns and words are called"), _mapping,
        (arg("kind", N_("what is to be imported; measures if not told"), nargs="?",
             default="measures", metavar="KIND"),),
    ),
)  # fmt: skip
