"""The words a shell completes, kept in `words.json`: TAB has no time to build every parser.

`uv run python -m cli.tab.words` writes the file anew; a test tells when it must be.
"""

import argparse
import json
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from cli.flags import EVERYWHERE
from cli.frame import Arg, Verb
from cli.nouns import NOUNS
from cli.topics import TOPICS
from cycle.i18n import N_
from cycle.machine.cycles import ROUNDS
from cycle.machine.measures import MEASURES
from cycle.machine.policy_fields import FIELDS, ROUND
from cycle.machine.words import names

PATH: Final = Path(__file__).with_name("words.json")
FILES: Final = "/"  # names of files, which the shell knows itself
_ANY: Final = "measure goal finding report recommendation evaluation decision round paper"
_STEPS: Final = sorted({move.name for move in MEASURES.transitions})
_GUARDS: Final = sorted(
    {g.id for machine in (MEASURES, ROUNDS) for move in machine.transitions for g in move.guards}
)
_PLACES: Final = [
    *(f"state={state.name}" for state in MEASURES.states),
    *(f"stage={stage.name}" for stage in ROUNDS.states),
]
_KINDS: Final = [f"{entity}.*" for entity in names("entity", "en")]  # of events
_OF_WORD: Final[dict[str, str | list[str]]] = {  # what a word in capitals stands for
    "ACCOUNT": "account", "BODY": "body", "DECISION": "decision", "DEPARTMENT": "department",
    "EVALUATION": "evaluation", "FINDING": "finding", "GOAL": "goal", "INDICATOR": "indicator",
    "MEASURE": "measure", "REPORT": "report", "ROUND": "round", "CONDITION": _GUARDS,
    "FILE": FILES, "FOLDER": FILES, "MAP.toml": FILES, "STEP": _STEPS, "TOPIC": sorted(TOPICS),
    "STATE=WORD": _PLACES, "TYPE": _KINDS,
}  # fmt: skip
_OF_NAME: Final[dict[str, str | list[str]]] = {  # … where the same word stands for several
    "--addressee": "department", "--area": "area", "--department": "department",
    "--field": "field", "--paper": "paper", "--partner": "department",
    "--responsible": "department", "--scheme": "scheme", "setting": sorted(FIELDS),
}  # fmt: skip
_OF_COMMAND: Final[dict[str, str | list[str]]] = {  # … where it depends on the command
    "area add --parent": "area", "department add --parent": "department",
    "department dissolve --successor": "department", "department hand-over key": "department",
    "department hand-over to": "department",
    "department hand-over keys": "measure goal recommendation",
    "goal restate --into": "area", "area recalculate --into": "area", "trace key": _ANY,
    "journal key": _ANY, "undo key": _ANY, "overdue release key": _ANY,
    "overdue noted key": _ANY, "participation add key": "measure goal round",
    "waiver grant key": "measure round", "waiver list key": "measure round",
    "paper show key": "paper", "paper consult key": "paper", "wait key": _ANY, "watch key": _ANY,
    "policy roles step": sorted({*_STEPS, *(f"{ROUND}{move.name}" for move in ROUNDS.transitions)}),
}  # fmt: skip
_NO_VALUE: Final = frozenset({"store_true", "store_const"})
_TOP: Final = {"--version": [N_("tell the version"), None, 0]}
_HELP: Final = {"--help": [N_("show how a command is written"), None, 0]}


def written() -> str:
    """Write the tree of commands, a command a line."""
    nouns = []
    for word, noun in NOUNS.items():
        verbs: tuple[Verb, ...] = import_module(f"cli.{noun.module}").VERBS
        lines = [f"   {_json(v.name)}: {_json(_verb(word, v))}" for v in verbs]
        below = ",\n".join(lines)
        nouns.append(f'  {_json(word)}: {{"says": {_json(noun.says)}, "verbs": {{\n{below}}}}}')
    everywhere = _json(_HELP | _flags("", EVERYWHERE))
    listed = ",\n".join(nouns)
    return f'{{"top": {_json(_TOP)},\n "everywhere": {everywhere},\n "nouns": {{\n{listed}}}}}\n'


def _json(what: object) -> str:
    return json.dumps(what, ensure_ascii=False)


def _verb(noun: str, verb: Verb) -> dict[str, Any]:
    prog = f"{noun} {verb.name}".strip()
    places = [each for each in verb.args if not each.name.startswith("-")]
    return {
        "says": verb.says,
        "places": [_takes(prog, each) for each in places],
        "on": any(each.more.get("nargs") in ("*", "+") for each in places[-1:]),
        "flags": _flags(prog, tuple(each for each in verb.args if each not in places)),
    }


def _flags(prog: str, args: tuple[Arg, ...]) -> dict[str, list[object]]:
    """Give flags as [what it says, what it takes, whether it may be repeated]."""
    flags: dict[str, list[object]] = {}
    for each in args:
        action = each.more.get("action")
        names = each.name.split()
        if action is argparse.BooleanOptionalAction:
            names += [f"--no-{name[2:]}" for name in names]
        bare = action in _NO_VALUE or action is argparse.BooleanOptionalAction
        takes = None if bare else _takes(prog, each)
        flags |= {name: [each.says, takes, int(action == "append")] for name in names}
    return flags


def _takes(prog: str, each: Arg) -> str | list[str]:
    """Tell what stands at its place: these words, keys of a noun, files, or any text."""
    if choices := each.more.get("choices"):
        return [str(choice) for choice in choices]
    name, metavar = each.name.split()[0], str(each.more.get("metavar"))
    if found := _OF_COMMAND.get(f"{prog} {name}") or _OF_NAME.get(name) or _OF_WORD.get(metavar):
        return found
    noun = prog.split(" ", 1)[0]
    return noun if metavar == "KEY" and noun in NOUNS else _kinds(noun, metavar)


def _kinds(noun: str, metavar: str) -> str | list[str]:
    from cycle.exchange.imports import KINDS

    return sorted(KINDS) if metavar == "KIND" and noun in ("import", "template") else ""


if __name__ == "__main__":
    PATH.write_text(written(), "utf-8")
