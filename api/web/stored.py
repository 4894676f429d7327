"""Texts as the town wrote them: pages in another language say in which one they stand.

The town writes German, whatever language a page is read in; a screen reader has to know where it
changes its voice (WCAG 3.1.2). Names of offices, bodies, areas, rounds and indicators are left as
they are: names have no language.
"""

from collections.abc import Mapping
from typing import Any, Final

from jinja2 import pass_context
from markupsafe import Markup

TONGUE: Final = "de"


class Stored(str):
    """A text as the town wrote it, where texts of ours may stand as well."""

    __slots__ = ()


def marked(text: str, lang: str) -> str:
    """Write a stored text for a page in this language so that its own is told."""
    return text if lang == TONGUE else Markup('<span lang="{}">{}</span>').format(TONGUE, text)


@pass_context
def as_stored(context: Mapping[str, Any], text: Any) -> Any:  # noqa: ANN401 - rows of every shape
    """Write a stored text as `marked` does; nothing stays what it is."""
    return marked(text, context["lang"]) if text else text


@pass_context
def lang_of(context: Mapping[str, Any], text: object) -> Markup:
    """Give the attribute of an element that holds only this text; nothing for texts of ours."""
    told = isinstance(text, Stored) and context["lang"] != TONGUE
    return Markup(' lang="{}"').format(TONGUE) if told else Markup()
