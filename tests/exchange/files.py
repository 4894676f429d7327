"""Small invented files, and the words a test asks an import with."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cycle.exchange import imports
from cycle.exchange.outcome import Outcome
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import lookup

DAY = date(2026, 11, 22)


def a_file(text: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    """Write a file into the empty folder every test stands in."""
    path = Path(name)
    path.write_bytes(text.encode(encoding))
    return path


def a_map(text: str) -> Path:
    return a_file(text, "map.toml")


def brought(store: Store, kind: str, text: str, **asked: Any) -> Outcome:  # noqa: ANN401 - the words of `run`
    """Import a file of this text."""
    return imports.run(store, kind, a_file(text), **asked)


def marks(outcome: Outcome) -> tuple[int, int, int, int]:
    return (
        outcome.rows_new, outcome.rows_changed, outcome.rows_same, outcome.rows_skipped,
    )  # fmt: skip


def faults(outcome: Outcome) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in outcome.faults]


def count(store: Store, model: type[Any]) -> int:
    with store.unit() as unit:
        return len(lookup.every(unit, model))


def events(unit: Unit) -> int:
    return int(unit.reading().value("SELECT count(*) FROM event WHERE municipality_id = :m"))


def journal(store: Store) -> int:
    """Count what the journal tells: an import that changes nothing adds nothing."""
    with store.unit() as unit:
        return events(unit)


RIS = "https://ris.saalestadt.example/oparl"


def an_organization(no: int, name: str, short: str = "", **more: object) -> dict[str, Any]:
    return {"id": f"{RIS}/organization/{no}", "name": name, "shortName": short, **more}


def a_meeting(
    no: int, body: int, start: str, items: Sequence[dict[str, Any]] = (), **more: object
) -> dict[str, Any]:
    return {
        "id": f"{RIS}/meeting/{no}",
        "organization": [f"{RIS}/organization/{body}"],
        "start": start,
        "agendaItem": list(items),
        **more,
    }


def an_item(no: int, result: str | None = None, *, public: bool | None = True) -> dict[str, Any]:
    item: dict[str, Any] = {"id": f"{RIS}/agendaitem/{no}"}
    if result is not None:
        item["result"] = result
    if public is not None:
        item["public"] = public
    return item


def a_sitting(
    no: int,
    body: int | None = None,
    role: str = "Entscheidung",
    meeting: int | None = None,
    item: int | None = None,
    **more: object,
) -> dict[str, Any]:
    found: dict[str, Any] = {"id": f"{RIS}/consultation/{no}", "role": role, **more}
    if body is not None:
        found["organization"] = [f"{RIS}/organization/{body}"]
    if meeting is not None:
        found["meeting"] = f"{RIS}/meeting/{meeting}"
    if item is not None:
        found["agendaItem"] = f"{RIS}/agendaitem/{item}"
    return found


def a_paper(
    no: int, reference: str, /, *sittings: dict[str, Any], **more: object
) -> dict[str, Any]:
    return {
        "id": f"{RIS}/paper/{no}",
        "reference": reference,
        "name": f"Vorlage {reference}",
        "paperType": "Beschlussvorlage",
        "date": "2026-02-20",
        "consultation": list(sittings),
        **more,
    }


def a_folder(
    organizations: Sequence[Any] = (), meetings: Sequence[Any] = (), papers: Sequence[Any] = ()
) -> Path:
    """Write a folder of OParl lists."""
    folder = Path("oparl")
    folder.mkdir(exist_ok=True)
    lists = {"organizations": organizations, "meetings": meetings, "papers": papers}
    for name, entries in lists.items():
        a_file(json.dumps({"data": list(entries)}), f"oparl/{name}.json")
    return folder
