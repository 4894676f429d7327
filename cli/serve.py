"""`cycle serve`: the HTTP door, until somebody stops it."""

import os
from argparse import Namespace
from importlib import import_module

from cli.desk import Desk
from cli.frame import Verb, arg
from cli.values import whole
from cycle.i18n import N_

PORT = 8760


def _serve(desk: Desk, args: Namespace) -> int:
    from cycle.reading.door import open_reader

    open_reader(desk.url).close()  # says at once what is wrong with the store
    here = desk.settings
    os.environ["CYCLE_DB"] = desk.url  # workers are processes of their own and read it there
    if here.today:
        os.environ["CYCLE_TODAY"] = here.today.isoformat()
    host, port = args.host or "127.0.0.1", args.port or PORT
    desk.tell(N_("Serving {store} at http://{host}:{port}/v1/status; Ctrl-C ends it."),
              store=_place(desk.url), host=host, port=port)  # fmt: skip
    run = import_module("api.serving").run
    return int(run(host, port, args.workers or 1))


def _place(url: str) -> str:
    """Name a store without the password in its URL."""
    head, _, rest = url.partition("://")
    return url if "@" not in rest else f"{head}://…@{rest.rpartition('@')[2]}"


VERBS = (
    Verb(
        "", N_("open the HTTP door: integrations post results, follow changes"), _serve,
        (
            arg("--host", N_("address to listen at; else only this machine"), metavar="HOST"),
            arg("--port", N_("port; else 8760"), whole,
                metavar="PORT"),
            arg("--workers", N_("processes that answer; else one"), whole, metavar="N"),
        ),
    ),
)  # fmt: skip
