"""`cycle area`: the areas a town plans in."""

import json
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from cli import choices
from cli.deeds import changes, makes, said
from cli.desk import Desk
from cli.flags import KEY, required
from cli.frame import Verb, arg, many, one_of, switch
from cli.lists import put_rows
from cli.records import put_record
from cli.values import day, part, whole
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit
    from cycle.usecases.area_shapes import Drawing
    from cycle.usecases.recalculations import Recalculated

_CODE = arg("code", N_("its code"), metavar="CODE")
_NAME = arg("name", N_("its name"), metavar="NAME")
_FROM = arg("--valid-from", N_("the first day it is valid"), day, metavar="DATE")
_TO = arg("--valid-to", N_("the last day it is valid"), day, metavar="DATE")


def _list(desk: Desk, args: Namespace) -> None:
    from cycle.reading import areas

    with desk.reading() as reader:
        found = areas.listed(reader, today=None if args.all else desk.today(reader))
    put_rows(desk, "area", found, "code name scheme level parent")


def _recalculate(desk: Desk, args: Namespace) -> None:
    """Reckon a series for the new areas, and list what was reckoned and what could not be."""
    words = said(args)

    def deed(unit: "Unit") -> "list[Recalculated]":
        from cycle.usecases import recalculations

        return recalculations.recalculate(unit, **words)

    put_rows(desk, "observation", desk.perform(deed), "area period_end breakdown value left")
    if args.dry_run:
        desk.tell(N_("This was a dry run; nothing was written."))


def _shapes(desk: Desk, args: Namespace) -> None:
    """Give areas the outlines a survey has drawn, and tell which have none yet."""
    from cycle.exchange import geojson
    from cycle.usecases import area_shapes

    found = geojson.read(args.file, args.property or geojson.PROPERTY)

    def deed(unit: "Unit") -> "Drawing":
        made = area_shapes.draw(unit, found, scheme=args.scheme, on=args.on)
        if args.dry_run:
            raise _Rehearsed(made)
        return made

    try:
        drawing = desk.perform(deed)
    except _Rehearsed as would:
        drawing = would.drawing
    if desk.json:
        told = {**asdict(drawing), "dry_run": bool(args.dry_run)}
        desk.put(json.dumps(told, ensure_ascii=False))
    else:
        desk.put(desk.say("{scheme}: {drawn} outlines drawn, {same} as before, {points} points.",
                          scheme=drawing.code, drawn=len(drawing.drawn), same=len(drawing.same),
                          points=drawing.points))  # fmt: skip
    if drawing.missing:
        desk.tell(N_("Without an outline: {codes}."), codes=", ".join(drawing.missing))
    if args.dry_run:
        desk.tell(N_("This was a dry run; nothing was written."))


class _Rehearsed(Exception):
    """Carries what would be drawn out of a transaction that is not kept."""

    def __init__(self, drawing: "Drawing") -> None:
        super().__init__()
        self.drawing = drawing


VERBS = (
    Verb(
        "add", N_("add an area"), makes("areas.add", "area"),
        (
            _CODE, _NAME, arg("--scheme", N_("code of the division"), metavar="CODE"),
            arg("--level", N_("0 is the whole town"), whole, metavar="N"),
            arg("--parent", N_("code of the area above it"), metavar="CODE"), _FROM, _TO,
        ),
    ),
    Verb(
        "scheme", N_("add a division of the town into areas"),
        makes("areas.add_scheme", "scheme"),
        (
            _CODE, _NAME, required(_FROM), _TO,
            one_of("--purpose", choices.SCHEMES, N_("planning, administrative, …")),
        ),
    ),
    Verb(
        "succeed", N_("let an area end and others take on its people"),
        changes("area_changes.succeed", "area"),
        (
            KEY,
            required(arg("--on", N_("the first day of the new boundaries"), day, metavar="DATE")),
            many("--into", "parts", N_("CODE=SHARE of its people; may be repeated"), part,
                 required=True, metavar="CODE=SHARE"),
            one_of("--kind", choices.SUCCESSIONS, N_("rename, merge, split or boundary")),
        ),
    ),
    Verb(
        "recalculate", N_("reckon old values of an indicator for the new areas"), _recalculate,
        (
            arg("indicator", N_("code of the indicator"), metavar="INDICATOR"),
            arg("--into", N_("only for this new area"), metavar="CODE"),
            switch("--dry-run", N_("the same without writing")),
        ),
    ),
    Verb(
        "shapes", N_("give areas their outlines, for the map"), _shapes,
        (
            arg("file", N_("GeoJSON: a collection of polygons; - reads standard input"),
                metavar="FILE"),
            arg("--property", N_("what holds the code of the area; `code` if not told"),
                metavar="NAME"),
            arg("--scheme", N_("code of the division"), metavar="CODE"),
            arg("--on", N_("a day on which the areas are valid; today if not told"), day,
                metavar="DATE"),
            switch("--dry-run", N_("the same without writing")),
        ),
    ),
    Verb("list", N_("list the areas that are valid"), _list,
         (switch("--all", N_("former and future ones too")),)),
    Verb("show", N_("show one area"), put_record("area"), (KEY,)),
)  # fmt: skip
