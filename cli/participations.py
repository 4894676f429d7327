"""`cycle participation`: how people were involved, in counts only."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cli import choices
from cli.deeds import perform, said
from cli.desk import Desk
from cli.flags import AREAS, required
from cli.frame import Verb, arg, many, one_of
from cli.values import code, day, whole
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit

_SUBJECTS = {"G": "goal", "Z": "cycle"}  # first letter of the key; else a measure


def _add(desk: Desk, args: Namespace) -> None:
    noun = {"goal": "goal", "cycle": "round"}.get(_subject(args.key), "measure")

    def deed(unit: "Unit", key: str, **words: Any) -> Any:  # noqa: ANN401 - the use case's own
        from cycle.usecases import participations

        return participations.add(unit, **{_subject(key): key, **words})

    perform(desk, deed, noun, said(args))


def _subject(key: str) -> str:
    return _SUBJECTS.get(key[:1].upper() if "-" in key else "", "measure")


VERBS = (
    Verb(
        "add", N_("record how people were involved"), _add,
        (
            arg("key", N_("key of the measure, the goal or the round"), metavar="KEY"),
            required(one_of("--format", choices.of("participation_format"), N_("how it was done"))),
            required(one_of("--level", choices.of("influence"), N_("how much it could change"))),
            many("--group", "groups", N_("who took part: residents, target_group, youth, …"), code,
                 choices=choices.of("group"), metavar="GROUP", default=[]),
            arg("--summary", N_("what came of it"), metavar="TEXT", default=""),
            arg("--effect", N_("what was changed by it, or why nothing was"), metavar="TEXT"),
            arg("--from", N_("the first day"), day, dest="held_from", metavar="DATE"),
            arg("--to", N_("the last day"), day, dest="held_to", metavar="DATE"),
            arg("--invited", N_("how many were asked"), whole, metavar="N"),
            arg("--participants", N_("how many took part"), whole, metavar="N"),
            AREAS,
        ),
    ),
)  # fmt: skip
