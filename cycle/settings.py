"""What a door must know before it opens: store, account, language, day.

    flag > environment > ./kreislauf.toml > $XDG_CONFIG_HOME/kreislauf/config.toml > default

`CYCLE_CONFIG` (or the flag) names one file to read instead of the two. A file holds the keys of
`KEYS` and no others. Read once, at the door; nobody below asks the environment.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from os.path import abspath, dirname, expanduser, isabs, isfile, join

from cycle.errors import Fault, Invalid
from cycle.i18n import LANGUAGES, N_

KEYS = ("db", "actor", "lang", "today", "secret")
TABLES = ("api", "oidc", "webhooks")  # of the server; read by whoever they are for
DEFAULT = "default"
_QUIET = ("db", "secret")  # may hold a password: a fault does not repeat the value
_SQLITE = "sqlite:///"
_POSTGRESQL = "postgresql://"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force and where each came from."""

    db: str  # URL of the store: sqlite:///… or postgresql://…
    demo_db: str  # URL of the demo city's store; the same as `db` where a store was named
    actor: str  # name of the account that acts
    lang: str  # de or en
    today: date | None  # the town's day where it is fixed
    secret: str | None = field(repr=False)
    origins: Mapping[str, str]  # of every key and table: a flag, a variable, a file or "default"
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)  # of TABLES, as given

    @property
    def names_store(self) -> bool:
        """Tell whether someone named a store; else the demo may stand in for a missing one."""
        return self.origins["db"] != DEFAULT


@dataclass(frozen=True, slots=True)
class _Word:
    """One value that was given somewhere."""

    key: str
    value: object
    origin: str  # a flag, a variable or a file's path
    folder: str = ""  # where the file lies: a relative store lies there too

    @property
    def place(self) -> str:
        """Name the place as a reader finds it."""
        return f"{self.origin}: {self.key}" if self.folder else self.origin


def read(
    flags: Mapping[str, str | None] | None = None, environ: Mapping[str, str] | None = None
) -> Settings:
    """Read all settings; `flags` by key, and `config` for a file.

    Raises Invalid with every fault: unknown keys of a file and values that cannot be used.
    """
    found, faults = looked(flags, environ)
    if faults:
        raise unusable(faults)
    return found


def unusable(faults: tuple[Fault, ...]) -> Invalid:
    """Tell what is wrong with the settings, all of it."""
    places = ", ".join(fault.pointer for fault in faults)
    return Invalid(N_("The settings cannot be used: {places}."), faults=faults, places=places)


def looked(
    flags: Mapping[str, str | None] | None = None, environ: Mapping[str, str] | None = None
) -> tuple[Settings, tuple[Fault, ...]]:
    """Read all settings as far as they can be used, with every fault: for who mends them."""
    environ = os.environ if environ is None else environ
    faults: list[Fault] = []
    found: dict[str, object] = {}
    origins = dict.fromkeys(KEYS, DEFAULT)
    tables: dict[str, Mapping[str, object]] = {}
    for word in _words(flags or {}, environ, faults):
        if word.key in TABLES:
            _take_table(word, tables, faults)
            origins.setdefault(word.key, word.origin)
        elif word.key not in found:
            found[word.key] = _usable(word, faults)
            origins[word.key] = word.origin
    data = join(_home(environ, "XDG_DATA_HOME", "~/.local/share"), "kreislauf")
    day, secret = found.get("today"), found.get("secret")
    settings = Settings(
        db=str(found.get("db") or _SQLITE + join(data, "kreislauf.db")),
        demo_db=str(found.get("db") or _SQLITE + join(data, "saalestadt.db")),
        actor=str(found.get("actor") or "local"),
        lang=str(found.get("lang") or "en"),
        today=day if isinstance(day, date) else None,
        secret=secret if isinstance(secret, str) else None,
        origins=origins,
        tables=tables,
    )
    return settings, tuple(faults)


def _take_table(word: _Word, tables: dict[str, Mapping[str, object]], faults: list[Fault]) -> None:
    """Keep a table of a file whole; the weightier file's stands for both."""
    if isinstance(word.value, Mapping):
        tables.setdefault(word.key, word.value)
    else:
        _wrong(word, "not_a_table", N_("{key} is to be a table: [{key}]."), faults)


def _words(
    flags: Mapping[str, str | None], environ: Mapping[str, str], faults: list[Fault]
) -> Iterator[_Word]:
    """Go through all that was given, the weightiest first; nothing given is nothing."""
    for key in KEYS:
        if flags.get(key):
            yield _Word(key, flags[key], f"--{key}")
        if environ.get(variable := f"CYCLE_{key.upper()}"):
            yield _Word(key, environ[variable], variable)
    for path in _files(flags.get("config") or environ.get("CYCLE_CONFIG"), environ, faults):
        yield from (_Word(*pair, path, dirname(path)) for pair in _table(path, faults).items())
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if lang := environ.get(variable):
            yield _Word("lang", "de" if lang.startswith("de") else "en", variable)


def _files(named: str | None, environ: Mapping[str, str], faults: list[Fault]) -> list[str]:
    """Tell which files to read; one that was named must be there."""
    if named and not isfile(named):
        faults.append(Fault(named, "no_file", N_("There is no file {path}."), {"path": named}))
    if named:
        return [abspath(named)] if isfile(named) else []
    own = join(_home(environ, "XDG_CONFIG_HOME", "~/.config"), "kreislauf", "config.toml")
    return [path for path in (abspath("kreislauf.toml"), own) if isfile(path)]


def _table(path: str, faults: list[Fault]) -> dict[str, object]:
    """Read a file; a key that is not ours is a fault, since most often it is a slip."""
    import tomllib  # noqa: PLC0415 - most calls have no file and start faster

    try:
        with open(path, "rb") as file:
            table = tomllib.load(file)
    except (OSError, ValueError) as error:
        says = N_("{path} cannot be read as TOML: {why}")
        faults.append(Fault(path, "unreadable", says, {"path": path, "why": str(error)}))
        return {}
    says = N_("{key} is no setting; there are {known}.")
    for key in sorted(table.keys() - {*KEYS, *TABLES}):
        values = {"key": key, "known": (*KEYS, *TABLES)}
        faults.append(Fault(f"{path}: {key}", "unknown_key", says, values))
    return {key: table[key] for key in (*KEYS, *TABLES) if key in table}


def _usable(word: _Word, faults: list[Fault]) -> object:
    """Turn a word into its setting, or note what is wrong with it."""
    value = word.value
    if word.key == "today" and isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not value:
        return _wrong(word, "not_text", N_("{key} is to be text in quotes."), faults)
    if word.key == "today":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return _wrong(word, "not_a_day", N_("{value} is no day like 2026-11-22."), faults)
    if word.key == "lang" and value not in LANGUAGES:
        return _wrong(word, "unknown_language", N_("{value} is neither de nor en."), faults)
    if word.key == "db":
        return _store(word, value, faults)
    return value


def _store(word: _Word, url: str, faults: list[Fault]) -> object:
    path = url.removeprefix(_SQLITE)
    if url.startswith(_POSTGRESQL) and url != _POSTGRESQL:
        return url
    if not url.startswith(_SQLITE) or not path:
        says = N_("{value} is no store; write sqlite:////path/x.db or postgresql://user@host/db.")
        return _wrong(word, "unknown_store", says, faults)
    return url if isabs(path) or not word.folder else _SQLITE + join(word.folder, path)


def _wrong(word: _Word, code: str, says: str, faults: list[Fault]) -> object:
    shown = "…" if word.key in _QUIET else word.value
    faults.append(Fault(word.place, code, says, {"key": word.key, "value": shown}))
    return None


def _home(environ: Mapping[str, str], variable: str, default: str) -> str:
    """Find a folder of the XDG base directory specification, which ignores relative ones."""
    given = environ.get(variable, "")
    return given if isabs(given) else expanduser(default)
