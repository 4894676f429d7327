"""`cycle template`: empty forms for what can be imported."""

import sys
from argparse import Namespace

from cli.desk import Desk
from cli.frame import Verb, arg, one_of
from cycle.errors import Invalid
from cycle.i18n import N_


def _table(desk: Desk, args: Namespace) -> None:
    from cycle.exchange.templates import template, template_workbook

    if args.form != "xlsx":
        desk.put(template(args.kind).rstrip("\n"))
        return
    made = template_workbook(args.kind, desk.tongue)
    if desk.look.terminal:
        raise Invalid(
            N_("A workbook is nothing to read on a screen."),
            fix=N_("Write it into a file: `cycle template {kind} --format xlsx > {kind}.xlsx`."),
            kind=args.kind,
        )
    sys.stdout.buffer.write(made)


def _mapping(desk: Desk, args: Namespace) -> None:
    from cycle.exchange.templates import mapping_template

    desk.put(mapping_template(args.kind).rstrip("\n"))


VERBS = (
    Verb(
        "", N_("print the heading of an empty table"), _table,
        (
            arg("kind", N_("what is to be imported, such as measures"), metavar="KIND"),
            one_of("--format", ("csv", "xlsx"),
                   N_("csv, or xlsx for a workbook: `… --format xlsx > measures.xlsx`"),
                   dest="form"),
        ),
    ),
    Verb(
        "mapping", N_("print a map: how a file's columns and words are called"), _mapping,
        (arg("kind", N_("what is to be imported; measures if not told"), nargs="?",
             default="measures", metavar="KIND"),),
    ),
)  # fmt: skip
