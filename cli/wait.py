"""`cycle wait`: wait until a record has come to where it is wanted."""

import json
import math
import re
import time
from argparse import ArgumentTypeError, Namespace
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.desk import Desk
from cli.flags import KEY, required
from cli.frame import Verb, arg
from cli.values import listed, pair
from cycle.errors import KreislaufError
from cycle.i18n import N_, Tongue

if TYPE_CHECKING:
    from cycle.reading.door import Reader
    from cycle.reading.waiting import Wanted

EACH = 1.0  # seconds between two looks
_SPAN = re.compile(r"(\d{1,6})([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True, slots=True)
class Span:
    """How long somebody waits, and how it was said."""

    seconds: int
    said: str


def span(text: str, tongue: Tongue) -> Span:
    """Read 30s, 10m, 2h or 1d."""
    if found := _SPAN.fullmatch(text.strip()):
        return Span(int(found[1]) * _SECONDS[found[2]], text.strip())
    says = N_("{text} is no span of time; write it like 30s, 10m, 2h or 1d.")
    raise ArgumentTypeError(tongue.say(says, text=text))


def place(text: str, tongue: Tongue) -> tuple[str, tuple[str, ...]]:
    """Read state=approved, or several places between commas."""
    word, said = pair(text, tongue)
    return word, tuple(each.replace("-", "_") for each in listed(said, tongue))


class _Looks:
    """Looks at the record whenever something has happened in the store."""

    def __init__(self, desk: Desk, what: "Wanted", begun: int) -> None:
        self.now: str | None = None
        self._desk, self._what, self._begun = desk, what, begun
        self._seen: int | None = None

    def __call__(self, reader: "Reader") -> str | None:
        """Tell at which of the wanted places it has come; None as long as at none."""
        from cycle.reading.journal import head
        from cycle.reading.waiting import can_come, passed, standing

        latest, what = head(reader), self._what
        if latest == self._seen:
            return None
        self.now = standing(reader, what, self._desk.sight(reader))
        found = self.now if self.now in what.words else passed(reader, what, self._begun)
        if found is None and not can_come(what, self.now):
            says = N_("{key} cannot come to {wanted}: no step leads there (now: {now}).")
            fix = N_("`cycle trace {key}` tells what became of it.")
            raise _not(self._desk, what, self.now, says, code="never_comes", fix=fix)
        self._seen = latest
        return found


def _wait(desk: Desk, args: Namespace) -> None:
    from cli.keys import one
    from cycle.reading.following import Following
    from cycle.reading.journal import head
    from cycle.reading.waiting import wanted

    key, (word, words) = one(args.key), args.wanted
    until = time.monotonic() + args.timeout.seconds if args.timeout else math.inf
    with closing(Following(desk.url)) as store:
        with store.look() as reader:
            what = wanted(reader, key, word, words, desk.sight(reader))
            looks = _Looks(desk, what, head(reader))
            found = looks(reader)
        if found is None and desk.look.terminal and not desk.format:
            desk.tell(N_("Waiting for {wanted}; Ctrl-C ends it."), wanted=_named(desk, what))
        while found is None:
            if (left := until - time.monotonic()) <= 0:
                span_ = args.timeout.said
                says = N_("{key} did not come to {wanted} within {span} (now: {now}).")
                fix = N_("`cycle {noun} show {key}` tells what is still missing.")
                raise _not(desk, what, looks.now, says, code="timed_out", fix=fix, span=span_)
            time.sleep(min(EACH, left))
            found = store.ask(looks)
    _put(desk, what, found)


def _put(desk: Desk, what: "Wanted", found: str) -> None:
    if desk.format in ("json", "ndjson"):
        desk.put(json.dumps({"key": what.key, what.place.word: found}))
    else:
        desk.put(f"{what.key}: {_name(desk, what, found)}")


def _named(desk: Desk, what: "Wanted") -> str:
    return ", ".join(_name(desk, what, each) for each in what.words)


def _name(desk: Desk, what: "Wanted", word: str | None) -> str:
    from cycle.machine import words

    return words.name(what.place.names, word, desk.tongue.lang)


def _not(desk: Desk, what: "Wanted", now: str | None, says: str, **more: str) -> KreislaufError:
    return KreislaufError(
        says, key=what.key, noun=what.place.noun,
        now=_name(desk, what, now), wanted=_named(desk, what), **more,
    )  # fmt: skip


VERBS = (
    Verb(
        "", N_("wait until a record has come to a state"), _wait,
        (
            KEY,
            required(arg("--for", N_("which one, or several: state=approved,rejected; of a round"
                             " stage=…, of a goal or a report status=…"),
                         place, dest="wanted", metavar="STATE=WORD")),
            arg("--timeout", N_("give up after this time: 30s, 10m, 2h or 1d"), span,
                metavar="TIME"),
        ),
    ),
)  # fmt: skip
