"""`cycle serve`: the web pages and the HTTP API, until somebody stops it."""

import os
from argparse import Namespace
from importlib import import_module

from cli.desk import Desk
from cli.frame import Verb, arg
from cli.values import whole
from cycle.i18n import N_

PORT = 8760


def _serve(desk: Desk, args: Namespace) -> int:
    return serve(desk, args.host, args.port, args.workers)


def serve(desk: Desk, host: str | None, port: int | None, workers: int | None = None) -> int:
    """Serve the desk's store until somebody stops it."""
    from cycle.reading.door import open_reader

    open_reader(desk.url).close()  # says at once what is wrong with the store
    here = desk.settings
    os.environ["CYCLE_DB"] = desk.url  # workers are processes of their own and read it there
    if here.today:
        os.environ["CYCLE_TODAY"] = here.today.isoformat()
    host, port = host or "127.0.0.1", port or PORT
    desk.tell(N_("Open http://{host}:{port}/ in your browser; programs call it at /v1."
                 " It shows {store}; Ctrl-C ends it."),
              store=_place(desk.url), host=host, port=port)  # fmt: skip
    run = import_module("api.serving").run
    return int(run(host, port, workers or 1))


def _place(url: str) -> str:
    """Name a store without the password in its URL."""
    head, _, rest = url.partition("://")
    return url if "@" not in rest else f"{head}://…@{rest.rpartition('@')[2]}"


VERBS = (
    Verb(
        "", N_("open the web pages and the HTTP API"), _serve,
        (
            arg("--host", N_("address to listen at; else only this machine"), metavar="HOST"),
            arg("--port", N_("port; else 8760"), whole,
                metavar="PORT"),
            arg("--workers", N_("processes that answer; else one"), whole, metavar="N"),
        ),
    ),
)  # fmt: skip
