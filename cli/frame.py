"""How a command is written down: as a table of verbs, each with its arguments.

A noun's file holds `VERBS`; a parser is built only for the verb that is called. The verb named
"" is the noun's own command, as in `cycle status`.
"""

import argparse
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NoReturn

from cli.placeholders import spoken
from cli.show.look import columns
from cli.values import Take, code
from cycle.errors import Fault, Invalid
from cycle.i18n import N_, Tongue

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    from cli.desk import Desk

Run = Callable[["Desk", Namespace], int | None]
About = Callable[[], Mapping[str, str]]
SHOWS = N_("`{prog} --help` shows how it is written.")


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument: a flag with hyphens, or a word at its place."""

    name: str  # several names stand apart by blanks
    says: str  # template of its help
    take: Take | None = None  # turns the text into a value
    more: Mapping[str, Any] = field(default_factory=dict)  # for argparse

    @property
    def dest(self) -> str:
        """The name under which the value is found."""
        return str(self.more.get("dest") or self.name.split()[0].lstrip("-").replace("-", "_"))


@dataclass(frozen=True, slots=True)
class Verb:
    """One command of a noun."""

    name: str
    says: str  # template of its line of help
    run: Run
    args: tuple[Arg, ...] = ()
    mends: bool = False  # runs whatever is wrong with the settings, to tell it


def arg(name: str, says: str, take: Take | None = None, /, **more: Any) -> Arg:  # noqa: ANN401 - what argparse takes
    """Write down one argument."""
    return Arg(name, says, take, more)


def switch(name: str, says: str, /, **more: Any) -> Arg:  # noqa: ANN401 - argparse's own words
    """Write down a flag without a value."""
    return Arg(name, says, None, {"action": "store_true", "default": None, **more})


def yes_no(name: str, says: str) -> Arg:
    """Write down a flag that has its opposite, --no-…."""
    return Arg(name, says, None, {"action": argparse.BooleanOptionalAction})


def many(name: str, dest: str, says: str, take: Take | None = None, /, **more: Any) -> Arg:  # noqa: ANN401 - what argparse takes
    """Write down a flag that may stand several times."""
    return Arg(name, says, take, {"dest": dest, "action": "append", **more})


def one_of(name: str, words: Iterable[str], says: str, /, **more: Any) -> Arg:  # noqa: ANN401 - what argparse takes
    """Write down an argument that takes one word of a closed list."""
    if name.startswith("-"):
        more = {"metavar": name.split(maxsplit=1)[0].lstrip("-").upper(), **more}
    return Arg(name, says, code, {"choices": tuple(words), **more})


def _reads(take: Take, tongue: Tongue) -> Callable[[str], object]:
    return lambda text: take(text, tongue)


class Help(argparse.RawDescriptionHelpFormatter):
    """Help that names in the usage only what belongs to the command itself."""

    def __init__(self, prog: str, **more: Any) -> None:  # noqa: ANN401 - what argparse hands over
        """Measure the screen by our own means: argparse's take 2 ms to be loaded."""
        super().__init__(prog, **{"width": columns() - 2, **more})

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Leave out what every command takes."""
        own = [a for a in actions if not getattr(a, "everywhere", False)]
        super().add_usage(usage, own, groups, prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints go through the one error door."""

    def __init__(self, prog: str, tongue: Tongue, about: About = dict) -> None:
        """Make a parser that takes no shortened flags: scripts would break on new ones.

        What it is about (description, epilog, usage) is put in words when somebody asks for help.
        """
        super().__init__(prog, formatter_class=Help, allow_abbrev=False)
        self.tongue = tongue
        self._about = about

    def format_help(self) -> str:
        """Write the help."""
        vars(self).update(self._about())
        return super().format_help()

    def take(self, *args: Arg) -> None:
        """Add a verb's own arguments."""
        for each in args:
            self._one(self, each)

    def share(self, *args: Arg, told: bool = True) -> None:
        """Add what every command takes; it must not undo what stood before the command."""
        group = self.add_argument_group(self.tongue.say("for every command"))
        own = self._option_string_actions
        for each in args:
            if each.name in own:
                continue  # the verb means something else by it
            action = self._one(group, each, default=argparse.SUPPRESS)
            action.help = action.help if told else argparse.SUPPRESS
            action.everywhere = True  # type: ignore[attr-defined] # Help reads it

    def _one(self, to: Any, each: Arg, **over: Any) -> argparse.Action:  # noqa: ANN401 - what argparse takes
        more: dict[str, Any] = {**each.more, **over}
        if each.take:
            more["type"] = _reads(each.take, self.tongue)
        if "metavar" in more:
            more["metavar"] = spoken(more["metavar"], self.tongue)
        says = self.tongue.say(each.says).replace("%", "%%")
        made: argparse.Action = to.add_argument(*each.name.split(), help=says, **more)
        return made

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        """Write the help in signs the screen can show."""
        from cli.show.look import look

        super()._print_message(look().spell(message), file)

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the words given."""
        raise Invalid(
            N_("{message}"),
            fix=SHOWS,
            message=message[:1].upper() + message[1:],
            prog=self.prog,
        )


def by_flag(error: Invalid, verb: Verb, prog: str) -> Invalid:
    """Name what is wrong by the flags of the command, as the person typed them."""
    flags = [(each.dest, each.name.split()[0]) for each in verb.args if each.name[0] == "-"]
    typed = {flag[2:].replace("-", "_"): flag for _, flag in flags} | dict(flags)

    def named(fault: Fault) -> Fault:
        flag = typed.get(fault.pointer, fault.pointer)
        same = fault.values.get("name") == fault.pointer
        values = {**fault.values, "name": flag} if same else fault.values
        return replace(fault, pointer=flag, values=values)

    faults = tuple(named(each) for each in error.faults)
    if faults == error.faults and error.fix:
        return error
    values = {"prog": prog, **error.values}
    if faults:
        values["fields"] = ", ".join(each.pointer for each in faults)
    return Invalid(error.says, faults=faults, fix=error.fix or SHOWS, **values)


def words_of(parser: Parser, argv: Sequence[str], space: Namespace) -> list[str]:
    """Read the flags before a command's name; give the name and all behind it."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    parser.parse_args(argv, space)
    words: list[str] = space.words
    del space.words
    return words[1:] if words[:1] == ["--"] else words


def verb_of(verbs: Sequence[Verb], word: str, prog: str) -> Verb:
    """Find the verb of that name; an underscore may stand for the hyphen."""
    wanted = word.replace("_", "-")
    found = {verb.name: verb for verb in verbs}.get(wanted)
    if found:
        return found
    raise unknown_word(prog, word, [verb.name for verb in verbs])


def missing_word(prog: str, verbs: Sequence[Verb]) -> Invalid:
    """Say that a command is missing, and which ones there are."""
    return Invalid(
        N_("What is to be done? `{prog}` needs a command: {known}."),
        fix=N_("`{prog} --help` shows what there is."),
        prog=prog,
        known=tuple(verb.name for verb in verbs),
    )


def unknown_word(prog: str, word: str, known: Sequence[str]) -> Invalid:
    """Say that there is no such command, and which ones are like it."""
    from difflib import get_close_matches

    near = get_close_matches(word.replace("_", "-"), known, n=3, cutoff=0.5)
    says = N_("There is no command `{prog} {word}`.")
    fix = N_("Did you mean {near}?") if near else N_("`{prog} --help` shows what there is.")
    return Invalid(says, fix=fix, prog=prog, word=word, near=tuple(near))
