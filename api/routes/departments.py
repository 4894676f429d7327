"""Departments, providers and authorities, and the fields of action."""

from typing import Any

from api.addresses import new
from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.paging import cut
from api.shapes import areas as shapes
from api.shapes.base import Past
from api.shapes.papers import Listed
from cycle.reading import departments as reading
from cycle.reading import fields
from cycle.reading.shapes import plain
from cycle.usecases import departments, towns

PLANNER = frozenset({"planner"})
KEEPERS = frozenset({"planner", "admin"})


def _list(call: Call) -> Any:  # noqa: ANN401 - rows
    return cut(call, reading.listed(call.reader), "code")


def _add(call: Call) -> Made:
    return new("departments", "department", towns.add_department(
        call.unit, **call.body.words()).code)  # fmt: skip


def _dissolve(call: Call) -> Made:
    words = call.body.words()
    departments.dissolve(call.unit, call.key, **words)
    left = reading.open_items(call.at(), call.key, today=call.today)
    more = {"open_items": plain(left)}
    return Made("department", call.key, more=more, undo=words.get("dry_run", False))


def _hand_over(call: Call) -> Made:
    passed = departments.hand_over(call.unit, call.key, **call.body.words())
    return Made("department", call.key, more={"handed_over": plain(passed)})


def _fields(call: Call) -> Any:  # noqa: ANN401 - rows
    return cut(call, fields.listed(call.reader), "code")


def _add_field(call: Call) -> Made:
    return new("fields", "field", towns.add_field(call.unit, **call.body.words()).code)


ROUTES = (
    Route(
        method="GET", path="/v1/departments", name="list_departments", says="List departments",
        rights=EVERYONE, run=_list, query=Listed, answer=list[reading.DepartmentRow],
    ),
    Route(
        method="POST", path="/v1/departments", name="add_department",
        says="Add a department, a provider or an authority", rights=KEEPERS, run=_add,
        body=shapes.DepartmentIn, status=201, answer=reading.DepartmentRow,
    ),
    Route(
        method="GET", path="/v1/departments/{key}", name="show_department",
        says="Show a department", rights=EVERYONE, query=Past, noun="department",
        run=lambda call: call.show("department", call.find("department")),
    ),
    Route(
        method="POST", path="/v1/departments/{key}/dissolution", name="dissolve_department",
        says="Tell the last day of a unit, and what it still answers for", rights=KEEPERS,
        run=_dissolve, body=shapes.DissolutionIn, noun="department",
    ),
    Route(
        method="POST", path="/v1/departments/{key}/hand-overs", name="hand_over",
        says="Let another unit answer for what it answers for", rights=PLANNER, run=_hand_over,
        body=shapes.HandOverIn, noun="department",
    ),
    Route(
        method="GET", path="/v1/fields", name="list_fields", says="List fields of action",
        rights=EVERYONE, run=_fields, query=Listed, answer=list[fields.FieldRow],
    ),
    Route(
        method="POST", path="/v1/fields", name="add_field", says="Add a field of action",
        rights=PLANNER, run=_add_field, body=shapes.FieldIn, status=201, answer=fields.FieldRow,
    ),
    Route(
        method="GET", path="/v1/fields/{key}", name="show_field", says="Show a field of action",
        rights=EVERYONE, query=Past, noun="field",
        run=lambda call: call.show("field", call.find("field")),
    ),
)  # fmt: skip
