"""What is wrong with the words a webhook is told of: address, types of events, hours."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.reading.event_types import is_type
from cycle.usecases import given

MOST_HOURS = 24 * 30
_HOST = re.compile(r"[a-z0-9._:-]+")
_ODD = re.compile(r"[^!-~]|\\")  # what has no place in an address
_NO_ADDRESS = N_("The address must be one like https://host/path, without name and password.")


def url(address: str, *, http: bool) -> Fault | None:
    """Find an address nobody could send to; it is judged by its look, and not looked up."""
    if missing := given.missing("url", address):
        return missing
    try:
        parts = urlsplit(address.strip())
        fits = bool(_HOST.fullmatch(parts.hostname or "")) and parts.port != 0
    except ValueError:
        return Fault("url", "no_address", _NO_ADDRESS)
    if parts.scheme not in ("https", *(("http",) if http else ())):
        return Fault("url", "not_https", N_("The address must begin with https://."))
    odd = parts.username is not None or parts.fragment or _ODD.search(address.strip())
    return Fault("url", "no_address", _NO_ADDRESS) if odd or not fits else None


def types(wanted: Sequence[str]) -> list[Fault]:
    """Find every word that is no type of event, such as measure.loged."""
    says = N_("{type} is no type of event; write one like measure.logged or measure.*.")
    return [Fault("types", "unknown_word", says, {"type": t}) for t in wanted if not is_type(t)]


def hours(keep_hours: int) -> Fault | None:
    """Find a time for which no old secret should go on."""
    if 0 <= keep_hours <= MOST_HOURS:
        return None
    says = N_("An old secret signs along for 0 to {most} hours.")
    return Fault("keep_hours", "out_of_range", says, {"most": MOST_HOURS})
