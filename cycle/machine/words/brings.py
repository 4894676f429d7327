"""What people read of a move of a measure before it is made: what it brings with it."""

from collections.abc import Mapping
from typing import Final

from cycle.machine.words import brings_de, brings_en

_BRINGS: Final[Mapping[str, Mapping[str, str]]] = {"de": brings_de.BRINGS, "en": brings_en.BRINGS}


def brings(move: str, lang: str) -> str:
    """Say what a move brings with it; nothing for one that is made otherwise."""
    return _BRINGS["de" if lang[:2].lower() == "de" else "en"].get(move, "")
