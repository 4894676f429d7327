"""`cycle agenda`: the next sittings, what is ready for them, and what is not and why."""

import json
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from cli.desk import Desk
from cli.flags import AS_OF, WATCH
from cli.frame import Verb, arg
from cli.lists import put_rows
from cli.values import day
from cycle.i18n import N_

Found = dict[str, Any]
_COLUMNS = "on body key lead ready paper next_step because"


def _agenda(desk: Desk, args: Namespace) -> None:
    from cycle.reading.agenda import agenda
    from cycle.reading.shapes import plain

    with desk.reading() as reader:
        found = plain(agenda(
            reader, today=desk.today(reader), lang=desk.tongue.lang, body=args.body,
            until=args.until, sees_internal=desk.sees_internal(reader),
            sight=desk.sight(reader),
        ))  # fmt: skip
    if desk.json:
        desk.put(json.dumps(found, ensure_ascii=False, indent=1))
    elif desk.format == "ndjson":
        for each in found:
            desk.put(json.dumps(each, ensure_ascii=False))
    elif desk.format in ("csv", "md"):
        put_rows(desk, "agenda", list(_waiting(found)), _COLUMNS)
    else:
        from cli.show.agenda import agenda_text

        desk.put(desk.look.paint(agenda_text(desk, found)))


def _waiting(found: list[Found]) -> Iterator[Found]:
    """Give every measure that waits for a sitting as one row."""
    for meeting in found:
        for each in (*meeting["ready"], *meeting["not_ready"]):
            told = {name: each[name] for name in ("key", "title", "state", "lead")}
            ready, why = not each["because"], [reason["says"] for reason in each["because"]]
            yield {
                "on": meeting["on"], "body": meeting["body"], **told, "ready": ready,
                "paper": each["paper"], "next_step": each["next_step"], "because": " ".join(why),
            }  # fmt: skip


VERBS = (
    Verb(
        "", N_("the next sittings: what is ready for them, what is not, and why"), _agenda,
        (
            arg("--body", N_("only of this body"), metavar="BODY"),
            arg("--until", N_("only until this day"), day, metavar="DATE"),
            AS_OF, WATCH,
        ),
    ),
)  # fmt: skip
