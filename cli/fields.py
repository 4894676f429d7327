"""`cycle field`: fields of action, such as youth welfare or education."""

from cli.deeds import makes
from cli.flags import KEY
from cli.frame import Verb, arg, switch
from cli.lists import lists
from cli.records import put_record
from cycle.i18n import N_

VERBS = (
    Verb(
        "add", N_("add a field of action"), makes("towns.add_field", "field"),
        (
            arg("code", N_("its code, such as JUG"), metavar="CODE"),
            arg("name", N_("its name"), metavar="NAME"),
            switch("--youth-welfare", N_("the Jugendhilfeausschuss has its say in it")),
        ),
    ),
    Verb("list", N_("list fields of action"),
         lists("fields", "field", "code youth_welfare measures name")),
    Verb("show", N_("show one field of action"), put_record("field"), (KEY,)),
)  # fmt: skip
