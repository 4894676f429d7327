"""The store of one town: opens units, retries whole ones, translates what databases say."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Engine, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

from cycle import clock
from cycle.errors import Conflict, Forbidden, NotFound, Unavailable
from cycle.i18n import N_
from cycle.model.columns import Entity
from cycle.model.town import Municipality, OrgUnit
from cycle.reading.door import open_reader
from cycle.reading.failures import unavailable
from cycle.store import schema
from cycle.store.actors import EVERYTHING, Scope, acting_within
from cycle.store.checks import check
from cycle.store.engine import in_memory, open_engine
from cycle.store.refusals import translated
from cycle.store.unit import Actor, Unit

T = TypeVar("T")
TRIES = 5
PATIENCE = 30.0  # seconds a deed waits for another one of this process
_ONE_WRITER = threading.Lock()  # SQLite's own waiting is unfair; one queue a process is not


class Store:
    """A town's store, opened for writing."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose store has the wanted revision."""
        self.engine = engine

    @classmethod
    def open(cls, url: str) -> "Store":
        """Open an existing store; Unavailable when it is missing or of another revision."""
        engine = open_engine(url)
        with _given_up(engine):
            if engine.dialect.name == "sqlite" and not in_memory(engine.url):
                open_reader(url).close()  # a file that is no store of ours stays as it is
            schema.check(engine)
        return cls(engine)

    @classmethod
    def create(cls, url: str) -> "Store":
        """Create the store, or give an empty one its tables; Unavailable where it is older."""
        engine = open_engine(url, create=True)
        with _given_up(engine):
            schema.settle(engine)
        return cls(engine)

    @contextmanager
    def unit(
        self,
        actor: str | None = "local",
        *,
        day: date | None = None,
        for_unit: str | None = None,
        by_import: bool = False,
        scope: Scope = EVERYTHING,
    ) -> Iterator[Unit]:
        """Open one transaction for one deed; commit at the end, roll back on any error.

        `actor` names an account, None only before the first one exists; `day` fixes the
        domain's day; `scope` narrows the account. Raises Forbidden for an unknown or disabled
        account, and for a deputy whose time is over.
        """
        with (
            translated(),
            self._one_writer(),
            Session(self.engine, autoflush=False, expire_on_commit=False) as session,
            session.begin(),
        ):
            unit = self._enter(session, actor, day, scope)
            if for_unit or by_import:
                unit.actor = _on_behalf(unit, for_unit, by_import=by_import)
            event.listen(session, "before_flush", _before_flush(unit))
            yield unit
            unit.write_journal()

    def perform(
        self,
        deed: Callable[[Unit], T],
        actor: str | None = "local",
        *,
        day: date | None = None,
        for_unit: str | None = None,
        scope: Scope = EVERYTHING,
    ) -> T:
        """Do a deed in a unit, and do the whole unit again when the database asks for it.

        Where another deed wrote the same key at the same moment it is done once more: then it
        sees what is there.
        """
        attempt = 1
        while True:
            try:
                with self.unit(actor, day=day, for_unit=for_unit, scope=scope) as unit:
                    return deed(unit)
            except Unavailable as busy:
                if busy.code != "store_busy" or attempt == TRIES:
                    raise
            except Conflict as taken:
                if attempt > 1 or not isinstance(taken.__cause__, IntegrityError):
                    raise
            time.sleep(random.uniform(0, 0.05 * 2**attempt))  # noqa: S311 - no secret
            attempt += 1

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if self.engine.dialect.name != "sqlite":
            yield
            return
        if not _ONE_WRITER.acquire(timeout=PATIENCE):
            raise unavailable("store_busy")
        try:
            yield
        finally:
            _ONE_WRITER.release()

    def _enter(self, session: Session, actor: str | None, day: date | None, scope: Scope) -> Unit:
        town = session.scalars(
            select(Municipality).order_by(col(Municipality.created_at)).limit(1)
        ).one_or_none()
        town = town or Municipality(name="", ags="", started_on=clock.today(day))
        day = day or town.day or clock.today()
        acting = Actor("", "", frozenset())
        if actor is not None:
            acting = acting_within(session, town.id, actor, day, scope)
        return Unit(session, town, acting, day, clock.now())


@contextmanager
def _given_up(engine: Engine) -> Iterator[None]:
    """Close what was opened where the store turns out not to be usable."""
    try:
        with translated():
            yield
    except BaseException:
        engine.dispose()
        raise


def _on_behalf(unit: Unit, code: str | None, *, by_import: bool) -> Actor:
    if code is None:
        return replace(unit.actor, by_import=by_import)
    found = unit.session.scalars(
        select(OrgUnit).where(
            col(OrgUnit.municipality_id) == unit.town.id, col(OrgUnit.code) == code
        )
    ).one_or_none()
    if found is None:
        raise NotFound(
            N_("There is no department {department}."),
            code="department_unknown",
            fix=N_("`cycle department list` shows what there is."),
            department=code,
        )
    if "planner" not in unit.actor.roles and code not in unit.actor.units:
        raise Forbidden(
            N_("Only social planning records for another department; {name} does not."),
            code="other_department",
            fix=N_("Leave out --for, or name an account of social planning with --actor."),
            name=unit.actor.name,
        )
    return replace(unit.actor, for_unit_id=found.id, for_unit=code, by_import=by_import)


def _before_flush(unit: Unit) -> Callable[..., None]:
    def check_and_stamp(session: Session, _context: object, _instances: object) -> None:
        changed = [record for record in session.dirty if session.is_modified(record)]
        for record in [*session.new, *changed]:
            check(record)
        for record in changed:
            if isinstance(record, Entity):
                record.updated_at = unit.now
        unit.written.flushing(session)

    return check_and_stamp
