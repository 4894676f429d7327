"""What a shell offers at TAB: commands, flags and words, and keys of the store with their titles.

It must be quick and never in the way: whatever is wrong, nothing is offered and nothing told.
"""

import faulthandler
import json
import os
from collections.abc import Sequence
from typing import Any, Final

from cli.tab.lines import Line
from cli.tab.shells import FILES, Asked, Offers, asked, told
from cycle import settings
from cycle.i18n import N_, Tongue

PATIENCE: Final = 0.6  # seconds for the store; a shell that hangs is worse than one without keys
MORE: Final = N_("… and more between: type on")
LAST: Final = "@last"
_WORDS: Final = os.path.join(os.path.dirname(__file__), "words.json")  # noqa: PTH118, PTH120 - loads faster
_SETTINGS: Final = ("db", "actor", "lang", "config")


def answer(shell: str, argv: Sequence[str]) -> str:
    """Answer one press of TAB in the way this shell reads it."""
    here = asked(shell, argv)
    line = Line(_tree(), here.words)
    return f"{FILES}\n" if line.takes == FILES else told(shell, here, _offers(line, here))


def _tree() -> dict[str, Any]:
    with open(_WORDS, encoding="utf-8") as file:  # noqa: PTH123 - pathlib takes a while to load
        tree: dict[str, Any] = json.load(file)
    return tree


def _offers(line: Line, here: Asked) -> Offers:
    """Give what may come next, each with what it means."""
    around, _ = settings.looked({name: line.given.get(f"--{name}") for name in _SETTINGS})
    tongue = Tongue(around.lang)
    offers = {word: tongue.say(says) if here.lists else "" for word, says in line.words.items()}
    if isinstance(line.takes, list):
        offers |= {word: "" for word in line.takes if word.startswith(line.typed)}
    elif line.typed and LAST.startswith(line.typed):
        offers[LAST] = ""
    elif line.takes:
        offers |= _keys(line.takes.split(), line, around, tongue)
    return {f"{line.before}{word}": says for word, says in offers.items()}


def _keys(nouns: list[str], line: Line, around: settings.Settings, tongue: Tongue) -> Offers:
    """Ask the store, but not for long: where it is silent, this process ends without a word."""
    from cycle.reading.completing import begun, load_driver

    url = _url(around, demo="--demo" in line.given)
    try:
        load_driver(url)
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - as above
            faulthandler.dump_traceback_later(PATIENCE, exit=True, file=nowhere)
            try:
                found, cut = begun(url, nouns, line.typed, around.actor)
            finally:
                faulthandler.cancel_dump_traceback_later()
    except Exception:  # noqa: BLE001 - no store is no reason to offer no words
        return {}
    return {**found, list(found)[-1]: tongue.say(MORE)} if cut else found


def _url(around: settings.Settings, *, demo: bool) -> str:
    """Choose the store as every command does: the demo's as long as there is no real one."""
    own, of_demo = around.db, around.demo_db
    stands_in = not (around.names_store or _is_there(own)) and _is_there(of_demo)
    return of_demo if demo or stands_in else own


def _is_there(url: str) -> bool:
    return os.path.exists(url.removeprefix("sqlite:///"))  # noqa: PTH110 - as above
