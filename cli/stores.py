"""`cycle db`: the store, its revision and its copies."""

import json
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cli.desk import Desk
from cli.frame import Verb, arg, switch
from cli.show.bars import bar
from cycle.errors import Unavailable
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.backups import Copied


def _check(desk: Desk, args: Namespace) -> int:  # noqa: ARG001 - as every command
    from cycle.reading.proof import SAYS, discrepancies
    from migrations import HEAD

    with desk.reading() as reader:
        found = discrepancies(reader)
    if desk.format in ("json", "ndjson", "csv"):
        from cli.show.facts import put

        told = [{"code": each.code, **each.values} for each in found]
        put(desk, {"revision": HEAD, "discrepancies": told})
    else:
        desk.put(desk.say(N_("The store has the right revision: {revision}."), revision=HEAD))
        desk.put(desk.say(WHOLE if not found else BROKEN, count=len(found)))
        for each in found:
            desk.put("  " + desk.say(SAYS[each.code], **each.values))
    return 1 if found else 0


def _upgrade(desk: Desk, args: Namespace) -> None:  # noqa: ARG001 - as every command
    from cycle.store import schema
    from migrations import HEAD

    if not _is_older(desk.url):
        _answer(desk, N_("The store has the right revision: {revision}."), HEAD)
        return
    if copy := schema.upgrade_store(desk.url):
        desk.tell(N_("A copy of the store as it was: {path}"), path=str(copy))
    _answer(desk, N_("The store was brought to revision {revision}."), HEAD)


def _backup(desk: Desk, args: Namespace) -> None:
    from cycle.store import backups

    with bar(desk, N_("Copying the store")) as tick:
        made = backups.backup(desk.url, Path(args.file), tick)
    _copied(desk, made, COPIED)


def _restore(desk: Desk, args: Namespace) -> None:
    from cycle.store import backups
    from migrations import HEAD

    url = desk.settings.demo_db if desk.demo else desk.settings.db
    with bar(desk, N_("Reading the copy back")) as tick:
        made = backups.restore(Path(args.file), url, replace=bool(args.replace), tick=tick)
    _copied(desk, made, RESTORED)
    if made.before:
        desk.tell(N_("The store as it was before: {path}"), path=made.before)
    if made.revision != HEAD:
        desk.tell(OLDER, revision=made.revision)


def _copied(desk: Desk, made: "Copied", says: str) -> None:
    if desk.json:
        desk.put(json.dumps(asdict(made), ensure_ascii=False))
    else:
        desk.put(desk.say(says, **asdict(made)))


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


WHOLE = N_("What was counted, what follows from the records and what the journal keeps agree.")
BROKEN = N_("The store does not agree with itself in {count} places:")
COPIED = N_("Copied and verified: {path}, revision {revision}, {events} deeds.")
RESTORED = N_("Restored and verified: {path}, revision {revision}, {events} deeds.")
OLDER = N_("It is of the older revision {revision}: `cycle db upgrade` brings it up to date.")
COPY = arg("file", N_("the file of the copy"), metavar="FILE")
VERBS = (
    Verb("check", N_("check the revision, and reckon counts and journal anew"), _check),
    Verb("upgrade", N_("bring the store up to date, after a copy of it was made"), _upgrade),
    Verb(
        "backup", N_("copy the store into a new file while others write, and verify it"), _backup,
        (COPY,),
    ),
    Verb(
        "restore", N_("make a store of a copy, verified before and after"), _restore,
        (COPY, switch("--replace", N_("put it in the place of the store, which stays beside it"))),
    ),
)  # fmt: skip
