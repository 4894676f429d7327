"""How each shell asks for completions and reads the answer.

bash hands over its whole line, for it splits words at signs such as = and @, and shows what it
would insert; zsh and fish hand over whole words and show a text beside each. What is shown comes
from other people: it may steer neither a terminal nor a shell.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

FILES: Final = "/"  # alone on its line: the shell is to offer names of files
LISTS: Final = frozenset("?!@")  # bash shows a list; else it only inserts what all have in common
_UNQUOTED: Final = frozenset("_-./:=+,%@")  # beside letters and digits
_WIDTH: Final = 80
_GAP: Final = "  "

Offers = dict[str, str]  # word → what it means


@dataclass(frozen=True, slots=True)
class Asked:
    """What a shell wants to know."""

    words: tuple[str, ...]  # behind `cycle`, the last one begun
    lists: bool = True  # the answer is only shown, or each word has its text beside it
    open: str = ""  # the quote the last word stands in
    cut: int = 0  # so much of the last word bash takes for a word of its own
    width: int = _WIDTH


def asked(shell: str, argv: Sequence[str]) -> Asked:
    """Read the question of a shell."""
    if shell == "bash":
        return _of_bash(*argv)
    width, *words = argv
    return Asked(tuple(words), width=_columns(width))


def told(shell: str, here: Asked, offers: Offers) -> str:
    """Write the answer so that the shell reads it line by line."""
    shown = {word: clean(says) for word, says in offers.items() if word.isprintable()}
    return "".join(f"{line}\n" for line in _TOLD[shell](here, shown))


def clean(text: str) -> str:
    """Leave of a text what cannot steer anything: one line, no control and no bidi signs."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def _columns(text: str) -> int:
    return int(text) if text.isdecimal() and int(text) else _WIDTH


def _of_bash(line: str, point: str, kind: str, breaks: str, columns: str) -> Asked:
    typed = line.encode(errors="surrogateescape")[: int(point)].decode(errors="replace")
    words, quote, cut = split(typed, breaks)
    lists = chr(int(kind or 9)) in LISTS
    return Asked(tuple(words[1:]) or ("",), lists, quote, cut, _columns(columns))


def split(line: str, breaks: str = "") -> tuple[list[str], str, int]:
    """Split a line into words as a shell does, the last one as far as it is typed.

    Gives the quote it stands in too, and how much of it stands before its last break.
    """
    words: list[str] = []
    word: str | None = None
    quote, cut, signs = "", 0, iter(line)
    for sign in signs:
        if not quote and sign in " \t\n":
            words += [] if word is None else [word]
            word, cut = None, 0
        elif sign == quote or (not quote and sign in "'\""):
            quote, word = "" if quote else sign, word or ""
        elif sign == "\\" and quote != "'":
            word = (word or "") + next(signs, "")
        else:
            word = (word or "") + sign
            cut = len(word) if not quote and sign in breaks else cut
    return [*words, word or ""], quote, cut


def _for_bash(here: Asked, offers: Offers) -> list[str]:
    typed = here.words[-1]
    begun = [word for word in offers if word.startswith(typed[: here.cut])]
    if not here.lists and len(begun) > 1 and not all(_goes_on(word, typed) for word in begun):
        return []  # it would put in what they have in common, and what was typed would be lost
    fit = {_quoted(word[here.cut :], here.open): offers[word] for word in begun}
    fit.pop("", None)
    return _beside(fit, here.width) if here.lists and len(fit) > 1 else list(fit)


def _goes_on(word: str, typed: str) -> bool:
    return word.casefold().startswith(typed.casefold())


def _quoted(word: str, quote: str) -> str:
    """Write a word as bash is to find it on its line; "" where that is not to be had."""
    plain = [sign.isalnum() or sign in _UNQUOTED for sign in word]
    if quote:
        fine = all(ok or sign == " " for ok, sign in zip(plain, word, strict=True))
        return word if fine else ""
    return "".join(s if ok else f"\\{s}" for ok, s in zip(plain, word, strict=True))


def _for_zsh(here: Asked, offers: Offers) -> list[str]:
    shown = _beside(offers, here.width)
    return [f"{word}\t{line}" for word, line in zip(offers, shown, strict=True)]


def _for_fish(here: Asked, offers: Offers) -> list[str]:  # noqa: ARG001 - as for every shell
    return [f"{word}\t{says}" for word, says in offers.items()]


def _beside(offers: Offers, width: int) -> list[str]:
    """Write each word with its text, as long as there are any, a line each."""
    if not any(offers.values()):
        return list(offers)
    longest = max(map(len, offers))
    lines = [f"{word:{longest}}{_GAP}{says}" for word, says in offers.items()]
    return [_cut(line, width - 1) for line in lines]


def _cut(line: str, room: int) -> str:
    """Cut a line to its room, and fill half of it: two do not stand beside each other."""
    return line[: room - 1] + "…" if len(line) > room else f"{line:{room // 2 + 1}}"


_TOLD: Final[dict[str, Callable[[Asked, Offers], list[str]]]] = {
    "bash": _for_bash, "zsh": _for_zsh, "fish": _for_fish,
}  # fmt: skip
