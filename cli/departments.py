"""`cycle department`: who answers for measures: departments, providers, authorities."""

from cli import choices
from cli.deeds import makes
from cli.flags import KEY
from cli.frame import Verb, arg, one_of
from cli.lists import lists
from cli.records import put_record
from cli.values import day
from cycle.i18n import N_

VERBS = (
    Verb(
        "add", N_("add a department, a provider or an authority"),
        makes("towns.add_department", "department"),
        (
            arg("code", N_("its code, such as 51"), metavar="CODE"),
            arg("name", N_("its name; never a person's"), metavar="NAME"),
            one_of("--kind", choices.of("unit"), N_("department, independent_provider, …")),
            arg("--parent", N_("code of the unit above it"), metavar="CODE"),
            arg("--active-from", N_("its first day"), day, metavar="DATE"),
        ),
    ),
    Verb("list", N_("list departments"),
         lists("departments", "department", "code kind measures name")),
    Verb("show", N_("show one department"), put_record("department"), (KEY,)),
)  # fmt: skip
