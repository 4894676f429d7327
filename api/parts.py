"""Parts of a record: read in sight of the record, answered with all of it when written."""

from collections.abc import Callable
from typing import Any

from api.addresses import address
from api.desk import Call
from api.frame import Made
from api.problems import Turned
from cycle.reading import duties, keys, records
from cycle.reading.door import Reader
from cycle.reading.sight import Sight

LONGEST = 9  # digits of a number in an address
Use = Callable[..., Any]  # a use case: unit, key, and words by name


def said(call: Call) -> dict[str, Any]:
    """Give what was said; null says nothing where something is added."""
    return {name: value for name, value in call.body.words().items() if value is not None}


def number(call: Call, name: str) -> int:
    """Give a number of the address."""
    text = call.path[name]
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST):
        raise Turned("no_such_route")
    return int(text)


def insist_in_sight(call: Call, noun: str, *wanted: str | None) -> None:
    """Answer NotFound for records named in a body that the caller may not see."""
    where, values = records.seen(noun, call.sight)
    for key in filter(None, wanted):
        keys.exact(call.at(), noun, key, where=where, **values)


def reads(read: Callable[[Reader, str], Any]) -> Callable[[Call], Any]:
    """Make the run of a route that gives a part of a measure."""
    return lambda call: read(call.reader, look(call))


def reads_within(read: Callable[..., Any]) -> Callable[[Call], Any]:
    """Make the run of a route that gives a part of which something is internal."""

    def run(call: Call) -> Any:  # noqa: ANN401 - rows
        key = look(call)
        return read(call.reader, key, sees_internal=inside(call.reader, key, call.sight))

    return run


def look(call: Call) -> str:
    """Find the measure of the address; the tag of the answer begins with its version."""
    key = call.find("measure")
    call.version, _ = duties.version_and_lead(call.reader, key)
    return key


def inside(reader: Reader, key: str, sight: Sight) -> bool:
    """Tell whether the internal words of a measure are seen."""
    _, lead = duties.version_and_lead(reader, key)
    return sight.inside(lead)


def adds(use: Use, nouns: str, noun: str, part: str) -> Callable[[Call], Made]:
    """Make the run of a route that adds a part to a record."""

    def run(call: Call) -> Made:
        use(call.unit, call.key, **said(call))
        return added(call, nouns, noun, part)

    return run


def added(call: Call, nouns: str, noun: str, part: str) -> Made:
    """Answer that a part was added: 201, with the whole record."""
    where = f"{address(nouns, call.key)}/{part}"
    return Made(noun, call.key, 201, headers={"Location": where})


def puts(use: Use, noun: str) -> Callable[[Call], Made]:
    """Make the run of a route that writes a part of a record."""

    def run(call: Call) -> Made:
        use(call.unit, call.key, **said(call))
        return Made(noun, call.key)

    return run
