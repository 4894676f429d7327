"""The command `cycle`: finds the verb that is called, and turns errors into exit codes."""

import sys
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from itertools import zip_longest

from cli.desk import Desk, flags_of
from cli.flags import EVERYWHERE
from cli.frame import (
    Parser,
    Verb,
    by_flag,
    missing_word,
    unknown_word,
    verb_of,
    words_of,
)
from cli.nouns import GROUPS, NOUNS
from cli.placeholders import spoken
from cli.show.look import columns
from cycle import errors, settings
from cycle.i18n import N_, Tongue, teach_argparse

EXITS: dict[type[errors.KreislaufError], int] = {
    errors.KreislaufError: 1,
    errors.Invalid: 2,
    errors.NotFound: 3,
    errors.Forbidden: 4,
    errors.Conflict: 5,
    errors.Refused: 6,
    errors.Unavailable: 7,
}
INTERRUPTED = 130
COMMAND = "COMMAND …"
NARROWEST = 20  # what a word means is told in no narrower column
MORE = N_("`cycle --help` shows what every command takes, `COMMAND --help` a command.")
ENDING = N_("`cycle COMMAND --help` tells more about a command.")
DESCRIPTION = N_("Kreislauf keeps the steering cycle turning: report, goals, measures, evaluation.")


class Version(Action):
    """Tells the version; looking it up takes longer than most commands need to begin."""

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        """Tell it and leave."""
        from importlib.metadata import version

        print(f"cycle {version('kreislauf')}")
        parser.exit()


def _tongue(argv: Sequence[str]) -> Tongue:
    """Return the language asked for; other settings may still be wrong, as for `doctor`."""
    here, wrong = settings.looked({name: _early(argv, f"--{name}") for name in ("lang", "config")})
    if any(fault.pointer == "--lang" for fault in wrong):
        raise settings.unusable(wrong)
    return Tongue(here.lang)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    argv = list(sys.argv[1:] if argv is None else argv)
    tongue = Tongue(_early(argv, "--lang") or "en")
    try:
        tongue = _tongue(argv)
        teach_argparse(tongue.lang)
        return _finish(_call(argv, tongue))
    except SystemExit as leaving:  # argparse has shown its help
        return _finish(int(leaving.code or 0))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read has enough, as `head` has
        sys.stdout = None  # nothing is left to be flushed at the end
        return 0
    except errors.KreislaufError as error:
        _told(error, argv, tongue)
        return _exit_of(error)
    except Exception as bug:
        if "--debug" in argv:
            raise
        _told(_slip(bug), argv, tongue)
        return 1


def _call(argv: list[str], tongue: Tongue) -> int:
    verb, args = parsed(argv, tongue)
    here, faults = settings.looked(flags_of(args))
    if faults and not verb.mends:
        raise settings.unusable(faults)
    desk = Desk(args, here, tongue)
    try:
        if getattr(args, "watch", None):
            from cli.watched import follow

            return follow(desk, verb.run, args)
        return verb.run(desk, args) or 0
    except errors.Invalid as error:
        if desk.format in ("json", "ndjson"):
            raise  # a program reads the names that every door gives
        raise by_flag(error, verb, args.prog) from error


def parsed(argv: Sequence[str], tongue: Tongue) -> tuple[Verb, Namespace]:
    """Find the verb that is called and read its arguments; raise Invalid for wrong ones."""
    space = Namespace()
    words = words_of(_top(tongue), argv, space)
    bare = not words
    noun = words[0].replace("_", "-") if words else "status"
    if noun not in NOUNS:
        raise unknown_word("cycle", words[0], list(NOUNS))
    verb, parser, rest = _verb(noun, words[1:], space, tongue)
    args = parser.parse_args(rest, space)
    args.bare, args.prog = bare, parser.prog
    return verb, args


def _verb(
    noun: str, words: list[str], space: Namespace, tongue: Tongue
) -> tuple[Verb, Parser, list[str]]:
    """Find the verb that is called, and build its parser."""
    prog = f"cycle {noun}"
    verbs: tuple[Verb, ...] = import_module(f"cli.{NOUNS[noun].module}").VERBS
    named = [verb for verb in verbs if verb.name]
    own = next((verb for verb in verbs if not verb.name), None)
    if own and not (words and words[0].replace("_", "-") in {v.name for v in named}):
        return own, leaf(prog, own, tongue, named), words
    words = words_of(_group(prog, noun, named, tongue), words, space)
    if not words:
        raise missing_word(prog, named)
    verb = verb_of(named, words[0], prog)
    return verb, leaf(f"{prog} {verb.name}", verb, tongue), words[1:]


def leaf(prog: str, verb: Verb, tongue: Tongue, further: Sequence[Verb] = ()) -> Parser:
    """Build the parser of one verb."""

    def about() -> dict[str, str]:
        says = [_sentence(verb.says, tongue)]
        if further:
            says.append(_listed([(each.name, tongue.say(each.says)) for each in further]))
        return {"description": "\n\n".join(says), "epilog": tongue.say(MORE)}

    parser = Parser(prog, tongue, about)
    parser.take(*verb.args)
    parser.share(*EVERYWHERE, told=False)
    return parser


def _top(tongue: Tongue) -> Parser:
    def about() -> dict[str, str]:
        width = max(map(len, NOUNS))
        blocks = [
            f"{tongue.say(title)}:\n"
            + _listed([(noun.word, tongue.say(noun.says)) for noun in nouns], width)
            for title, nouns in GROUPS
        ]
        said = "\n\n".join([tongue.say(DESCRIPTION), *blocks])
        return {"usage": _usage("cycle", tongue), "description": said, "epilog": tongue.say(ENDING)}

    parser = Parser("cycle", tongue, about)
    parser.add_argument("--version", action=Version, nargs=0, help=tongue.say("tell the version"))
    parser.share(*EVERYWHERE)
    return parser


def _group(prog: str, noun: str, verbs: Sequence[Verb], tongue: Tongue) -> Parser:
    def about() -> dict[str, str]:
        listed = _listed([(verb.name, tongue.say(verb.says)) for verb in verbs])
        said = f"{_sentence(NOUNS[noun].says, tongue)}\n\n{listed}"
        return {"usage": _usage(prog, tongue), "description": said, "epilog": tongue.say(MORE)}

    parser = Parser(prog, tongue, about)
    parser.share(*EVERYWHERE, told=False)
    return parser


def _usage(prog: str, tongue: Tongue) -> str:
    return f"{prog} {spoken(COMMAND, tongue)}"


def _sentence(template: str, tongue: Tongue) -> str:
    says = tongue.say(template)
    return f"{says[:1].upper()}{says[1:]}."


def _listed(lines: Sequence[tuple[str, str]], width: int = 0) -> str:
    from textwrap import wrap

    width = width or max(len(word) for word, _ in lines)
    room, found = max(columns() - width - 4, NARROWEST), []
    for word, says in lines:
        first, *rest = wrap(says, room)
        found += [f"  {word:{width}}  {first}", *(f"{'':{width + 4}}{part}" for part in rest)]
    return "\n".join(found)


def _early(argv: Sequence[str], name: str) -> str | None:
    """Look for a flag before there are parsers: they are built in the language it names."""
    for word, following in zip_longest(argv, argv[1:]):
        if word == name:
            return following
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


def _told(error: errors.KreislaufError, argv: Sequence[str], tongue: Tongue) -> None:
    from cli.show.look import as_read, look, never_fail
    from cli.show.problems import as_json, as_text

    never_fail(sys.stderr)
    if "--json" in argv or _early(argv, "--format") in ("json", "ndjson"):
        print(as_json(error, tongue), file=sys.stderr)
    else:
        here = look(plain_signs="--ascii" in argv)
        print(as_read(here, as_text(error, tongue)), file=sys.stderr)


def _slip(bug: Exception) -> errors.KreislaufError:
    return errors.KreislaufError(
        N_("Something went wrong that should not: {kind}: {why}"),
        code="unexpected",
        fix=N_("Repeat it with --debug and report what it shows; nothing was half written."),
        kind=type(bug).__name__,
        why=str(bug).split("\n", 1)[0][:200],
    )


def _exit_of(error: errors.KreislaufError) -> int:
    return next(EXITS[kind] for kind in type(error).__mro__ if kind in EXITS)


def _finish(code: int) -> int:
    sys.stdout.flush()  # a closed pipe shows itself here, where it can be caught
    return code


if __name__ == "__main__":
    sys.exit(main())
