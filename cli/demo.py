"""`cycle demo`: the invented city Saalestadt, to look around in."""

from argparse import Namespace

from cli.desk import Desk
from cli.frame import Verb, switch
from cli.show.bars import bar
from cycle.i18n import N_


def _demo(desk: Desk, args: Namespace) -> None:
    """Build the city once; a second call only tells what is there."""
    from cli.status import show
    from cycle import demo

    desk.demo = True
    if args.reset:
        demo.reset(desk.url)
    if demo.exists(desk.url):
        desk.tell(N_("Saalestadt is there already; `cycle demo --reset` builds it anew."))
    else:
        with bar(desk, N_("Building Saalestadt")) as tick:
            demo.build(desk.url, progress=tick)
    with desk.reading() as reader:
        show(desk, reader)
    if not desk.json:
        desk.put(f"\n{desk.say(TRY)}")


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
