"""`cycle paper`: papers and the bodies they pass."""

from cli import choices
from cli.deeds import changes, makes
from cli.flags import ON, required
from cli.frame import Verb, arg, many, one_of, switch
from cli.lists import lists
from cli.records import put_record
from cli.values import day, whole
from cycle.i18n import N_

_NUMBER = arg("key", N_("its number, such as 2019/0383"), metavar="NUMBER")
VERBS = (
    Verb(
        "add", N_("write down a paper"), makes("papers.add", "paper"),
        (
            arg("ref", N_("its number, such as 2019/0383"), metavar="NUMBER"),
            arg("name", N_("its title"), metavar="TITLE"),
            arg("--type", N_("what kind of paper it is"), dest="paper_type", metavar="TEXT"),
            arg("--dated", N_("the day it is of"), day, metavar="DATE"),
            switch("--public", N_("everyone may see it")),
            arg("--url", N_("where it can be read"), metavar="URL"),
        ),
    ),
    Verb(
        "list", N_("list papers"),
        lists("papers", "paper", "ref date name", "body", "search", guarded=True),
        (
            arg("--body", N_("only of this body"), metavar="BODY"),
            arg("--search", N_("only with this word in the title"), metavar="WORD"),
        ),
    ),
    Verb("show", N_("show one paper and the bodies it passed"), put_record("paper"), (_NUMBER,)),
    Verb(
        "consult", N_("put it on the agenda of a body, or record what came of it"),
        changes("agendas.consult", "paper"),
        (
            _NUMBER, required(arg("--body", N_("short name of the body"), metavar="BODY")), ON,
            one_of("--role", choices.of("consultation"), N_("deciding, preparatory, hearing, …")),
            one_of("--outcome", choices.of("outcome"), N_("what came of it")),
            one_of("--majority", choices.MAJORITIES, N_("unanimous or majority")),
            arg("--result-text", N_("the result in the body's own words"), metavar="TEXT"),
            arg("--order-no", N_("its place on the agenda"), whole, metavar="N"),
            many("--measure", "measures", N_("key of a measure it asks to decide on"),
                 metavar="MEASURE"),
            switch("--public", N_("everyone may see it")),
        ),
    ),
)  # fmt: skip
