"""`cycle completion`: the shell completes commands, flags and words."""

from argparse import Namespace
from importlib import import_module

from cli.desk import Desk
from cli.flags import EVERYWHERE
from cli.frame import Parser, Verb, one_of
from cli.nouns import NOUNS
from cycle.i18n import N_, Tongue

SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")


def answer(tongue: Tongue) -> None:
    """Answer the shell and leave; to do so, every command must be there."""
    import argcomplete

    argcomplete.autocomplete(whole(tongue))


def whole(tongue: Tongue) -> Parser:
    """Build the parser of all commands at once; a call builds only its own."""
    top = Parser("cycle", tongue)
    top.share(*EVERYWHERE)
    nouns = top.add_subparsers(dest="noun")
    for noun in NOUNS.values():
        parser = nouns.add_parser(f"{noun.word}", tongue=tongue, help=tongue.say(noun.says))
        verbs: tuple[Verb, ...] = import_module(f"cli.{noun.module}").VERBS
        own = next((verb for verb in verbs if not verb.name), None)
        parser.take(*(own.args if own else ()))
        parser.share(*EVERYWHERE)
        if own is None:
            _grow(parser, verbs, tongue)
    return top


def _grow(parser: Parser, verbs: tuple[Verb, ...], tongue: Tongue) -> None:
    below = parser.add_subparsers(dest="verb")
    for verb in verbs:
        leaf = below.add_parser(verb.name, tongue=tongue, help=tongue.say(verb.says))
        leaf.take(*verb.args)
        leaf.share(*EVERYWHERE)


def _code(desk: Desk, args: Namespace) -> None:
    from argcomplete.shell_integration import shellcode

    desk.put(shellcode(["cycle"], shell=args.shell).strip("\n"))


VERBS = (
    Verb(
        "", N_("print what makes your shell complete `cycle`"), _code,
        (one_of("shell", SHELLS, N_("bash, zsh, fish, tcsh or powershell"), metavar="SHELL"),),
    ),
)  # fmt: skip
