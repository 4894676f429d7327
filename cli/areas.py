"""`cycle area`: the areas a town plans in."""

from argparse import Namespace

from cli import choices
from cli.deeds import makes
from cli.desk import Desk
from cli.flags import KEY, required
from cli.frame import Verb, arg, one_of, switch
from cli.lists import put_rows
from cli.records import put_record
from cli.values import day, whole
from cycle.i18n import N_

_CODE = arg("code", N_("its code"), metavar="CODE")
_NAME = arg("name", N_("its name"), metavar="NAME")
_FROM = arg("--valid-from", N_("the first day it is valid"), day, metavar="DATE")
_TO = arg("--valid-to", N_("the last day it is valid"), day, metavar="DATE")


def _list(desk: Desk, args: Namespace) -> None:
    from cycle.reading import areas

    with desk.reading() as reader:
        found = areas.listed(reader, today=None if args.all else desk.today(reader))
    put_rows(desk, "area", found, "code name scheme level parent")


VERBS = (
    Verb(
        "add", N_("add an area"), makes("areas.add", "area"),
        (
            _CODE, _NAME, arg("--scheme", N_("code of the division"), metavar="CODE"),
            arg("--level", N_("0 is the whole town"), whole, metavar="N"),
            arg("--parent", N_("code of the area above it"), metavar="CODE"), _FROM, _TO,
        ),
    ),
    Verb(
        "scheme", N_("add a division of the town into areas"),
        makes("areas.add_scheme", "scheme"),
        (
            _CODE, _NAME, required(_FROM), _TO,
            one_of("--purpose", choices.SCHEMES, N_("planning, administrative, …")),
        ),
    ),
    Verb("list", N_("list the areas that are valid"), _list,
         (switch("--all", N_("former and future ones too")),)),
    Verb("show", N_("show one area"), put_record("area"), (KEY,)),
)  # fmt: skip
