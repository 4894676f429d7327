"""The machine's words in German and English: names of codes, and what is missing before a move.

A value that is not there is told as "…"; no sentence ever fails for want of one.
"""

from collections.abc import Collection, Mapping
from datetime import date
from numbers import Rational
from typing import Final, NamedTuple

from cycle.machine.words import (
    cycles_de,
    cycles_en,
    headlines_de,
    headlines_en,
    measures_de,
    measures_en,
    names_de,
    names_en,
    policy_de,
    policy_en,
    records_de,
    records_en,
)

Values = Mapping[str, object]
Said = tuple[str, str, str]
BLANK: Final = "…"


class Language(NamedTuple):
    """All a language has to say, the sentences by machine."""

    names: Mapping[str, Mapping[str, str]]
    guards: Mapping[str, Mapping[str, Said]]
    headlines: Mapping[str, Mapping[str, str]]
    day: str  # how a date is written
    comma: str


LANGUAGES: Final = {
    "de": Language(
        names_de.NAMES | records_de.NAMES | policy_de.NAMES,
        {"measure": measures_de.GUARDS, "cycle": cycles_de.GUARDS},
        {"measure": headlines_de.HEADLINES, "cycle": cycles_de.HEADLINES},
        "%d.%m.%Y",
        ",",
    ),
    "en": Language(
        names_en.NAMES | records_en.NAMES | policy_en.NAMES,
        {"measure": measures_en.GUARDS, "cycle": cycles_en.GUARDS},
        {"measure": headlines_en.HEADLINES, "cycle": cycles_en.HEADLINES},
        "%Y-%m-%d",
        ".",
    ),
}

# Which kind of name a value of a sentence is.
_KINDS: Final = {
    "kinds": "consequence",
    "wanted": "outcome",
    "outcome": "outcome",
    "groups": "group",
    "state": "state",
    "targets": "state",
    "stage": "stage",
    "level": "level",
    "purpose": "purpose",
    "binding": "proof",
    "move": "move",
    "offered": "move",
}
_KINDS_OF_ROUNDS: Final = {
    "state": "stage",
    "targets": "stage",
    "move": "round_move",
    "offered": "round_move",
}


_ONE: Final = "_first"


class _Spoken(dict[str, str]):
    """Values as a sentence says them, each once it is asked for; what is not there is blank."""

    def __init__(self, values: Values, lang: str) -> None:
        super().__init__()
        self.told, self.lang = values, lang
        self.of_a_round = values.get("machine") == "cycle"

    def __missing__(self, key: str) -> str:
        value = self.told.get(key)
        if key == "command":
            return _command(self.told.get("move", BLANK))
        if key in self.told:
            return self._offered(value) if key == "offered" else self._say(key, value)
        if key == "binding":
            return name("proof", "", self.lang)
        if key == "office":
            return guard_who("finance", self.lang, self.told)
        some = self.told.get(key.removesuffix(_ONE))  # a command takes one at a time
        return str(some[0]) if key.endswith(_ONE) and isinstance(some, tuple) and some else BLANK

    def _say(self, key: str, value: object) -> str:
        rounds = _KINDS_OF_ROUNDS if self.of_a_round else {}
        return _say(value, rounds.get(key) or _KINDS.get(key, ""), self.lang)

    def _offered(self, value: object) -> str:
        if not isinstance(value, tuple) or not value:
            return self._say("offered", value)
        return ", ".join(f"{self._say('offered', v)} ({_command(v)})" for v in value)


def language(lang: str) -> Language:
    """Return a language by its code, `de_DE` included; English where it is unknown."""
    return LANGUAGES.get(lang[:2].lower(), LANGUAGES["en"])


def names(kind: str, lang: str) -> Mapping[str, str]:
    """Return all names of a kind (state, move, role, …) by code."""
    return language(lang).names.get(kind, {})


def name(kind: str, code: str | None, lang: str) -> str:
    """Return the name of a code; the code itself where it has none."""
    return names(kind, lang).get(code or "", code or BLANK)


def sayable(lang: str, machine: str) -> Collection[str]:
    """Return the ids of the guards that have words."""
    return language(lang).guards[machine].keys()


def guard_says(guard: str, lang: str, values: Values) -> str:
    """Say what is missing, as a sentence."""
    return _filled(guard, 0, lang, values)


def guard_task(guard: str, lang: str, values: Values) -> str:
    """Say what is to be done, as an entry of a task list."""
    return _filled(guard, 1, lang, values)


def guard_command(guard: str, lang: str, values: Values) -> str:
    """Name the command that settles it."""
    return _filled(guard, 2, lang, values)


def guard_fix(guard: str, lang: str, values: Values) -> str:
    """Say what is to be done, and the command that does it."""
    return f"{guard_task(guard, lang, values)}: {guard_command(guard, lang, values)}"


def guard_who(who: str, lang: str, values: Values) -> str:
    """Name who can mend it, with the unit's code where it is known: *Kämmerei (20)*."""
    unit = {"lead": values.get("lead"), "finance": values.get("finance")}.get(who)
    office = name("role", who, lang)
    return f"{office} ({unit})" if unit else office


def refusal(machine: str, move: str, key: str, lang: str) -> str:
    """Return the headline over what is missing: *M-2026-014 kann noch nicht in die Gremien:*."""
    headlines = language(lang).headlines.get(machine, {})
    template = headlines.get(move) or headlines.get("", "{key}:")
    return template.format(key=key or name("unnamed", machine, lang))


def _filled(guard: str, part: int, lang: str, values: Values) -> str:
    said = _said(guard, lang, values)
    return said[part].format_map(_Spoken(values, lang)) if said else guard


def _said(guard: str, lang: str, values: Values) -> Said | None:
    """Look in the machine's own words first: a round and a measure share some ids."""
    tables = language(lang).guards
    own = tables["cycle" if values.get("machine") == "cycle" else "measure"]
    variant = own.get(f"{guard}.{values.get('variant')}")
    return variant or own.get(guard) or tables["cycle"].get(guard)


def _command(move: object) -> str:
    return str(move).replace("_", "-")


def _say(value: object, kind: str, lang: str) -> str:
    if isinstance(value, tuple):
        nothing = name("label", "nothing", lang)
        return ", ".join(_say(v, kind, lang) for v in value) or nothing
    if isinstance(value, date):
        return value.strftime(language(lang).day)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Rational):  # a Fraction, which itself is slow to load
        return f"{float(value):.3g}".replace(".", language(lang).comma)
    if value is None or isinstance(value, str):
        return name(kind, value, lang)
    return str(value)
