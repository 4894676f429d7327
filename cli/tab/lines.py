"""A line as far as it is typed: what may come next, by the tree of commands in `words.json`."""

from collections.abc import Iterable
from typing import Any

Tree = dict[str, Any]  # as cli/tab/words.py writes it


class Line:
    """A line as far as it is typed: which commands, flags and values may come next."""

    def __init__(self, tree: Tree, words: tuple[str, ...]) -> None:
        """Walk through the words before the one that is begun."""
        *before, self.typed = words
        self.flags: dict[str, Any] = {**tree["top"], **tree["everywhere"]}
        self.commands: dict[str, Any] = tree["nouns"]
        self.given: dict[str, str] = {}  # flags with their values
        self.before = ""  # the flag at whose = the value begins
        self.takes: str | list[str] = ""
        self._shared = tree["everywhere"]
        self._places: list[Any] = []
        self._on = False  # the last place may be taken several times
        waits = self._walk(before)
        self._settle(waits)

    def _walk(self, words: Iterable[str]) -> str:
        """Take one word after the other; give the flag that waits for its value."""
        waits, only_places = "", False
        for word in words:
            if waits:
                self.given[waits], waits = word, ""
            elif word == "--" and not only_places:
                only_places = True
                self.flags = {}
            elif word.startswith("-") and len(word) > 1 and not only_places:
                waits = self._flag(word)
            else:
                self._word(word.replace("_", "-"))
        return waits

    def _flag(self, word: str) -> str:
        name, sign, value = word.partition("=")
        self.given[name] = value
        return name if not sign and self._taken(name) is not None else ""

    def _taken(self, name: str) -> Any:  # noqa: ANN401 - as the words are kept
        return self.flags[name][1] if name in self.flags else None

    def _word(self, word: str) -> None:
        """Go down to the command of this name, or pass the place the word takes."""
        if found := self.commands.get(word):
            own = found if "flags" in found else found["verbs"].get("", {"flags": {}, "places": []})
            self.flags = {**self._shared, **own["flags"]}
            self._places, self._on = own["places"], own.get("on", False)
            below = found.get("verbs", {})
            self.commands = {name: verb for name, verb in below.items() if name}
        else:
            self.commands = {}
            if len(self._places) > 1 or not self._on:
                self._places = self._places[1:]

    def _settle(self, waits: str) -> None:
        name, sign, value = self.typed.partition("=")
        if waits:
            self.takes = self._taken(waits)
        elif sign and self._taken(name):
            self.before, self.typed, self.takes = f"{name}=", value, self._taken(name)
        elif not self.typed.startswith("-"):
            self.takes = self._places[0] if self._places else ""
            return
        self.commands = {}
        if waits or self.before:
            self.flags = {}

    @property
    def words(self) -> dict[str, str]:
        """Give the commands and flags that begin so, with their sentences."""
        if self.typed.startswith("-"):
            return {
                name: says
                for name, (says, _, again) in self.flags.items()
                if name.startswith(self.typed) and (again or name not in self.given)
            }
        named = self.commands.items()
        return {name: each["says"] for name, each in named if name.startswith(self.typed)}
