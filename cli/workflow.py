"""`cycle workflow`: the steps of a measure or a round, drawn."""

import json
from argparse import Namespace

from cli.desk import Desk
from cli.frame import Verb, one_of
from cycle.i18n import N_

FORMATS = ("text", "mermaid", "dot", "json")


def _draw(desk: Desk, args: Namespace) -> None:
    from cycle.machine import drawing
    from cycle.machine.cycles import ROUNDS
    from cycle.machine.measures import MEASURES

    machine: drawing.AnyMachine = ROUNDS if args.machine in ("cycle", "round") else MEASURES
    wanted = "json" if desk.json else args.drawing
    if wanted == "json":
        text = json.dumps(drawing.as_dict(machine), ensure_ascii=False, indent=1)
    elif wanted in ("mermaid", "dot"):
        text = {"mermaid": drawing.as_mermaid, "dot": drawing.as_dot}[wanted](machine).rstrip("\n")
    else:
        text = drawing.as_text(machine, desk.tongue.lang).rstrip("\n")
    desk.put(text)


VERBS = (
    Verb(
        "", N_("draw the steps of a measure or a round"), _draw,
        (
            one_of("machine", ("measure", "cycle", "round"), N_("measure or cycle"), nargs="?",
                   default="measure", metavar="MACHINE"),
            one_of("--format", FORMATS, N_("text, mermaid, dot or json"), dest="drawing"),
        ),
    ),
)  # fmt: skip
