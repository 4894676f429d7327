"""`cycle init`: the store of a municipality, ready for its first measure."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from cli.desk import Desk
from cli.flags import required
from cli.frame import Verb, arg, one_of, yes_no
from cli.show.look import asks
from cli.values import first_day
from cycle import clock
from cycle.i18n import N_
from cycle.machine.policy import PRESETS

if TYPE_CHECKING:
    from cycle.store.unit import Unit


def _init(desk: Desk, args: Namespace) -> None:
    from cycle.store.store import Store
    from cycle.usecases import towns

    url = desk.settings.demo_db if desk.demo else desk.settings.db
    today = clock.today(desk.settings.today)
    begin: date = args.start or _asked(
        desk, N_("First day of the round [{usual}]:"), today.replace(month=1, day=1), first_day
    )
    title: str = args.title or _asked(
        desk, N_("Title of the round [{usual}]:"), _usual_title(desk, begin), lambda text, _: text
    )

    def deed(unit: "Unit") -> dict[str, Any]:
        town = towns.found(
            unit, name=args.name, ags=args.ags, ars=args.ars, preset=args.preset or "light",
            youth_office=args.youth_office is not False, cycle_title=title, period_start=begin,
        )  # fmt: skip
        return {"municipality": {"name": town.name, "ags": town.ags}, "preset": town.preset}

    store = Store.create(url)
    try:
        made = store.perform(deed, None, day=desk.settings.today)
    finally:
        store.close()
    if desk.json:
        desk.put(json.dumps({**made, "db": _shown(url)}, ensure_ascii=False))
    else:
        desk.put(desk.say(BEGIN, name=made["municipality"]["name"], url=_shown(url)))


def _usual_title(desk: Desk, begin: date) -> str:
    return desk.say("Integrated social planning {year}", year=begin.year)


def _asked(desk: Desk, says: str, usual: Any, read: Callable[..., Any]) -> Any:  # noqa: ANN401 - one form for every noun
    """Ask a person, who may simply press Enter; a pipe is asked nothing."""
    if desk.json or not asks():
        return usual
    shown = desk.tongue.date(usual) if isinstance(usual, date) else usual
    print(desk.say(says, usual=shown), end=" ", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip()
    return read(answer, desk.tongue) if answer else usual


def _shown(url: str) -> str:
    """Give the address of a store without a password in it."""
    head, sign, tail = url.rpartition("@")
    if not sign or not head.startswith("postgresql://"):
        return url
    user = head.removeprefix("postgresql://").partition(":")[0]
    return f"postgresql://{user}@{tail}"


BEGIN = N_(
    "{name} has its store now: {url}\n"
    "Three ways to begin:\n"
    "\n"
    "  an Excel list        `cycle import measures FILE --dry-run` (.xlsx or .csv)\n"
    "                       (`cycle template mapping` tells how columns are named)\n"
    "  the council system   `cycle import oparl FOLDER` brings papers and decisions\n"
    "  one measure          `cycle measure log TITLE --goal-text TEXT`"
)
VERBS = (
    Verb(
        "", N_("create the store of a municipality"), _init,
        (
            required(arg("--name", N_("name of the municipality"), metavar="NAME")),
            required(arg("--ags", N_("its official key of eight digits (AGS)"), metavar="AGS")),
            arg("--ars", N_("its regional key of twelve digits (ARS)"), metavar="ARS"),
            arg("--title", N_("title of the first round"), metavar="TITLE"),
            arg("--start", N_("its first day; a year is enough"), first_day, metavar="DATE"),
            one_of("--preset", tuple(PRESETS), N_("how strict the town is with itself")),
            yes_no("--youth-office", N_("the town is its own youth-welfare authority")),
        ),
    ),
)  # fmt: skip
