"""Boundaries change: areas end, and others take on their people by share."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from cycle.errors import Conflict, Fault, Invalid, NotFound
from cycle.i18n import N_
from cycle.machine.shares import whole
from cycle.model.space import Area, AreaSuccession
from cycle.model.words import SUCCESSIONS
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import strange
from cycle.usecases.rights import need

Part = tuple[str, Fraction]  # code of an area, and its share of the people
_KEPT = {"scheme_id", "code", "name", "level", "parent_id", "valid_to"}
_STAYS = "boundary"  # an area goes on under its code within other boundaries


def succeed(
    unit: Unit, code: str, *, on: date, parts: Sequence[Part], kind: str | None = None
) -> Area:
    """Let an area end and others take on its people from a day on; its series breaks there.

    An area that has its code before and after begins anew on that day, so that values within old
    and new boundaries are never mixed. Raises Forbidden, NotFound, Conflict, and Invalid where
    the shares do not make 1.
    """
    role = need(unit, "planner")
    named = kind or ("split" if len(parts) > 1 else "rename")
    given.insist(strange("kind", named, SUCCESSIONS), *_faults(parts, named))
    _insist_whole(code, parts)
    old = _ending(unit, code, on)
    _forget_the_automatic(unit, old, on)
    until, old.valid_to = old.valid_to, on - timedelta(days=1)
    for heir_code, share in parts:
        heir = _heir(unit, heir_code, on, old, until)
        unit.add(_tie(old, heir, on, share, named))
        if len(parts) == 1 or heir.code == old.code:
            _lift(unit, old, heir)
    told = {part: str(share) for part, share in parts}
    unit.tell(old, "succeeded", role=role, on=on, kind=named, parts=told)
    unit.session.flush()
    return old


def _faults(parts: Sequence[Part], kind: str) -> tuple[Fault | None, ...]:
    codes = [code for code, _ in parts]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    says = N_("{name}: {codes} is named more than once.")
    alone = N_("An area that is only renamed has one successor.")
    return (
        given.missing("parts", " ".join(codes)),
        Fault("parts", "twice", says, {"name": "parts", "codes": ", ".join(twice)})
        if twice
        else None,
        Fault("kind", "several", alone) if kind == "rename" and len(parts) > 1 else None,
    )


def _insist_whole(code: str, parts: Sequence[Part]) -> None:
    shares = [share for _, share in parts]
    if whole(shares) and all(share > 0 for share in shares):
        return
    says = N_("The shares of {key} make {total}, not 1.")
    values = {"key": code, "total": _decimal(sum(shares, Fraction(0)))}
    raise Invalid(
        says,
        faults=(Fault("parts", "shares_not_one", says, values),),
        fix=N_("Say for all its people where they belong: one --into CODE=SHARE for every area."),
        **values,
    )


def _ending(unit: Unit, code: str, on: date) -> Area:
    """Give the area that is valid until the day before."""
    old = lookup.area(unit, code, on - timedelta(days=1))
    if old.valid_from < on <= (old.valid_to or on) + timedelta(days=1):
        return old
    raise Conflict(
        N_("{key} is not valid on the day before {on}."),
        code="not_valid",
        fix=N_("`cycle area list --all` shows from when to when it is."),
        key=code,
        on=on,
    )


def _forget_the_automatic(unit: Unit, old: Area, on: date) -> None:
    """Let what is told of an area take the place of its merely beginning anew."""
    for there in lookup.every(unit, AreaSuccession, from_area_id=old.id):
        if (there.on_date, there.share, there.kind) != (on, Decimal(1), _STAYS):
            raise Conflict(
                N_("What became of {key} on {on} is told already."),
                code="duplicate",
                fix=N_("`cycle area show {key}` shows it."),
                key=old.code,
                on=there.on_date,
            )
        unit.session.delete(there)
    unit.session.flush()


def _heir(unit: Unit, code: str, on: date, old: Area, until: date | None) -> Area:
    """Give the area that begins on that day under this code; one that goes on begins anew."""
    found = [a for a in lookup.every(unit, Area, code=code) if a.id != old.id]
    valid = [a for a in found if a.valid_from <= on <= (a.valid_to or on)]
    there = max(valid, key=lambda a: a.valid_from, default=None)
    if there and there.valid_from == on:
        return there
    if code == old.code:
        return _anew(unit, old, on, until)
    if there is None:
        raise NotFound(
            N_("There is no area {key} on {on}."),
            fix=N_("Add it with `cycle area add {key} NAME --valid-from {on}`."),
            key=code,
            on=on,
        )
    heir = _anew(unit, there, on, there.valid_to)
    there.valid_to = on - timedelta(days=1)
    unit.add(_tie(there, heir, on, Fraction(1), _STAYS))
    _lift(unit, there, heir)
    unit.tell(there, "succeeded", on=on, kind=_STAYS, parts={code: "1"})
    return heir


def _anew(unit: Unit, area: Area, on: date, until: date | None) -> Area:
    made = unit.add(Area(**area.model_dump(include=_KEPT), valid_from=on))
    made.valid_to = until if until and until >= on else None
    unit.tell(made, "added")
    unit.session.flush()
    return made


def _lift(unit: Unit, old: Area, heir: Area) -> None:
    """Let the areas within an area lie in what it became."""
    for child in lookup.every(unit, Area, parent_id=old.id):
        if heir.valid_from <= (child.valid_to or heir.valid_from):
            child.parent_id = heir.id


def _tie(old: Area, heir: Area, on: date, share: Fraction, kind: str) -> AreaSuccession:
    return AreaSuccession(
        from_area_id=old.id, to_area_id=heir.id, on_date=on, share=_decimal(share), kind=kind
    )


def _decimal(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / Decimal(share.denominator)
