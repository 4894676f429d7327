"""What is set for signing in by OIDC, in the table [oidc] of the settings.

[oidc]
issuer = "https://anmeldung.saalestadt.example/realms/stadt"
audience = "kreislauf"
jwks = "https://anmeldung.saalestadt.example/realms/stadt/protocol/openid-connect/certs"
algorithms = ["RS256"]
roles_claim = "realm_access.roles"
roles = {"krs-planung" = "planner", "krs-amtsleitung" = "department_head"}
departments_claim = "groups"
departments = {"/amt-51" = "51"}
refuse_id_tokens = true
client_id = "kreislauf-web"  # these four let people sign in at the pages
client_secret = "…"
authorize = "https://anmeldung.saalestadt.example/realms/stadt/protocol/openid-connect/auth"
token = "https://anmeldung.saalestadt.example/realms/stadt/protocol/openid-connect/token"
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from api.oidc_keys import ALGORITHMS
from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.model.words import ROLES

_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Configuration:
    """Whose tokens count, and what their claims mean here."""

    issuer: str
    audience: tuple[str, ...]  # one of them must be meant
    jwks: str  # path of a file, or an address
    roles_claim: str
    roles: Mapping[str, str]  # value of the claim → role
    algorithms: tuple[str, ...] = ("RS256", "ES256", "PS256", "EdDSA")
    departments_claim: str | None = None
    departments: Mapping[str, str] = field(default_factory=dict)  # value → code of a department
    refuse_id_tokens: bool = False  # those with a nonce; some issuers put one into any token
    client_id: str = ""  # of the pages; without it people sign in with local accounts only
    client_secret: str = field(default="", repr=False)
    authorize: str = ""  # address to which a browser goes to sign in
    token: str = ""  # address at which we redeem what it comes back with


def configured(table: Mapping[str, object]) -> Configuration:
    """Read the table; Invalid with every fault: unknown keys, missing ones, unusable values."""
    faults = tuple(_faults(table))
    if faults:
        places = ", ".join(fault.pointer for fault in faults)
        says = N_("The settings cannot be used: {places}.")
        raise Invalid(says, faults=faults, places=places)
    return Configuration(**{name: _WAYS[name][1](value) for name, value in table.items()})


def _faults(table: Mapping[str, object]) -> Iterator[Fault]:
    says = N_("{key} is no setting; there are {known}.")
    for key in sorted(table.keys() - _WAYS.keys()):
        yield _fault(key, "unknown_key", says, known=tuple(_WAYS))
    for key in sorted(_NEEDED - table.keys()):
        yield _fault(key, "missing", N_("{name} is missing."), name=key)
    pages = {"client_id", "authorize", "token"}
    if (there := pages & table.keys()) and there != pages:
        for key in sorted(pages - there):
            yield _fault(key, "missing", N_("{name} is missing."), name=key)
    if ("departments" in table) != ("departments_claim" in table):
        says = N_("departments and departments_claim need one another.")
        yield _fault("departments", "incomplete", says)
    for key in _WAYS.keys() & table.keys():
        check, _, code, wrong = (*_WAYS[key], *_WRONG[key])
        if not check(table[key]):
            yield _fault(key, code, wrong)


def _fault(key: str, code: str, says: str, **values: object) -> Fault:
    return Fault(f"[oidc] {key}", code, says, {"key": key, **values})


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: object) -> tuple[str, ...]:
    """Give a text or a list of them as a list."""
    return tuple(value) if isinstance(value, list) else (str(value),)


def _are_texts(value: object) -> bool:
    listed = value if isinstance(value, list) else [value]
    return bool(listed) and all(_is_text(each) for each in listed)


def _are_algorithms(value: object) -> bool:
    return isinstance(value, list) and _are_texts(value) and set(value) <= set(ALGORITHMS)


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(map(_is_text, value.values()))


def _are_roles(value: object) -> bool:
    return isinstance(value, Mapping) and _is_table(value) and set(value.values()) <= set(ROLES)


def _is_source(value: object) -> bool:
    """Tell whether keys come from where nobody can exchange them on the way."""
    if not isinstance(value, str) or not value.strip():
        return False
    if "://" not in value:
        return Path(value).is_absolute()
    try:
        url = urlsplit(value)
        return bool(url.hostname) and (
            url.scheme == "https" or (url.scheme == "http" and url.hostname in _HERE)
        )
    except ValueError:
        return False


def _is_address(value: object) -> bool:
    """Tell whether a browser or we may be sent there: by TLS, or on this machine."""
    return isinstance(value, str) and "://" in value and _is_source(value)


def _same(value: Any) -> Any:  # noqa: ANN401 - of whatever type was checked
    return value


_Way = tuple[Callable[[object], bool], Callable[[Any], Any]]
_WAYS: Final[Mapping[str, _Way]] = {  # key → is it right, and what is kept of it
    "issuer": (_is_text, _same),
    "audience": (_are_texts, _texts),
    "jwks": (_is_source, _same),
    "algorithms": (_are_algorithms, _texts),
    "roles_claim": (_is_text, _same),
    "roles": (_are_roles, dict),
    "departments_claim": (_is_text, _same),
    "departments": (_is_table, dict),
    "refuse_id_tokens": (lambda value: isinstance(value, bool), _same),
    "client_id": (_is_text, _same),
    "client_secret": (_is_text, _same),
    "authorize": (_is_address, _same),
    "token": (_is_address, _same),
}
_ADDRESS: Final = ("no_address", N_("{key} is to be an address with https://."))
_TEXT: Final = ("not_text", N_("{key} is to be text in quotes."))
_WRONG: Final[Mapping[str, tuple[str, str]]] = {
    "issuer": _TEXT,
    "audience": ("not_text", N_("{key} is to be text in quotes, or a list of such.")),
    "jwks": (
        "no_source",
        N_("{key} is to be an address with https://, or the whole path of a file."),
    ),
    "algorithms": (
        "unknown_algorithm",
        N_("{key} is to be a list of RS256, ES256, PS256, EdDSA, Ed25519."),
    ),
    "roles_claim": _TEXT,
    "roles": (
        "unknown_role",
        N_('{key} is to be a table of roles: "what the sign-in says" = "planner".'),
    ),
    "departments_claim": _TEXT,
    "departments": (
        "not_a_table",
        N_('{key} is to be a table of departments: "what the sign-in says" = "51".'),
    ),
    "refuse_id_tokens": ("not_yes_or_no", N_("{key} is to be true or false.")),
    "client_id": _TEXT,
    "client_secret": _TEXT,
    "authorize": _ADDRESS,
    "token": _ADDRESS,
}
_NEEDED: Final = frozenset({"issuer", "audience", "jwks", "roles_claim", "roles"})
