"""What `cycle doctor` looks at: a finding for each check, with what mends it."""

import shutil
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from stat import S_IMODE
from typing import TYPE_CHECKING, Final

from cli.configs import faults_of, masked, said
from cli.desk import flags_of
from cycle import clock, settings
from cycle.errors import KreislaufError, Unavailable
from cycle.i18n import N_
from migrations import HEAD

if TYPE_CHECKING:
    from cli.desk import Desk
    from cli.show.bars import Tick
    from cycle.reading.door import Reader

OTHERS_READ, OTHERS_WRITE = 0o044, 0o022
SCARCE, NONE = 200 * 2**20, 10 * 2**20  # bytes left on the disk
MEGABYTE = 2**20
SLACK = timedelta(minutes=5)  # clocks of two machines may differ
STALE = timedelta(hours=1)  # so long nobody has sent what is to be sent
PARTS: Final = {
    "postgresql": ("psycopg",), "xlsx": ("python_calamine", "xlsxwriter"), "oidc": ("joserfc",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one check."""

    check: str
    result: str  # ok, note or fault
    says: str
    fix: str = ""


Check = Callable[["Desk", "Reader"], Iterator[Finding]]


def examined(desk: "Desk", args: Namespace, tick: "Tick") -> list[Finding]:
    """Make every check; a store that cannot be opened is a finding, not an end."""
    checks = (*QUICK, *(() if args.quick else LONG))
    found = [*_configuration(desk, args), *_parts(desk)]
    try:
        from cycle.reading.door import open_reader

        with closing(open_reader(desk.url)) as reader:
            found += [_opened(desk), _ok(desk, "revision", N_("revision {here}"), here=HEAD)]
            for done, check in enumerate(checks):
                tick(done, len(checks))
                found += _guarded(desk, reader, check)
    except KreislaufError as error:
        found.append(_refused(desk, error))
    return [*found, *_place(desk)]


def _guarded(desk: "Desk", reader: "Reader", check: Check) -> list[Finding]:
    """Make one check; one that the store refuses tells so and lets the others be made."""
    try:
        return list(check(desk, reader))
    except KreislaufError as error:
        return [_refused(desk, error)]


def _ok(desk: "Desk", check: str, says: str, **values: object) -> Finding:
    return Finding(check, "ok", desk.say(says, **values))


def _note(desk: "Desk", check: str, says: str, fix: str, **values: object) -> Finding:
    return Finding(check, "note", desk.say(says, **values), desk.say(fix, **values))


def _fault(desk: "Desk", check: str, says: str, fix: str, **values: object) -> Finding:
    return Finding(check, "fault", desk.say(says, **values), desk.say(fix, **values))


def _refused(desk: "Desk", error: KreislaufError) -> Finding:
    from cycle.reading import problems

    check = "revision" if error.code == "store_revision" else "store"
    fix = problems.fix(error, desk.tongue) if error.fix else ""
    says = str(masked("", problems.detail(error, desk.tongue)))
    return Finding(check, "fault", says, fix)


def _configuration(desk: "Desk", args: Namespace) -> Iterator[Finding]:
    here, wrong = settings.looked(flags_of(args))
    found = faults_of(here, wrong)
    for each in found:
        fix = desk.say(N_("Mend it there; `cycle config show` tells what is in force."))
        yield Finding("configuration", "fault", said(desk, each), fix)
    files = sorted({origin for origin in here.origins.values() if "/" in origin})
    if not found:
        says = N_("read from {files}") if files else N_("no file of settings; all as usual")
        yield _ok(desk, "configuration", says, files=tuple(files))


def _parts(desk: "Desk") -> Iterator[Finding]:
    lacking = [part for part, needs in PARTS.items() if not all(map(find_spec, needs))]
    if "oidc" in lacking and "oidc" in desk.settings.tables:
        yield _fault(
            desk, "parts", N_("A sign-in is set up, but the part oidc is not installed."),
            N_("Install it with `pip install 'kreislauf[oidc]'`."),
        )  # fmt: skip
    there = tuple(part for part in PARTS if part not in lacking)
    says = N_("installed: {there}; not installed: {lacking}")
    says = says if lacking else N_("installed: {there}")
    yield _ok(desk, "parts", says, there=there or "-", lacking=tuple(lacking))


def _opened(desk: "Desk") -> Finding:
    named = desk.settings.names_store or desk.url == desk.settings.db
    says = N_("{url}") if named and not desk.demo else N_("{url} (the demo city)")
    return _ok(desk, "store", says, url=masked("", desk.url))


def _damages(desk: "Desk", reader: "Reader") -> Iterator[Finding]:
    from cycle.reading import health

    found = [*health.damages(reader), *health.dangling(reader)]
    if not found:
        yield _ok(desk, "integrity", N_("pages, indexes and references hold"))
        return
    says = N_("The store is damaged: {found}")
    fix = N_("`cycle db restore FILE --replace` takes the last copy; keep the damaged one.")
    yield _fault(desk, "integrity", says, fix, found=tuple(found[:3]))


def _counts(desk: "Desk", reader: "Reader") -> Iterator[Finding]:
    from cycle.reading.proof import discrepancies

    if found := len(discrepancies(reader)):
        says = N_("The store does not agree with itself in {count} places.")
        yield _fault(desk, "counts", says, N_("`cycle db check` names them."), count=found)
    else:
        yield _ok(desk, "counts", N_("what was counted follows from the records"))


def _journal(desk: "Desk", reader: "Reader") -> Iterator[Finding]:
    from cycle.reading import journal

    if found := journal.verify(reader):
        says = N_("The journal is not what was written, in {count} places.")
        fix = N_("`cycle journal --verify` names them; the last copy tells what was there.")
        yield _fault(desk, "journal", says, fix, count=len(found))
    else:
        says = N_("{count} deeds, none changed, removed or put in")
        yield _ok(desk, "journal", says, count=journal.head(reader))


def _clock(desk: "Desk", reader: "Reader") -> Iterator[Finding]:
    from cycle.reading.health import clock_of

    now, told = clock.now(), clock_of(reader)
    fix = N_("Let the machine take its time from a time server.")
    if told.last and told.last > now + SLACK:
        says = N_("This machine says {now}, but the last deed is of {last}.")
        yield _fault(desk, "clock", says, fix, now=now, last=told.last)
    elif told.backwards:
        says = N_("The clock went back before deed {n}; order comes from the numbers.")
        yield _note(desk, "clock", says, fix, n=told.backwards)
    else:
        says = N_("{now} in Berlin; the town's day is {day}")
        yield _ok(desk, "clock", says, now=now, day=desk.today(reader))


def _outbox(desk: "Desk", reader: "Reader") -> Iterator[Finding]:
    from cycle.reading.webhooks import backlog, listed

    following = [each for each in listed(reader) if not each.disabled_at]
    told = backlog(reader)
    if told.dead:
        says = N_("{count} deliveries were given up.")
        fix = N_("`cycle webhook list` shows whose; `cycle webhook replay` sends them again.")
        yield _note(desk, "outbox", says, fix, count=told.dead)
    if following and told.oldest and told.oldest < clock.now() - STALE:
        says = N_("{count} events wait to be sent since {oldest}.")
        fix = N_("`cycle serve` sends them as long as it runs.")
        yield _note(desk, "outbox", says, fix, count=told.outbox, oldest=told.oldest)
    elif not told.dead:
        says = N_("{webhooks} follow, {count} deliveries wait")
        yield _ok(desk, "outbox", says, webhooks=len(following), count=told.waiting)


def _accounts(desk: "Desk", reader: "Reader") -> Iterator[Finding]:
    from cycle.reading.accounts import listed

    found = [each for each in listed(reader) if not each.disabled_at]
    if "local" in {each.name for each in found}:
        says = N_("`local` acts for whoever can open the store, in its roles: {roles}.")
        fix = N_("Where several work with it: an account each, then `cycle account disable local`.")
        roles = next(each.roles for each in found if each.name == "local")
        yield _note(desk, "accounts", says, fix, roles=roles)
    else:
        yield _ok(desk, "accounts", N_("{count} accounts may act"), count=len(found))


def _tokens(desk: "Desk", reader: "Reader") -> Iterator[Finding]:
    from cycle.reading.tokens import listed

    found, now = [t for t in listed(reader, sees_accounts=True) if not t.revoked_at], clock.now()
    over = [each.name for each in found if each.expires_at and each.expires_at <= now]
    idle = [t.name for t in found if not t.last_used_at and t.name not in over]
    fix = N_("`cycle token revoke NAME` takes one back.")
    if over:
        yield _note(desk, "tokens", N_("run out: {names}"), fix, names=tuple(over))
    if idle:
        yield _note(desk, "tokens", N_("never used: {names}"), fix, names=tuple(idle))
    if not over and not idle:
        yield _ok(desk, "tokens", N_("{count} tokens open a door"), count=len(found))


def _place(desk: "Desk") -> Iterator[Finding]:
    """Look at the file and its folder; what a server keeps is the server's."""
    from cycle.reading.door import file_of, is_there

    path = Path(file_of(desk.url))
    try:
        if not desk.url.startswith("sqlite") or not is_there(path):
            return
        yield from _rights(desk, path)
        yield from _room(desk, path)
    except (OSError, Unavailable) as closed:
        fix = N_("Check who may read the folder.")
        yield _fault(desk, "permissions", N_("{path}: {why}"), fix, path=path, why=closed)


def _rights(desk: "Desk", path: Path) -> Iterator[Finding]:
    beside = [Path(f"{path}{end}") for end in ("", "-wal", "-shm")]
    modes = [S_IMODE(each.stat().st_mode) for each in beside if each.exists()]
    if any(mode & OTHERS_WRITE for mode in modes) or S_IMODE(path.parent.stat().st_mode) & 0o002:
        says, fix = N_("{path} can be changed by other users."), "chmod go-rwx {folder} {path}*"
        yield _fault(desk, "permissions", says, fix, path=path, folder=path.parent)
    elif any(mode & OTHERS_READ for mode in modes):
        says, fix = N_("{path} can be read by other users."), "chmod go-rwx {path}*"
        yield _note(desk, "permissions", says, fix, path=path)
    else:
        yield _ok(desk, "permissions", N_("only its owner can read and write it"))


def _room(desk: "Desk", path: Path) -> Iterator[Finding]:
    size, free = path.stat().st_size, shutil.disk_usage(path.parent).free
    values = {"size": size // MEGABYTE, "free": free // MEGABYTE}
    says = N_("the store takes {size} MB, {free} MB are free beside it")
    fix = N_("Make room, or move the store: a copy needs as much as the store.")
    if free < NONE:
        yield _fault(desk, "disk", says, fix, **values)
    elif free < max(2 * size, SCARCE):
        yield _note(desk, "disk", says, fix, **values)
    else:
        yield _ok(desk, "disk", says, **values)


QUICK: Final[tuple[Check, ...]] = (_clock, _outbox, _accounts, _tokens)
LONG: Final[tuple[Check, ...]] = (_damages, _counts, _journal)
