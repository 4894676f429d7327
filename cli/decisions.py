"""`cycle decision`: what bodies and offices decided, and the papers that never came back."""

from argparse import Namespace

from cli import choices
from cli.deeds import changes, makes, said
from cli.desk import Desk
from cli.flags import AS_OF, KEY, TEXT, required
from cli.frame import Verb, arg, many, one_of, switch
from cli.lists import lists, put_rows
from cli.moves import MINUTES
from cli.records import put_record
from cli.values import code, day, pair
from cycle.i18n import N_

_ADD, _CORRECT = makes("decisions.add", "decision"), makes("decisions.correct", "decision")


def _add(desk: Desk, args: Namespace) -> None:
    """Record a decision; its conditions share the day they are due."""
    words = said(args)
    due, told = words.pop("due", None), words.pop("conditions", ())
    if told:
        words["conditions"] = tuple((name.replace("-", "_"), text, due) for name, text in told)
    if "kind" not in words and "document" in words and "paper" not in words:
        words["kind"] = "administrative"
    (_CORRECT if "key" in words else _ADD).do(desk, words)


def _open(desk: Desk, args: Namespace) -> None:
    from cycle.reading import decisions

    with desk.reading() as reader:
        found = decisions.open_(
            reader, today=desk.today(reader), body=args.body,
            sees_internal=desk.sees_internal(reader),
        )  # fmt: skip
    put_rows(desk, "decision", found, "paper body on outcome days name")


def _to_confirm(desk: Desk, args: Namespace) -> None:  # noqa: ARG001 - as every command
    from cycle.reading import terms

    with desk.reading() as reader:
        found = terms.to_confirm(
            reader, today=desk.today(reader), sees_internal=desk.sees_internal(reader)
        )
    put_rows(desk, "decision", found, "key decided_on body paper measures term")


_MORE = (
    TEXT,
    arg("--changed-text", N_("the text as it was changed"), metavar="TEXT"),
    many("--condition", "conditions", N_("budget_reservation, report_due or other, with its text"),
         pair, metavar="NAME=TEXT"),
    arg("--due", N_("the day the conditions are due"), day, metavar="DATE"),
    switch("--early-start", N_("it may begin before the decision")),
    one_of("--role", choices.of("consultation"), N_("deciding, hearing, preparatory, …")),
)  # fmt: skip
_SUBJECTS = (
    many("--measure", "measures", N_("key of a measure it is about"), metavar="MEASURE"),
    many("--goal", "goals", N_("key of a goal it is about"), metavar="GOAL"),
    many("--report", "reports", N_("key of a report it is about"), metavar="REPORT"),
    many("--cycle", "cycles", N_("key of a round it is about"), metavar="ROUND"),
    arg("--repeals", N_("key of the decision it repeals"), metavar="DECISION"),
)
_ADDED = tuple(required(a) if a.dest in ("on", "result") else a for a in MINUTES)
VERBS = (
    Verb("add", N_("record a decision; its key is printed"), _add, (*_ADDED, *_SUBJECTS, *_MORE)),
    Verb(
        "correct", N_("record it anew; the wrong one stays to be seen"), _add,
        (
            KEY, required(arg("--reason", N_("what was wrong"), metavar="TEXT")),
            *MINUTES, *_SUBJECTS, *_MORE,
        ),
    ),
    Verb(
        "confirm", N_("confirm the text that was adopted with changes"),
        changes("decisions.confirm", "decision"), (KEY, TEXT),
    ),
    Verb(
        "meet", N_("note how a condition was met"),
        changes("decisions.meet_condition", "decision"),
        (
            KEY,
            arg("code", N_("budget_reservation, report_due or other"), code,
                choices=choices.CONDITIONS, metavar="CONDITION"),
            arg("note", N_("how it was met"), metavar="TEXT"),
            arg("--text", N_("which one, where several are alike"), metavar="TEXT"),
        ),
    ),
    Verb(
        "open", N_("papers decided on, referred or noted that never came back"), _open,
        (arg("--body", N_("only of this body"), metavar="BODY"), AS_OF),
    ),
    Verb(
        "term", N_("record that a council was elected; decisions stay valid"),
        makes("terms.begin", "term"),
        (
            required(arg("--elected", N_("the day of the election"), day, dest="elected_on",
                         metavar="DATE")),
            required(arg("--name", N_("name of the term, such as 2026–2031"), metavar="TEXT")),
        ),
    ),
    Verb(
        "to-confirm", N_("decisions of earlier councils that bind measures under way"),
        _to_confirm,
    ),
    Verb(
        "confirm-term", N_("record that the new council confirmed a decision"),
        changes("terms.confirm", "decision"),
        (KEY, arg("--note", N_("how it was confirmed"), metavar="TEXT")),
    ),
    Verb(
        "list", N_("list decisions"),
        lists("decisions", "decision", "key decided_on body result paper measures", "measure",
              sighted=True),
        (arg("--measure", N_("only on this measure"), metavar="MEASURE"), AS_OF),
    ),
    Verb("show", N_("show one decision"), put_record("decision"), (KEY, AS_OF)),
)  # fmt: skip
