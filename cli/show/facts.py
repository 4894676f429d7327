"""What is no list, for programs: JSON as a whole, or CSV with every fact behind its place."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.desk import Desk


def put(desk: "Desk", found: object) -> None:
    """Write it in the format that was asked for, a line for NDJSON."""
    if desk.format == "csv":
        desk.put(_csv(found))
    else:
        desk.put(json.dumps(found, ensure_ascii=False, indent=1 if desk.json else None))


def _csv(found: object) -> str:
    import csv
    import io

    from cycle.exchange.sheets import safe

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("name", "value"))
    for name, value in _facts("", found):
        writer.writerow((name, safe(value) if isinstance(value, str) else value))
    return out.getvalue().rstrip("\n")


def _facts(place: str, value: object) -> Iterator[tuple[str, object]]:
    """Give every fact with its place, such as states.draft."""
    inside: Iterator[tuple[object, object]]
    if isinstance(value, Mapping):
        inside = iter(value.items())
    elif isinstance(value, (list, tuple)):
        inside = iter(enumerate(value))
    else:
        yield place, str(value).lower() if isinstance(value, bool) else value
        return
    for name, each in inside:
        yield from _facts(f"{place}.{name}".lstrip("."), each)
