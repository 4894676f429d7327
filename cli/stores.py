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
    from migrations import HEAD

    if not _is_older(desk.url):
        _answer(desk, N_("The store has the right revision: {revision}."), HEAD)
        return
    if copy := schema.upgrade_store(desk.url):
        desk.tell(N_("A copy of the store as it was: {path}"), path=str(copy))
    _answer(desk, N_("The store was brought to revision {revision}."), HEAD)


def _is_older(url: str) -> bool:
    """Look without writing; what is no store, or of a newer revision, stays as it is."""
    from cycle.reading.door import open_reader
    from migrations import HEAD

    try:
        open_reader(url).close()
    except Unavailable as other:
        here = str(other.values.get("here", ""))
        if other.code == "store_revision" and here[:1].isdigit() and here < HEAD:
            return True
        raise
    return False


def _answer(desk: Desk, says: str, revision: str) -> None:
    if desk.json:
        desk.put(json.dumps({"revision": revision}))
    else:
        desk.put(desk.say(says, revision=revision))


VERBS = (
    Verb("check", N_("check that the store can be used with this version"), _check),
    Verb("upgrade", N_("bring the store up to date, after a copy of it was made"), _upgrade),
)
