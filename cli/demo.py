"""`cycle demo`: the invented city Saalestadt, to look around in, in the terminal or a browser."""

from argparse import Namespace

from cli.desk import Desk
from cli.frame import Verb, arg, switch
from cli.serve import serve
from cli.show.bars import bar
from cli.values import whole
from cycle.i18n import N_


def _demo(desk: Desk, args: Namespace) -> int:
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
    if args.serve:
        return serve(desk, args.host, args.port)
    with desk.reading() as reader:
        show(desk, reader)
    if not desk.json:
        desk.put(f"\n{desk.say(TRY)}")
    return 0


TRY = N_(
    "To try next:\n"
    "  cycle --demo trace B-2024-01               what became of a report\n"
    "  cycle demo --serve                         the same town in your browser\n"
    "  cycle --demo gaps                          the open ends of the cycle\n"
    "  cycle --demo measure list --state draft    pick one, then `cycle --demo measure can KEY`"
)
VERBS = (
    Verb(
        "", N_("build the demo city Saalestadt and look around"), _demo,
        (
            switch("--reset", N_("build it anew, whatever was done in it")),
            switch("--serve", N_("open the web pages of the city")),
            arg("--host", N_("address to listen at; else only this machine"), metavar="HOST"),
            arg("--port", N_("port; else 8760"), whole, metavar="PORT"),
        ),
    ),
)  # fmt: skip
