"""Colours of a picture on a terminal; every colour only repeats what a sign tells already."""

import re
from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from cli.show.look import Look, harmless
from cli.show.terminal import GREEN, OCHRE, RED, TEAL

STYLES = {"good": GREEN, "odd": OCHRE, "broken": RED, "here": TEAL}


def tinted(picture: str, tints: Mapping[str, str], look: Look) -> str:
    """Colour the signs of a drawn picture; its signs and its width stay the same."""
    text = Text(harmless(picture))
    for sign, colour in tints.items():
        text.highlight_regex(re.escape(sign), STYLES[colour])
    console = Console(
        width=look.width, force_terminal=True, color_system="256", highlight=False,
        markup=False, soft_wrap=True,
    )  # fmt: skip
    with console.capture() as captured:
        console.print(text)
    return captured.get().rstrip("\n")
