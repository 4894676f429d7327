"""`cycle account`: who may do what."""

from cli import choices
from cli.deeds import changes, makes
from cli.flags import KEY
from cli.frame import Verb, arg, many, one_of
from cli.lists import lists
from cli.records import put_record
from cli.values import code
from cycle.i18n import N_

VERBS = (
    Verb(
        "add", N_("let someone act, in one or several roles"), makes("accounts.add", "account"),
        (
            arg("name", N_("login name; no person's name"), metavar="NAME"),
            many("--role", "roles", N_("planner, department_head, finance, …; may be repeated"),
                 code, choices=choices.ROLES, metavar="ROLE", required=True),
            many("--department", "departments", N_("code of a department it speaks for"),
                 metavar="CODE"),
            one_of("--kind", choices.ACCOUNTS, N_("person or service")),
        ),
    ),
    Verb("list", N_("list accounts"),
         lists("accounts", "account", "name roles departments disabled_at", guarded=True)),
    Verb("show", N_("show one account"), put_record("account"), (KEY,)),
    Verb("disable", N_("end what it may do; its deeds stay"),
         changes("accounts.disable", "account"), (KEY,)),
)  # fmt: skip
