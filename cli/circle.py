"""`cycle circle`: the steering circle as a drawing, and where it is broken."""

import json
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from cli.desk import Desk
from cli.flags import FILTERS, WATCH
from cli.frame import Verb
from cli.lists import filters_of, put_rows
from cycle.i18n import N_

Found = dict[str, Any]
_COLUMNS = "part name count"


def _circle(desk: Desk, args: Namespace) -> None:
    from cycle.reading.circle import circle

    with desk.reading() as reader:
        found = circle(
            reader, today=desk.now(reader), as_of=desk.as_of, lang=desk.tongue.lang,
            filters=filters_of(desk, reader, args), sight=desk.sight(reader),
        )  # fmt: skip
    if desk.json:
        desk.put(json.dumps(found, ensure_ascii=False, indent=1))
    elif desk.format in ("ndjson", "csv"):
        put_rows(desk, "circle", list(_rows(found)), _COLUMNS)
    else:
        _show(desk, found)


def _show(desk: Desk, found: Found) -> None:
    from cli.show.circle import NARROWEST, circle_text, named

    if desk.format is None and desk.look.width >= NARROWEST:
        desk.put(circle_text(desk, found))
    else:
        put_rows(desk, "circle", [named(desk, row) for row in _rows(found)], _COLUMNS)


def _rows(found: Found) -> Iterator[Found]:
    """Give every state and every open end as one row."""
    for each in found["stages"]:
        for state, count in each["states"].items():
            yield {"part": each["stage"], "to": None, "name": state, "count": count}
    for state, count in found["off"].items():
        yield {"part": "off", "to": None, "name": state, "count": count}
    for arrow in found["arrows"]:
        for end in arrow["ends"]:
            rule, count = end["rule"], end["count"]
            yield {"part": arrow["from"], "to": arrow["to"], "name": rule, "count": count}


VERBS = (
    Verb("", N_("the circle as a drawing: what stands where, and where it is broken"), _circle,
         (*FILTERS, WATCH)),
)  # fmt: skip
