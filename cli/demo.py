"""`cycle demo`: the invented city Saalestadt, to look around in."""

from argparse import Namespace
from typing import TYPE_CHECKING

from cli.desk import Desk, is_there
from cli.frame import Verb, switch
from cli.show.bars import bar
from cycle.errors import Conflict, Unavailable
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.reading.town import TownRow
    from cycle.store.store import Store


def _demo(desk: Desk, args: Namespace) -> None:
    desk.demo = True
    there = _town(desk)
    if there and not there.fictional:
        raise Conflict(
            N_("{url} holds the data of {name}; the demo city does not go there."),
            code="duplicate",
            fix=N_("Name another store with --db, or leave out --db and CYCLE_DB."),
            url=desk.url, name=there.name,
        )  # fmt: skip
    if there and not args.reset:
        desk.tell(N_("{name} is there already; `cycle demo --reset` builds it anew."),
                  name=there.name)  # fmt: skip
    else:
        _build(desk, reset=there is not None)
    _status(desk)
    if not desk.json:
        desk.put("\n" + desk.say(TRY))


def _town(desk: Desk) -> "TownRow | None":
    """Give the town that lies in the store; None for an empty or missing one."""
    from cycle.reading.town import town

    if not is_there(desk.url):
        return None
    try:
        with desk.reading() as reader:
            return town(reader)
    except Unavailable as empty:
        if empty.code in ("store_missing", "store_empty"):
            return None
        raise


def _build(desk: Desk, *, reset: bool) -> None:
    from cycle.demo import build
    from cycle.store.store import Store

    store = Store.create(desk.url)
    try:
        if reset:
            _clear(store)
        with bar(desk, N_("Building Saalestadt")) as tick:
            build(store, tick)
    finally:
        store.close()


def _clear(store: "Store") -> None:
    from cycle.store import schema

    schema.downgrade(store.engine, "base")
    schema.upgrade(store.engine)


def _status(desk: Desk) -> None:
    from cli.status import show

    with desk.reading() as reader:
        show(desk, reader)


TRY = N_(
    "To try next:\n"
    "  cycle --demo trace B-2024-01               what became of a report\n"
    "  cycle --demo gaps                          the open ends of the cycle\n"
    "  cycle --demo measure list --state draft    pick one, then `cycle --demo measure can KEY`"
)
VERBS = (
    Verb(
        "", N_("build the demo city Saalestadt and look around"), _demo,
        (switch("--reset", N_("build it anew, whatever was done in it")),),
    ),
)  # fmt: skip
