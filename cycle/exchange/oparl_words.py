"""What the words of a council system mean: roles, results and kinds of bodies, by one table."""

import tomllib
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from cycle.errors import Fault, Invalid
from cycle.exchange.cells import alike
from cycle.exchange.mapping import NO_MAP, Mapping
from cycle.i18n import N_
from cycle.model.words import BODY_KINDS, CONSULTATION_ROLES, MAJORITIES, OUTCOMES

# What consent means by the role of the sitting; in other roles it is not mapped.
CONSENT = {
    ("consent", "deciding"): "adopted",
    ("consent", "preparatory"): "recommended",
    ("consent", "hearing"): "recommended",
    ("consent_amended", "deciding"): "adopted_amended",
    ("consent_amended", "preparatory"): "recommended",
    ("consent_amended", "hearing"): "recommended",
    ("consent_partly", "deciding"): "partly_adopted",
}
_MEANINGS = {
    "role": set(CONSULTATION_ROLES),
    "result": {*OUTCOMES, *(name for name, _ in CONSENT)},
    "body": set(BODY_KINDS),
}


@dataclass(slots=True)
class Words:
    """The table in use, and a count of the words it does not hold."""

    roles: dict[str, str]
    results: dict[str, str]
    bodies: dict[str, str]
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)

    def anew(self) -> "Words":
        """Give the same table with nothing counted."""
        return replace(self, unmapped=Counter())

    def role(self, delivered: str | None) -> str:
        """Give the role of a sitting; unknown where the word is not mapped."""
        if not delivered:
            return "unknown"
        found = self.roles.get(alike(delivered))
        if found is None:
            self.unmapped["role", delivered] += 1
        return found or "unknown"

    def result(self, delivered: str, role: str) -> tuple[str, str | None]:
        """Give outcome and majority of a result; unknown where the words are not mapped."""
        meaning, _, majority = self.results.get(alike(delivered), "").partition(" ")
        outcome = CONSENT.get((meaning, role), meaning)
        if outcome in OUTCOMES:
            return outcome, majority or None
        self.unmapped["result", delivered if not meaning else f"{delivered} ({role})"] += 1
        return "unknown", None

    def body(self, name: str) -> str:
        """Give the kind of a body by its name."""
        plain = alike(name)
        return next((kind for part, kind in self.bodies.items() if part in plain), "committee")


def words(town_map: Mapping = NO_MAP) -> Words:
    """Give the table, with what a town's map adds or says otherwise."""
    _check(town_map)
    own, told = _table(), town_map.values
    return Words(
        {**own["role"], **told.get("role", {})},
        {**own["result"], **told.get("result", {})},
        {**told.get("body", {}), **own["body"]},
    )


@cache
def _table() -> dict[str, dict[str, str]]:
    text = files("cycle.exchange").joinpath("oparl_words.toml").read_text("utf-8")
    found = tomllib.loads(text)
    return {name: {alike(word): m for word, m in found[name].items()} for name in _MEANINGS}


def _check(town_map: Mapping) -> None:
    says, strange = N_("{value} is not one of: {words}."), N_("A map for oparl has no {key}.")
    given = {"columns": town_map.columns, "constants": town_map.constants,
             "ignore": town_map.ignore}  # fmt: skip
    faults = [Fault(n, "unknown_key", strange, {"key": n}) for n, v in given.items() if v]
    for name, table in town_map.values.items():
        if name not in _MEANINGS:
            faults.append(Fault(f"values.{name}", "unknown_key", strange, {"key": name}))
            continue
        for word, meaning in table.items():
            outcome, _, majority = meaning.partition(" ")
            if outcome not in _MEANINGS[name] or majority not in {"", *MAJORITIES}:
                known = ", ".join(sorted(_MEANINGS[name]))
                told = {"value": meaning, "words": known}
                faults.append(Fault(f"values.{name}.{word}", "unknown_word", says, told))
    if faults:
        raise Invalid(
            N_("Please check the map: {fields}."),
            faults=tuple(faults),
            fix=N_("It may have [values.role], [values.result] and [values.body]."),
            fields=", ".join(fault.pointer for fault in faults),
        )
