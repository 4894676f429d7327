"""The command that shows records, of whatever noun."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cli.desk import Desk


def put_record(noun: str) -> Callable[["Desk", Namespace], None]:
    """Make the command that shows one record of a noun, or those named on standard input."""

    def show(desk: "Desk", args: Namespace) -> None:
        from cli.keys import typed
        from cli.show.around import around
        from cycle.reading.records import record

        keys = typed(args.key)
        with desk.reading() as reader:
            more: Any = {
                "today": desk.today(reader), "lang": desk.tongue.lang,
                "internal": desk.sees_internal(reader), "sight": desk.sight(reader),
            }  # fmt: skip
            found = [around(desk, reader, noun, record(reader, noun, key, **more)) for key in keys]
        put_all(desk, noun, found)

    return show


def put_all(desk: "Desk", noun: str, found: Sequence[Mapping[str, Any]]) -> None:
    """Write records one after the other; several in JSON are a list."""
    from cli.show.sheets import put

    if len(found) > 1 and desk.json:
        desk.put(json.dumps(found, ensure_ascii=False, indent=1))
        return
    if len(found) > 1 and desk.format in ("csv", "md"):
        from cli.show import rows

        flat = [{n: v for n, v in each.items() if not _nested(v)} for each in found]
        rows.put(desk, noun, flat, list(flat[0]))
        return
    for i, each in enumerate(found):
        if i and desk.format != "ndjson":
            desk.put("")
        put(desk, noun, each)


def _nested(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and any(isinstance(each, Mapping) for each in value)
    )
