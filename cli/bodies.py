"""`cycle body`: councils, committees and steering groups."""

from cli import choices
from cli.deeds import makes
from cli.flags import KEY
from cli.frame import Verb, arg, one_of
from cli.lists import lists
from cli.records import put_record
from cycle.i18n import N_

VERBS = (
    Verb(
        "add", N_("add a body"), makes("bodies.add", "body"),
        (
            arg("short_name", N_("what people call it, such as JHA"), metavar="SHORT_NAME"),
            arg("name", N_("its full name"), metavar="NAME"),
            one_of("--kind", choices.of("body"), N_("council, committee, …")),
        ),
    ),
    Verb("list", N_("list bodies"),
         lists("bodies", "body", "short_name kind papers last_meeting name", guarded=True)),
    Verb("show", N_("show one body"), put_record("body"), (KEY,)),
)  # fmt: skip
