"""`cycle help`: what concerns every command, the help of a command, man pages."""

from argparse import Namespace
from difflib import get_close_matches
from pathlib import Path

from cli.desk import Desk
from cli.frame import Verb, arg
from cli.topics import TOPICS
from cycle.errors import Invalid
from cycle.i18n import N_

MAN = "man"  # is made on demand, and no topic


def _help(desk: Desk, args: Namespace) -> int:
    from cli.main import main
    from cli.nouns import NOUNS

    word = (args.topic or "").replace("_", "-")
    if word == MAN:
        return _man(desk, args)
    if word in TOPICS:
        desk.put(desk.say(TOPICS[word]))
        return 0
    if word and word not in NOUNS:
        raise _unknown(args.topic, [*TOPICS, *NOUNS, MAN])
    return main([*([word] if word else []), "--help", "--lang", desk.tongue.lang])


def _man(desk: Desk, args: Namespace) -> int:
    """Write the man pages into a folder, or the one of all commands to standard output."""
    from cli import manual

    if args.to is None:
        desk.put(next(manual.pages(desk.tongue, TOPICS))[1].rstrip("\n"))
        return 0
    folder = Path(args.to)
    count = manual.write(folder, desk.tongue, TOPICS)
    desk.tell(N_("{count} man pages were written: `man -l {folder}/cycle.1` shows the first."),
              count=count, folder=folder)  # fmt: skip
    return 0


def _unknown(word: str, known: list[str]) -> Invalid:
    near = get_close_matches(word, known, n=3, cutoff=0.5)
    fix = N_("Did you mean {near}?") if near else N_("There are {known}; or name a command.")
    return Invalid(
        N_("There is no help on {word}."), fix=fix, word=word,
        near=tuple(near), known=(*TOPICS, MAN),
    )  # fmt: skip


VERBS = (
    Verb(
        "", N_("what concerns every command: keys, dates, formats, exit codes, …"), _help,
        (
            arg(
                "topic",
                N_("exit-codes, environment, formats, filters, keys, dates, sight, scripting,"
                   " undo, pictures or watching; a command; or man for a man page"),
                nargs="?", metavar="TOPIC",
            ),
            arg("--to", N_("write all man pages into this folder"), metavar="FOLDER"),
        ),
    ),
)  # fmt: skip
