"""Types of events as people name them: measure.proposed, or measure.* for all of a kind."""

import re
from typing import Final

from cycle.machine import words

_TYPE: Final = re.compile(r"([a-z_]+)\.([a-z_]+|\*)")


def is_type(written: str) -> bool:
    """Tell whether events can be of this type; measure.loged is none."""
    found = _TYPE.fullmatch(written)
    if found is None:
        return False
    actions = {each.rpartition(".")[2] for each in words.names("action", "en")}
    return found[1] in words.names("entity", "en") and found[2] in {"*", *actions}


def fits(written: str, type_: str) -> bool:
    """Tell whether an event is of a type that was named."""
    return written in (type_, f"{type_.partition('.')[0]}.*")
