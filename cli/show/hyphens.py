"""Where a long German word may be parted with a hyphen, so that a narrow column reads well."""

import re
from typing import Final

LEAST: Final = 3  # letters on either side
# The last consonant goes to the next syllable, and what is spoken as one sound with it.
_SYLLABLE: Final = re.compile(
    r"(?:sch|ch|ck|ph|th|[bpdtgkf][lr]|qu|(?<![aeiouyäöü])s[pt]|[bcdfghjklmnpqrstvwxzß])"
    r"(?=[aeiouyäöü])",
    re.IGNORECASE,
)


def parts(word: str, room: int) -> list[str]:
    """Part a word that is too long for a line, between syllables where it can be."""
    if len(word) <= room:
        return [word]
    most = max(room - 1, 1)
    starts = (found.start() for found in _SYLLABLE.finditer(word))
    fitting = [at for at in starts if LEAST <= at <= min(most, len(word) - LEAST)]
    at = fitting[-1] if fitting else most
    return [word[:at], *parts(word[at:], room)]
