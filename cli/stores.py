"""`cycle db`: the store and its revision."""

import json
from argparse import Namespace

from cli.desk import Desk
from cli.frame import Verb
from cycle.errors import Unavailable
from cycle.i18n import N_


def _check(desk: Desk, args: Namespace) -> None:  # noqa: ARG001 - as every command
    from cycle.reading.door import open_reader
    from migrations import HEAD

    open_reader(desk.url).close()
    _answer(desk, N_("The store has the right revision: {revision}."), HEAD)


def _upgrade(desk: Desk, args: Namespace) -> None:  # noqa: ARG001 - as every command
    from cycle.store import schema
    from cycle.store.engine import open_engine
    from migrations import HEAD

    engine = open_engine(desk.url)
    try:
        here = schema.revision_here(engine)
        if here == HEAD:
            _answer(desk, N_("The store has the right revision: {revision}."), HEAD)
            return
        if here is not None and here > HEAD:
            schema.check(engine)
        if here is None:
            raise _foreign(desk.url)
        if copy := schema.backup_before(engine):
            desk.tell(N_("A copy of the store as it was: {path}"), path=str(copy))
        schema.upgrade(engine)
    finally:
        engine.dispose()
    _answer(desk, N_("The store was brought to revision {revision}."), HEAD)


def _foreign(url: str) -> Unavailable:
    return Unavailable(
        N_("What lies at {url} is no store of Kreislauf."),
        code="store_revision",
        fix=N_("Create one with `cycle init`, or look around with `cycle demo`."),
        url=url,
    )


def _answer(desk: Desk, says: str, revision: str) -> None:
    if desk.json:
        desk.put(json.dumps({"revision": revision}))
    else:
        desk.put(desk.say(says, revision=revision))


VERBS = (
    Verb("check", N_("check that the store can be used with this version"), _check),
    Verb("upgrade", N_("bring the store up to date, after a copy of it was made"), _upgrade),
)
