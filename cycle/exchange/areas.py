"""Areas out of a list: code, name, level and the area above."""

from collections.abc import Iterable
from typing import Any

from cycle.exchange.fitting import Fitted
from cycle.exchange.intake import Desk, Row, Twins, amend, at
from cycle.exchange.layouts import Column, Layout
from cycle.exchange.outcome import NEW, SAME, Note, Wrong
from cycle.i18n import N_
from cycle.model.space import Area, AreaScheme
from cycle.store.unit import Unit
from cycle.usecases import areas, lookup

LEVELS = {
    "municipality": 0, "city": 0, "Stadt": 0, "Gemeinde": 0, "ganze Stadt": 0,
    "district": 1, "Stadtteil": 1, "Stadtbezirk": 1, "Bezirk": 1, "Sozialraum": 1,
    "Ortsteil": 1, "Planungsraum": 1, "subdistrict": 2, "statistischer Bezirk": 2,
    "Quartier": 2, "Stadtviertel": 2, "Block": 3, "Blockseite": 4,
    **{str(level): level for level in range(10)},
}  # fmt: skip


LAYOUT = Layout(
    "areas",
    (
        Column("code", "code", ("kennung", "schlüssel", "nummer", "nr"), needed=True),
        Column("name", "name", ("bezeichnung", "raum"), needed=True),
        Column("level", "level", ("ebene",), words=LEVELS),
        Column("parent", "parent", ("übergeordnet", "gehört zu")),
        Column("scheme", "scheme", ("gliederung",)),
        Column("valid_from", "valid_from", ("gültig ab", "gilt ab"), "day"),
        Column("valid_to", "valid_to", ("gültig bis", "gilt bis"), "day"),
    ),
)


class AreaTaker:
    """Takes areas; the town as a whole, which `init` made, is recognised by its key."""

    def __init__(self, _fitted: Fitted) -> None:
        """Take areas of any file."""
        self.twins = Twins()

    def order(self, rows: list[Row]) -> list[Row]:
        """Put every area after the one above it."""
        waiting, ordered = list(rows), list[Row]()
        while waiting:
            codes = {row.values["code"] for row in waiting}
            ready = [r for r in waiting if r.values.get("parent") not in codes]
            if not ready:  # they lie in one another; the store will say of each what is missing
                return ordered + waiting
            ordered += ready
            waiting = [row for row in waiting if row not in ready]
        return ordered

    def take(self, desk: Desk, row: Row) -> str:
        """Add an area, or bring the one of that code to what the row says."""
        unit, given = desk.unit, dict(row.values)
        if self.twins.again(tuple(given.get(n) for n in ("scheme", "code", "valid_from")), row):
            return SAME
        scheme = _scheme(desk, given.get("scheme"))
        there, above = _there(desk, scheme, given), _above(unit, scheme, given)
        if there is None:
            if above:
                given.setdefault("level", above.level + 1)
            areas.add(unit, given.pop("code"), given.pop("name"), **given)
            return NEW
        if there.level == 0 and there.code == unit.town.ags:
            return SAME  # the whole town keeps the name it has here
        wanted = {name: given[name] for name in ("name", "level", "valid_to") if name in given}
        return amend(unit, there, wanted | ({"parent_id": above.id} if above else {}))

    def notes(self, desk: Desk) -> Iterable[Note]:  # noqa: ARG002 - nothing to tell
        """Nothing."""
        return ()


def _scheme(desk: Desk, code: str | None) -> AreaScheme:
    return lookup.scheme(desk.unit, code) if code else areas.in_use(desk.unit)


def _there(desk: Desk, scheme: AreaScheme, given: dict[str, Any]) -> Area | None:
    wanted = {"valid_from": given["valid_from"]} if "valid_from" in given else {}
    found = lookup.every(desk.unit, Area, scheme_id=scheme.id, code=given["code"], **wanted)
    return max(found, key=lambda area: area.valid_from, default=None)


def _above(unit: Unit, scheme: AreaScheme, given: dict[str, Any]) -> Area | None:
    """Give the area a row names as the one above, in the same scheme."""
    if "parent" not in given:
        return None
    if given["code"] == given["parent"]:
        raise Wrong("own_parent", N_("An area cannot lie in itself."),
                    N_("Name another area above it, or none."), at="parent")  # fmt: skip
    found = lookup.every(unit, Area, scheme_id=scheme.id, code=given["parent"])
    with at("parent"):
        if not found:
            raise lookup.unknown(unit, Area, "code", given["parent"])
    return max(found, key=lambda area: area.valid_from)
