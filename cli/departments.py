"""`cycle department`: who answers for measures: departments, providers, authorities."""

from argparse import Namespace
from typing import TYPE_CHECKING

from cli import choices
from cli.deeds import RECORDED, in_version, makes, said
from cli.desk import Desk
from cli.flags import KEY, required
from cli.frame import Verb, arg, one_of, switch
from cli.keys import known
from cli.lists import lists, put_rows
from cli.records import put_record
from cli.values import day
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.reading.departments import OpenItem
    from cycle.store.unit import Unit

_LETTERS = {"G": "goal", "R": "recommendation"}  # all else is a measure


def _dissolve(desk: Desk, args: Namespace) -> None:
    """Tell the last day of a unit, and list what it still answers for."""
    words = said(args)
    typed, to = words.pop("key"), words.pop("successor", None)

    def deed(unit: "Unit") -> "tuple[str, list[OpenItem]]":
        from cycle.reading.departments import open_items
        from cycle.usecases import departments

        key = known(unit, "department", typed)
        taker = known(unit, "department", to) if to else None
        with in_version(desk, unit, "department", key):
            departments.dissolve(unit, key, successor=taker, **words)
        return key, open_items(unit.reading(), key, today=unit.day)

    _put(desk, *desk.perform(deed), dry_run=args.dry_run)


def _hand_over(desk: Desk, args: Namespace) -> None:
    """Let another unit answer for some of it or all, and list what went over."""

    def deed(unit: "Unit") -> "tuple[str, list[OpenItem]]":
        from cycle.usecases import departments

        giver, taker = (known(unit, "department", each) for each in (args.key, args.to))
        keys = [known(unit, _LETTERS.get(k[:1].upper(), "measure"), k) for k in args.keys]
        with in_version(desk, unit, "department", giver):
            return giver, departments.hand_over(unit, giver, taker, keys)

    _put(desk, *desk.perform(deed))


def _put(desk: Desk, key: str, items: "list[OpenItem]", *, dry_run: bool = False) -> None:
    put_rows(desk, "open_item", items, "kind key state overdue title")
    if dry_run:
        desk.tell(N_("This was a dry run; nothing was written."))
    else:
        desk.tell(RECORDED, key=key)


VERBS = (
    Verb(
        "add", N_("add a department, a provider or an authority"),
        makes("towns.add_department", "department"),
        (
            arg("code", N_("its code, such as 51"), metavar="CODE"),
            arg("name", N_("its name; never a person's"), metavar="NAME"),
            one_of("--kind", choices.of("unit"), N_("department, independent_provider, …")),
            arg("--parent", N_("code of the unit above it"), metavar="CODE"),
            arg("--active-from", N_("its first day"), day, metavar="DATE"),
        ),
    ),
    Verb("list", N_("list departments"),
         lists("departments", "department", "code kind measures active_to name")),
    Verb("show", N_("show one department"), put_record("department"), (KEY,)),
    Verb(
        "dissolve", N_("tell its last day and list what it still answers for"), _dissolve,
        (
            KEY, required(arg("--on", N_("its last day"), day, metavar="DATE")),
            arg("--successor", N_("code of the unit that takes over all of it"), metavar="CODE"),
            switch("--dry-run", N_("the same without writing")),
        ),
    ),
    Verb(
        "hand-over", N_("let another unit answer for what it answers for"), _hand_over,
        (
            arg("key", N_("code of the unit that hands over"), metavar="CODE"),
            arg("to", N_("code of the unit that takes over"), metavar="CODE"),
            arg("keys", N_("keys of measures, goals, recommendations; without any all of it"),
                nargs="*", metavar="KEY"),
        ),
    ),
)  # fmt: skip
