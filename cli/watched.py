"""`--watch`: a command that reads, run anew whenever something has changed in the store."""

import json
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING, NoReturn

from cli.desk import Desk
from cli.naps import Naps
from cli.show.live import Live, size
from cycle import clock
from cycle.errors import Invalid, Unavailable
from cycle.i18n import N_
from cycle.reading.following import Following, Latest, latest, passing

if TYPE_CHECKING:
    from cli.frame import Run

EACH = 1.0  # seconds between two looks at the store
SHARE = 4  # rests so many times as long as it read: the store is there for others
LATEST = "latest"  # what stands last is what one wants to see


@dataclass(frozen=True, slots=True)
class Page:
    """What the command told: its text, its messages, its exit code; and when the store changed."""

    text: str
    told: str
    code: int
    changed: datetime | None


Show = Callable[[Desk, Page], None]


def follow(desk: Desk, run: "Run", args: Namespace) -> int:
    """Run the command after every change, until Ctrl-C ends it; gives its latest exit code."""
    _insist(desk)
    if getattr(args, "key", None) == "-":
        from cli.keys import one

        args.key = one(args.key)  # standard input can be read only once
    with redirect_stderr(StringIO()):  # every page says which store it is of
        url = desk.url
    with closing(Following(url)) as store:
        watch = _Watch(desk, run, args, store)
        watch.look()  # what is wrong is told before the screen is taken
        try:
            with _ended_gently(), _shown(desk, args) as show, Naps() as naps:
                watch.keep(show, naps)
        except KeyboardInterrupt:
            return watch.page.code


def _insist(desk: Desk) -> None:
    if desk.format in ("ndjson", "csv", "md"):
        raise Invalid(
            N_("Where one answer ends and the next begins, --format {form} does not tell."),
            fix=N_("Take --json: a document a line; `cycle watch --json` tells deed by deed."),
            form=desk.format,
        )
    if desk.as_of:
        raise Invalid(
            N_("What was known on a day does not change; --watch shows what is known now."),
            fix=N_("Leave out --as-of or --watch."),
        )


class _Watch:
    """One command and the store it reads."""

    page: Page

    def __init__(self, desk: Desk, run: "Run", args: Namespace, store: Following) -> None:
        self.desk = desk
        self._run, self._args, self._store = run, args, store
        self._deed: Latest | None = None
        self._seen: object = None
        self._cost = 0.0

    def keep(self, show: Show, naps: Naps) -> NoReturn:
        """Show it, and again whenever it has changed."""
        show(self.desk, self.page)
        while True:
            naps.rest(max(EACH, SHARE * self._cost))
            if self.look():
                show(self.desk, self.page)

    def look(self) -> bool:
        """Run the command where a deed was done, a day began or the screen has another size."""
        self._deed = self._store.ask(latest) or self._deed
        here = self._deed, clock.today(), size()
        if here == self._seen:
            return False
        begun = time.monotonic()
        try:
            self.page = self._read()
        except Unavailable as gone:
            if self._seen is None or not passing(gone):
                raise
            return False
        self._seen, self._cost = here, time.monotonic() - begun
        return True

    def _read(self) -> Page:
        self.desk = Desk(self._args, self.desk.settings, self.desk.tongue)
        text, told = StringIO(), StringIO()
        with redirect_stdout(text), redirect_stderr(told):
            code = self._run(self.desk, self._args) or 0
        changed = clock.local(self._deed.at) if self._deed else None
        return Page(text.getvalue().rstrip("\n"), told.getvalue().strip(), code, changed)


@contextmanager
def _ended_gently() -> Iterator[None]:
    """Give the screen back also where the command is told to end."""

    def leave(number: int, _: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _shown(desk: Desk, args: Namespace) -> Iterator[Show]:
    """Give the way to show a page: in one place, one below the other, or as JSON."""
    if desk.look.terminal and desk.format in (None, "table", "plain"):
        with Live().taken() as live:
            yield lambda here, page: _draw(live, here, page, from_end=args.watch == LATEST)
    else:
        yield _Pages()


def _draw(live: Live, desk: Desk, page: Page, *, from_end: bool) -> None:
    from cli.show.tables import told

    ends = desk.say(N_("Ctrl-C ends it"))
    below = [page.told, " · ".join(filter(None, [_changed(desk, page), ends]))]
    more = desk.say(N_("There is more; a higher window shows it."))
    live.draw(
        page.text, [line for part in below if part for line in told(part, desk.look)],
        told(more, desk.look), from_end=from_end,
    )  # fmt: skip


def _changed(desk: Desk, page: Page) -> str:
    return desk.say(N_("Last change: {when}"), when=page.changed) if page.changed else ""


class _Pages:
    """Writes pages below one another, each only where it is not what was told before."""

    def __init__(self) -> None:
        self._last: Page | None = None

    def __call__(self, desk: Desk, page: Page) -> None:
        """Write one more, with when it came to be so where a person reads."""
        last, self._last = self._last, page
        if page.told and (last is None or page.told != last.told):
            print(page.told, file=sys.stderr)
        if last and page.text == last.text:
            return
        if desk.json:
            desk.put(json.dumps(json.loads(page.text), ensure_ascii=False, separators=(",", ":")))
        else:
            print(*filter(None, [page.text, _changed(desk, page)]), sep="\n\n", end="\n\n")
        sys.stdout.flush()
