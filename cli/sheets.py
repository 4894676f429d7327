"""A record as text for an editor: `field: value`, its meaning above it, and what is wrong.

A line that begins with # is not read; a value goes on in lines that begin with blanks.
"""

from argparse import ArgumentTypeError, BooleanOptionalAction
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any, Final

from cli.frame import Arg
from cycle.errors import Invalid, KreislaufError
from cycle.i18n import N_, Tongue
from cycle.machine import words
from cycle.reading import problems

WIDTH: Final = 78
WRONG: Final = "#!"  # begins a line that tells what is wrong
_KINDS: Final = {"prevention_level": "prevention", "kind": "finding_kind"}  # of words
_YES: Final = frozenset({"yes", "ja", "y", "j", "true"})
_NO: Final = frozenset({"no", "nein", "n", "false", ""})


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field, or with all of it where none is named."""

    field: str
    says: str


class Unfit(Exception):
    """A value that its field does not take; says why."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: the flag it stands for, and the value on opening."""

    arg: Arg
    value: Any
    added: bool  # a list that can only be added to
    needed: bool

    @property
    def name(self) -> str:
        """Give its name, which is that of the flag."""
        return self.arg.name.split()[0].removeprefix("--")

    @property
    def listed(self) -> bool:
        """Tell whether it takes several."""
        return self.arg.more.get("action") == "append"

    def shown(self, tongue: Tongue) -> str:
        """Write the value on opening."""
        if isinstance(self.value, bool):
            return tongue.say(N_("yes")) if self.value else tongue.say(N_("no"))
        if isinstance(self.value, date):
            return self.value.isoformat()
        if isinstance(self.value, (list, tuple)):
            return ", ".join(self.value)
        return "" if self.value is None else str(self.value)

    def lines(self, tongue: Tongue) -> Iterator[str]:
        """Write meaning, closed list and value."""
        for line in wrap(tongue.say(self.arg.says), WIDTH - 2):
            yield f"# {line}"
        if choices := self.arg.more.get("choices"):
            names = words.names(_KINDS.get(self.arg.dest, self.arg.dest), tongue.lang)
            told = ", ".join(f"{w} ({names[w]})" if w in names else str(w) for w in choices)
            one_of = tongue.say(N_("one of: {words}"), words=told)
            yield from (f"# {line}" for line in wrap(one_of, WIDTH - 2))
        if self.listed:
            says = N_("several stand between commas")
            more = N_("several stand between commas; none can be taken away here")
            yield f"# {tongue.say(more if self.added else says)}"
        first, *rest = self.shown(tongue).split("\n")
        yield f"{self.name}: {first}".rstrip()
        yield from (f"    {line}".rstrip() for line in rest)

    def take(self, text: str, tongue: Tongue) -> Any:  # noqa: ANN401 - as the flag takes it
        """Read what was written; Unfit where the field does not take it."""
        if not text and (self.needed and self.value is not None):
            raise Unfit(tongue.say(N_("{name} must not be empty."), name=self.name))
        if self.arg.more.get("action") is BooleanOptionalAction:
            return self._truth(text, tongue)
        if self.listed:
            return self._several(text, tongue)
        return self._one(text, tongue) if text else None

    def _truth(self, text: str, tongue: Tongue) -> bool:
        if text.casefold() not in _YES | _NO:
            raise Unfit(tongue.say(N_("{name} takes yes or no."), name=self.name))
        return text.casefold() in _YES

    def _several(self, text: str, tongue: Tongue) -> tuple[Any, ...]:
        said = tuple(each.strip() for each in text.split(",") if each.strip())
        gone = [each for each in self.value or () if each not in said]
        if self.added and gone:
            says = N_("{name}: {gone} cannot be taken away here.")
            raise Unfit(tongue.say(says, name=self.name, gone=", ".join(gone)))
        return tuple(self._one(each, tongue) for each in said)

    def _one(self, text: str, tongue: Tongue) -> Any:  # noqa: ANN401 - as the flag takes it
        try:
            said = self.arg.take(text, tongue) if self.arg.take else text
        except ArgumentTypeError as unread:
            raise Unfit(f"{self.name}: {unread}") from None
        choices = self.arg.more.get("choices")
        if choices and said not in choices:
            listed = ", ".join(map(str, choices))
            says = N_("{name} must be one of: {words}.")
            raise Unfit(tongue.say(says, name=self.name, words=listed))
        return said


@dataclass(frozen=True, slots=True)
class Form:
    """All that can be written of one record."""

    key: str
    fields: tuple[Field, ...]

    def text(self, tongue: Tongue, version: int) -> str:
        """Write the form as it is opened."""
        head = tongue.say(
            N_("{key}, version {version}. Change what stands behind a colon, save and close."
               " Lines that begin with # are not read; a longer text goes on in lines that begin"
               " with blanks. Nothing behind a colon means: not told. To change nothing, close"
               " the editor as it is."),
            key=self.key, version=version,
        )  # fmt: skip
        parts = ["\n".join(f"# {line}" for line in wrap(head, WIDTH - 2))]
        parts += ["\n".join(each.lines(tongue)) for each in self.fields]
        return "\n\n".join(parts) + "\n"

    def read(self, text: str, tongue: Tongue) -> tuple[dict[str, Any], list[Wrong]]:
        """Give what was changed, and what is wrong with it."""
        fields = {each.name: each for each in self.fields}
        said, wrong = _said(text, fields, tongue)
        changed: dict[str, Any] = {}
        for name, value in said.items():
            field = fields[name]
            if value == field.shown(tongue).strip():
                continue
            try:
                changed[field.arg.dest] = field.take(value, tongue)
            except Unfit as unfit:
                wrong.append(Wrong(name, str(unfit)))
        return changed, wrong

    def faults(self, error: KreislaufError, tongue: Tongue) -> list[Wrong]:
        """Give what a use case refused by the fields it is about."""
        names = {each.arg.dest: each.name for each in self.fields}
        if isinstance(error, Invalid) and error.faults:
            return [
                Wrong(names.get(each.pointer, ""), problems.fault(each, tongue))
                for each in error.faults
            ]
        from cli.show.problems import as_text

        return [Wrong("", line) for line in as_text(error, tongue).splitlines()]


def with_faults(text: str, faults: Sequence[Wrong], tongue: Tongue) -> str:
    """Write what is wrong on top, and once more above each field; what was wrong before goes."""
    kept = [line for line in text.splitlines() if not line.startswith(WRONG)]
    at = {each.field: each.says for each in faults if each.field}
    body = []
    for line in kept:
        name = line.partition(":")[0]
        if name in at and line[:1] not in ("#", " "):
            body += _marked([at[name]])
        body.append(line)
    head = tongue.say(N_("It was not stored yet. Please mend:"))
    return "\n".join([*_marked([head, *(each.says for each in faults)]), *body]) + "\n"


def _marked(sentences: Iterable[str]) -> list[str]:
    return [f"{WRONG} {line}" for each in sentences for line in wrap(each, WIDTH - 3)]


def _said(
    text: str, fields: Mapping[str, Field], tongue: Tongue
) -> tuple[dict[str, str], list[Wrong]]:
    """Read the lines into texts by field; a field that is left out stays as it is."""
    found: dict[str, list[str]] = {}
    wrong, here = [], ""
    for n, line in enumerate(text.splitlines(), 1):
        name, colon, rest = line.partition(":")
        if line.startswith("#"):
            continue
        if colon and name in fields:
            here = name
            found[name] = [rest.strip()]
        elif here and (not line.strip() or line[:1].isspace()):
            found[here].append(line.strip())
        elif line.strip():
            says = N_(
                "Line {n} is no field; a text goes on in lines that begin with blanks: {line}"
            )
            wrong.append(Wrong("", tongue.say(says, n=n, line=line[:60])))
    return {name: "\n".join(lines).strip() for name, lines in found.items()}, wrong
