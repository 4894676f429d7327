"""Man pages, made of the same tables as the commands: `cycle help man`."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.flags import EVERYWHERE
from cli.frame import Arg, Verb
from cli.nouns import GROUPS, NOUNS
from cli.placeholders import spoken
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.i18n import Tongue

FILES: Final = {
    "$XDG_CONFIG_HOME/kreislauf/config.toml": N_("settings of one's own"),
    "./kreislauf.toml": N_("settings of the folder one stands in; they count more"),
    "$XDG_DATA_HOME/kreislauf/kreislauf.db": N_("the store where none is named"),
}
_LINE = re.compile(r"^(?=[.'])", re.MULTILINE)


def pages(tongue: "Tongue", topics: "dict[str, str]") -> Iterator[tuple[str, str]]:
    """Give every page with its name: one of all commands, and one a command."""
    yield "cycle.1", _whole(tongue, topics)
    for word in NOUNS:
        yield f"cycle-{word}.1", _of_noun(tongue, word)


def write(folder: Path, tongue: "Tongue", topics: "dict[str, str]") -> int:
    """Write all pages into a folder, and give how many."""
    folder.mkdir(parents=True, exist_ok=True)
    made = list(pages(tongue, topics))
    for name, text in made:
        (folder / name).write_text(text, "utf-8")
    return len(made)


def _whole(tongue: "Tongue", topics: "dict[str, str]") -> str:
    parts = [
        _head("CYCLE", "cycle", tongue.say("the steering cycle of a municipality"), tongue),
        _section(tongue.say("SYNOPSIS"), f"\\fBcycle\\fR {_esc(spoken('COMMAND …', tongue))}"),
        _title(tongue.say("COMMANDS")),
    ]
    for title, nouns in GROUPS:
        parts.append(f".SS {_quoted(tongue.say(title))}")
        parts += [_item(f"\\fBcycle {_esc(n.word)}\\fR", tongue.say(n.says)) for n in nouns]
    parts += _options(tongue, EVERYWHERE, tongue.say("OPTIONS"))
    for name, text in topics.items():
        body = f".nf\n{_esc(tongue.say(text))}\n.fi"
        parts.append(f".SH {_quoted(name.upper().replace('-', ' '))}\n{body}")
    parts.append(_title(tongue.say("FILES")))
    parts += [_item(f"\\fI{_esc(path)}\\fR", tongue.say(says)) for path, says in FILES.items()]
    also = ", ".join(f"\\fBcycle\\-{_esc(word)}\\fR(1)" for word in NOUNS)
    return "\n".join([*parts, _section(tongue.say("SEE ALSO"), also), ""])


def _of_noun(tongue: "Tongue", word: str) -> str:
    from importlib import import_module

    noun = NOUNS[word]
    verbs: Sequence[Verb] = import_module(f"cli.{noun.module}").VERBS
    parts = [_head(f"CYCLE-{word.upper()}", f"cycle-{word}", tongue.say(noun.says), tongue)]
    parts.append(_title(tongue.say("COMMANDS")))
    for verb in verbs:
        name = f"cycle {word} {verb.name}".strip()
        parts.append(f".SS {_quoted(name)}\n{_esc(_sentence(tongue.say(verb.says)))}\n.PP")
        parts.append(" ".join([f"\\fB{_esc(name)}\\fR", *(_usage(a, tongue) for a in verb.args)]))
        parts += [_argument(each, tongue) for each in verb.args]
    also = _section(
        tongue.say("SEE ALSO"),
        "\\fBcycle\\fR(1) " + _esc(tongue.say("tells what every command takes.")),
    )
    return "\n".join([*parts, also, ""])


def _head(title: str, name: str, says: str, tongue: "Tongue") -> str:
    from importlib.metadata import version

    source = _quoted("Kreislauf " + version("kreislauf"))
    top = f'.TH {_quoted(title)} 1 "" {source}'
    heading = _title(tongue.say("NAME"))
    return f"{top}\n{heading}\n{_esc(name)} \\- {_esc(says)}"


def _section(title: str, body: str) -> str:
    return f"{_title(title)}\n{body}"


def _title(text: str) -> str:
    return f".SH {_quoted(text)}"


def _options(tongue: "Tongue", args: Sequence[Arg], title: str) -> list[str]:
    return [f".SH {_quoted(title)}", *(_argument(each, tongue) for each in args)]


def _argument(each: Arg, tongue: "Tongue") -> str:
    return _item(_written(each, tongue), tongue.say(each.says))


def _usage(each: Arg, tongue: "Tongue") -> str:
    written = _written(each, tongue)
    asked = each.more.get("required") or (
        not each.name.startswith("-") and each.more.get("nargs") not in ("?", "*")
    )
    return written if asked else f"[{written}]"


def _written(each: Arg, tongue: "Tongue") -> str:
    """Write an argument as one types it."""
    name = each.name.split()[0]
    metavar = spoken(str(each.more.get("metavar") or each.dest.upper()), tongue)
    if not name.startswith("-"):
        return f"\\fI{_esc(metavar)}\\fR"
    if "action" in each.more and each.more["action"] != "append":
        return f"\\fB{_esc(name)}\\fR"
    return f"\\fB{_esc(name)}\\fR \\fI{_esc(metavar)}\\fR"


def _item(what: str, says: str) -> str:
    return f".TP\n{what}\n{_esc(_sentence(says))}"


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _esc(text: str) -> str:
    """Write text so that groff takes no sign of it for a command."""
    plain = _LINE.sub(r"\\&", text.replace("\\", "\\e").replace("-", "\\-"))
    return "".join(sign if sign.isascii() else f"\\[u{ord(sign):04X}]" for sign in plain)


def _quoted(text: str) -> str:
    return '"' + _esc(text).replace('"', "\\(dq") + '"'
