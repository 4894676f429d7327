"""What a command works with: settings, language, screen, and the way to the store."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from os.path import exists
from typing import TYPE_CHECKING, TypeVar

from cli.show.look import Look, as_read, escaped, look
from cycle import clock
from cycle.i18n import N_, Tongue
from cycle.settings import Settings

if TYPE_CHECKING:
    from cycle.reading.door import Reader
    from cycle.reading.sight import Sight
    from cycle.store.unit import Unit

T = TypeVar("T")
_SQLITE = "sqlite:///"


class Desk:
    """One call of the command."""

    def __init__(self, args: Namespace, settings: Settings, tongue: Tongue) -> None:
        """Take what was said on the command line and what is set around it."""
        self.settings = settings
        self.tongue = tongue
        self.look: Look = look(plain_signs=bool(getattr(args, "ascii", False)))
        self.for_unit: str | None = getattr(args, "for_unit", None)
        self.expected: int | None = getattr(args, "expect_version", None)
        self._here: Reader | None = None
        self.as_of: date | None = getattr(args, "as_of", None)
        self.demo = bool(getattr(args, "demo", False))
        self.format = "json" if getattr(args, "json", False) else getattr(args, "output", None)

    @property
    def json(self) -> bool:
        """Tell whether a program reads the answer."""
        return self.format == "json"

    @cached_property
    def url(self) -> str:
        """The store to work with; the demo's stands in as long as there is no real one."""
        here = self.settings
        if self.demo:
            return here.demo_db
        if here.names_store or is_there(here.db) or not is_there(here.demo_db):
            return here.db
        self.tell(N_("No store of your own yet: this is the demo city. `cycle init` makes one."))
        return here.demo_db

    def say(self, template: str, /, **values: object) -> str:
        """Translate and fill a sentence."""
        return self.tongue.say(template, **values)

    def tell(self, template: str, /, **values: object) -> None:
        """Say something to the person; it is no data."""
        print(as_read(self.look, self.say(template, **values)), file=sys.stderr)

    def put(self, text: str) -> None:
        """Write data."""
        here = self.look
        as_json = self.format in ("json", "ndjson")
        print(escaped(text, plain_signs=here.ascii) if as_json else here.spell(text))

    @contextmanager
    def reading(self) -> "Iterator[Reader]":
        """Open the store for reading."""
        from cycle.reading.door import open_reader

        reader = open_reader(self.url)
        if reader.notice:
            self.tell(reader.notice)
        try:
            self._here = reader
            yield self._known_on(reader, self.as_of) if self.as_of else reader
        finally:
            reader.close()

    def _known_on(self, reader: "Reader", day: date) -> "Reader":
        """Give the store as it was known on the day that was asked for."""
        from cycle.reading.asof import known_on

        then = known_on(reader, day, today=self.now(reader))
        if self.format in (None, "table", "plain"):
            self.tell(N_("as it was known on {day}"), day=day)
        return then

    def today(self, reader: "Reader") -> date:
        """Tell the day that is looked at: the one that was asked for, else the town's own."""
        return self.as_of or self.now(reader)

    def now(self, reader: "Reader") -> date:
        """Tell the town's day: the fixed one, a demo's own, or the day in Berlin."""
        from cycle.reading.town import town

        return self.settings.today or town(reader).day or clock.today()

    def sees_internal(self, reader: "Reader") -> bool:
        """Tell whether the account sees more than what is published."""
        return self.sight(reader).internal

    def sees_accounts(self, reader: "Reader") -> bool:
        """Tell whether the account may see which accounts acted."""
        return self.sight(reader).accounts

    def sight(self, reader: "Reader") -> "Sight":
        """Tell how far the account sees; rights are those of today, whatever day is looked at."""
        from cycle.reading.accounts import actor
        from cycle.reading.sight import Sight

        found = actor(self._here or reader, self.settings.actor)
        if found is None or found.disabled_at:
            return Sight(frozenset())
        return Sight(frozenset(found.roles), frozenset(found.departments))

    def perform(self, deed: "Callable[[Unit], T]") -> T:
        """Do one deed in one transaction."""
        from cycle.store.store import Store

        store = Store.open(self.url)
        try:
            return store.perform(
                deed, self.settings.actor, day=self.settings.today, for_unit=self.for_unit
            )
        finally:
            store.close()


def is_there(url: str) -> bool:
    """Tell whether a store's file is there; a server's store is taken to be."""
    return not url.startswith(_SQLITE) or exists(url.removeprefix(_SQLITE))


def flags_of(args: Namespace) -> Mapping[str, str | None]:
    """Pick the flags that are settings."""
    return {name: getattr(args, name, None) for name in ("db", "actor", "lang", "config")}
