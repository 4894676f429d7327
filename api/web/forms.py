"""A form: its fields, what was typed into them, and the words a use case takes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from api.web import typed
from api.web.typed import Unreadable
from cycle.errors import Fault, Invalid
from cycle.i18n import N_, Tongue

Typed = Mapping[str, Sequence[str]]  # by the name of a field, as it came
LINE, PROSE = 300, 20_000  # characters


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    value: str
    label: str  # said already
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a form; its texts are said already."""

    name: str  # the word of the use case, and where a fault points to
    label: str
    kind: str = "line"  # line prose day number whole money choice choices flag secret file
    hint: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    value: Any = None  # as the store holds it
    most: int = 0  # characters; else by the kind
    also: tuple[str, ...] = ()  # further pointers whose faults belong here
    autocomplete: str = ""
    shown: str = "auto"  # of a choice: radios, or select from eight options on
    only_with: tuple[str, str] | None = None  # (field, value) it belongs to, shown below it
    empty: str = ""  # what no choice is called

    @property
    def id(self) -> str:
        """Name it in the page."""
        return f"f-{self.name}"

    @property
    def as_select(self) -> bool:
        """Tell whether a choice is a list to unfold rather than radio buttons."""
        return self.shown == "select" or (self.shown == "auto" and len(self.options) > 7)  # noqa: PLR2004 - a screen

    def read(self, raw: Sequence[str], tongue: Tongue) -> Any:  # noqa: ANN401 - by kind
        """Give what was typed as the use case takes it; None where nothing was; Unreadable."""
        if self.kind == "choices":
            return self._chosen([each for each in raw if each])
        if self.kind == "flag":
            return bool(raw and raw[-1])
        plain = raw[-1] if raw else ""
        if self.kind == "secret":
            return plain[: self.most or LINE]
        if not plain.strip():
            return None
        return self._readers(tongue)[self.kind](plain)

    def _readers(self, tongue: Tongue) -> dict[str, Callable[[str], Any]]:
        return {
            "line": lambda raw: typed.text(raw, self.most or LINE),
            "prose": lambda raw: typed.text(raw, self.most or PROSE, lines=True),
            "day": typed.day,
            "number": lambda raw: typed.number(raw, tongue),
            "whole": lambda raw: typed.whole(raw, tongue),
            "money": lambda raw: typed.cents(raw, tongue),
            "choice": lambda raw: self._chosen([raw])[0],
        }

    def _chosen(self, raw: Sequence[str]) -> tuple[str, ...]:
        known = {option.value for option in self.options}
        if not set(raw) <= known:
            says = N_("Please choose one of the answers given.")
            raise Unreadable("unknown_word", says)
        return tuple(dict.fromkeys(raw))

    def written(self, tongue: Tongue) -> tuple[str, ...]:
        """Give the stored value as somebody would type it."""
        value = self.value
        if value is None or value is False or self.kind in {"secret", "file"}:
            return ()
        if isinstance(value, (list, tuple)):
            return tuple(str(each) for each in value)
        return (_written(self.kind, value, tongue),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is asked on one page, and how it is sent."""

    title: str
    fields: tuple[Field, ...] = ()
    button: str = ""
    lead: str = ""  # a sentence above the fields
    about: str = ""  # the record it is asked of: its key and title, led to by `back`
    version: int | None = None  # of the record, as it was shown
    back: str = "/"  # where „cancel“ leads
    danger: bool = False  # it cannot be taken back easily
    files: bool = False  # it carries a file

    def words(self, came: Typed, tongue: Tongue) -> dict[str, Any]:
        """Give what was typed by the names of the fields; Invalid with every fault."""
        found: dict[str, Any] = {}
        faults: list[Fault] = []
        for each in self.fields:
            if each.kind == "file":
                continue
            try:
                found[each.name] = each.read(came.get(each.name, ()), tongue)
            except Unreadable as wrong:
                faults.append(wrong.at(each.name))
                continue
            if each.required and found[each.name] in (None, (), "", False):
                faults.append(Fault(each.name, "missing", _missing(each)))
        if faults:
            raise invalid(faults)
        return found

    def with_typed(self, came: Typed | None, tongue: Tongue) -> dict[str, tuple[str, ...]]:
        """Give what each field shows: what was typed, else what is stored."""
        if came is None:
            return {each.name: each.written(tongue) for each in self.fields}
        return {each.name: tuple(came.get(each.name, ())) for each in self.fields}

    def blank(self, came: Typed, tongue: Tongue) -> bool:
        """Tell whether nothing was answered where nothing is stored either."""
        return bool(self.fields) and not any(
            part.strip()
            for shown in (self.with_typed(came, tongue), self.with_typed(None, tongue))
            for parts in shown.values()
            for part in parts
        )

    def having(self, **changes: Any) -> "Form":  # noqa: ANN401 - its own fields
        """Give the same form but for this."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a form, said: a line for each fault, by field."""

    faults: tuple[tuple[str, str], ...] = ()  # (id of the field or "", sentence)
    by_field: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def invalid(faults: Sequence[Fault]) -> Invalid:
    """Say that a form cannot be taken as it is."""
    return Invalid(N_("Please look at what is marked."), faults=tuple(faults))


def placed(form: Form | None, error: Invalid, tongue: Tongue) -> Wrong:
    """Find the field each fault belongs to; what belongs to none stands above the form."""
    fields = form.fields if form else ()
    places = {name: each for each in fields for name in (each.name, *each.also)}
    listed: list[tuple[str, str]] = []
    by_field: dict[str, list[str]] = {}
    for fault in error.faults:
        name = fault.pointer.strip("/").removeprefix("--").replace("-", "_").partition("/")[0]
        here = places.get(name)
        says = _by_label(fault, places, tongue)
        listed.append((here.id if here else "", f"{here.label}: {says}" if here else says))
        if here:
            by_field.setdefault(here.name, []).append(says)
    if not listed:
        listed.append(("", tongue.say(error.says, **error.values)))
    return Wrong(tuple(listed), {name: tuple(told) for name, told in by_field.items()})


def _by_label(fault: Fault, places: Mapping[str, Field], tongue: Tongue) -> str:
    """Say a fault with what the page calls the field, not with its name at the other doors."""
    named = places.get(str(fault.values.get("name", "")))
    if not named:
        return tongue.say(fault.says, **fault.values)
    label = tongue.say(N_("“{field}”"), field=named.label)
    said = tongue.say(fault.says, **{**fault.values, "name": label})
    told = said.removeprefix(f"{label}: ")  # which stands above it already
    return told[:1].upper() + told[1:]


def _missing(asked: Field) -> str:
    if asked.kind in {"choice", "choices"}:
        return N_("Please choose an answer.")
    return N_("Please fill this in.")


def _written(kind: str, value: Any, tongue: Tongue) -> str:  # noqa: ANN401 - by kind
    if isinstance(value, date):
        return tongue.date(value)
    if kind == "money":
        euros = f"{tongue.money(int(value))}"
        return euros.replace("€", "").replace("\u00a0", "").strip()
    if kind in {"number", "whole"}:
        return tongue.number(value)
    return "1" if value is True else str(value)


NOTHING: Final = Wrong()
