"""`cycle finding`: what a report says, and how it is answered."""

from argparse import ArgumentTypeError

from cli import choices
from cli.deeds import changes, edits, makes
from cli.flags import AREAS, AS_OF, FIELDS, KEY, OPEN, ROUND, required
from cli.frame import Verb, arg, many, one_of
from cli.lists import lists
from cli.records import put_record
from cli.values import day
from cycle.i18n import N_, Tongue


def cited(text: str, tongue: Tongue) -> tuple[str, str, object]:
    """Read INDICATOR:AREA:DATE, the observation a finding cites."""
    parts = text.split(":")
    if len(parts) != 3 or not all(part.strip() for part in parts):  # noqa: PLR2004 - as written
        says = N_("{text} names no observation; write INDICATOR:AREA:DATE.")
        raise ArgumentTypeError(tongue.say(says, text=text))
    return parts[0].strip(), parts[1].strip(), day(parts[2], tongue)


_KIND = one_of("--kind", choices.of("finding_kind"), N_("need, stock, living_situation, …"))
_MORE = (
    one_of("--severity", choices.of("severity"), N_("info, watch or act")),
    arg("--source", N_("what it rests on, where no value is cited"), metavar="TEXT"),
    AREAS, FIELDS,
    many("--observation", "observations", N_("the value it cites; may be repeated"), cited,
         metavar="INDICATOR:AREA:DATE"),
)  # fmt: skip
_EDITED = (arg("--text", N_("the finding in words"), metavar="TEXT"), _KIND, *_MORE)
VERBS = (
    Verb(
        "add", N_("write down a finding; its key is printed"), makes("findings.add", "finding"),
        (
            arg("text", N_("the finding in words"), metavar="TEXT"),
            required(arg("--report", N_("key of the report"), metavar="REPORT")), _KIND, *_MORE,
        ),
    ),
    Verb(
        "list", N_("list findings"),
        lists("findings", "finding", "key severity response areas text", "cycle", "area", "field",
              "open_only"),
        (
            ROUND, arg("--area", N_("only in this area"), metavar="CODE"),
            arg("--field", N_("only of this field of action"), metavar="CODE"), OPEN, AS_OF,
        ),
    ),
    Verb("show", N_("show one finding"), put_record("finding"), (KEY, AS_OF)),
    Verb(
        "edit", N_("write down more about a finding; without flags in your editor"),
        edits("findings.edit", "finding", _EDITED), (KEY, *_EDITED),
    ),
    Verb(
        "respond", N_("answer it by a goal, or say why nothing is done"),
        changes("findings.respond", "finding"),
        (
            KEY,
            required(one_of("--response", choices.RESPONSES,
                            N_("goal, no_action or deferred_to_next_round"))),
            arg("--reason", N_("the reason, in words"), metavar="TEXT"),
            arg("--goal", N_("key of the goal that answers it"), metavar="GOAL"),
        ),
    ),
    Verb(
        "acknowledge", N_("take note of a result of the last round"),
        changes("findings.acknowledge", "finding"), (KEY,),
    ),
)  # fmt: skip
