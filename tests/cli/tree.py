"""Every command of the tree with sensible words; a new verb must be put in one of the tables."""

from collections.abc import Iterator
from importlib import import_module

from cli.deeds import Deed
from cli.frame import Arg, Verb
from cli.nouns import NOUNS

KEYS = {  # in the demo city
    "round": "Z-2024", "report": "B-2024-01", "finding": "F-2024-001",
    "recommendation": "R-2024-001", "goal": "G-2024-001", "indicator": "ABGANG",
    "evaluation": "E-2025-001", "decision": "D-2024-001", "paper": "0012/2024", "body": "JHA",
    "department": "51", "field": "BIL", "area": "01", "account": "planner",
}  # fmt: skip
WORDS = {  # what stands for a word in capitals
    "ACCOUNT": "planner", "AGS": "08212000", "BODY": "JHA", "CODE": "51", "CODE=SHARE": "02=1",
    "CONDITION": "financial_not_countersigned", "DATE": "2026-11-20", "FILE": "copy.db",
    "INDICATOR": "ABGANG", "KEY": "M-2024-001", "MEASURE": "M-2024-001", "N": "1", "NAME": "wort",
    "NUMBER": "1", "REPORT": "B-2024-01", "SHORT_NAME": "AB", "STATE=WORD": "state=approved",
    "STEP": "propose", "TEXT": "Wort",
    "TITLE": "Titel", "KIND": "measures",
    "URL": "https://x.example/in", "VALUE": "5", "YEAR": "2027",
}  # fmt: skip
READS = {  # commands that only read, with what is not made of the tables above
    "status", "board", "circle", "agenda", "calendar", "gaps", "overdue", "trace", "journal",
    "round list", "round show", "round burn-up", "report list", "report show", "finding list",
    "finding show", "recommendation list", "recommendation show", "goal list", "goal show",
    "indicator list", "indicator line", "indicator areas", "indicator show", "observation list",
    "measure list", "measure show", "measure can", "budget show", "budget list",
    "progress asked", "progress table", "progress list", "evaluation list", "evaluation show",
    "waiver list", "decision open", "decision to-confirm", "decision list", "decision show",
    "paper list", "paper show", "body list", "body show", "department list", "department show",
    "field list", "field show", "area list", "area show", "account list", "account show",
    "account deputies", "token list", "webhook list", "policy show", "policy guards", "db check",
    "doctor", "config show", "public status",
}  # fmt: skip
TEXTS = {"template", "template mapping", "help", "completion", "workflow"}  # say one text
WRITES = {  # that are no Deed
    "demo", "init", "import", "overdue release", "overdue noted", "journal blackout", "round open",
    "round advance", "round take-over", "measure log", "measure edit", "measure again",
    "measure light", "measure supersede", "measure merge", "measure split", "measure target",
    "measure propose", "measure send-back", "measure approve", "measure defer", "measure resubmit",
    "measure reject", "measure start", "measure suspend", "measure resume", "measure finish",
    "measure reopen", "measure evaluate", "measure report-back", "measure cancel",
    "measure take-over", "participation add", "progress unchanged", "progress ask",
    "evaluation add", "waiver grant", "decision add", "decision correct", "department dissolve",
    "department hand-over", "area recalculate", "area shapes", "account edit", "account deputy",
    "account end-deputy", "account password", "token create", "token show", "token revoke",
    "webhook add", "webhook show", "webhook edit", "webhook deliveries", "webhook replay",
    "webhook rotate",
    "webhook test", "policy set", "policy preset", "policy reset", "policy soften", "policy block",
    "finding edit", "goal edit", "measure dossier", "policy roles", "db upgrade", "db backup",
    "db restore", "undo", "public propose", "public confirm", "public close",
}  # fmt: skip
WAITS = {"serve", "watch", "wait"}  # until somebody ends it, or something comes to be


def verbs() -> Iterator[tuple[str, Verb]]:
    """Walk the tree: every command by its name."""
    for noun in NOUNS.values():
        for verb in import_module(f"cli.{noun.module}").VERBS:
            yield f"{noun.word} {verb.name}".strip(), verb


VERBS = dict(verbs())


def tabled(name: str) -> bool:
    """Tell whether somebody has thought of this command."""
    rest = READS | TEXTS | WRITES | WAITS
    return name in rest or isinstance(VERBS[name].run, Deed)


def needed(verb: Verb) -> list[Arg]:
    """Give the words a command does not go without."""
    return [
        each
        for each in verb.args
        if each.more.get("required")
        or (not each.name.startswith("-") and each.more.get("nargs") not in ("?", "*"))
    ]


def word_for(name: str, each: Arg) -> str:
    """Give a sensible word for an argument."""
    if choices := each.more.get("choices"):
        return str(choices[0])
    noun = name.split(maxsplit=1)[0]
    if each.dest in {"key", "keys"} and noun in KEYS and each.more.get("metavar") != "MEASURE":
        return KEYS[noun]
    return WORDS[str(each.more.get("metavar"))]


def line(name: str, wrong: Arg | None = None, word: str = "") -> list[str]:
    """Write a command with every word it needs; one of them may be wrong."""
    flags, places = [], []
    for each in needed(VERBS[name]):
        text = word if each is wrong else word_for(name, each)
        if each.name.startswith("-"):
            flags.append(f"{each.name.split()[0]}={text}")
        else:
            places.append(text)
    return [*name.split(), *flags, *(["--", *places] if places else [])]


def put_in(words: list[str], *flags: str) -> list[str]:
    """Put flags before the places of a line."""
    at = words.index("--") if "--" in words else len(words)
    return [*words[:at], *flags, *words[at:]]
