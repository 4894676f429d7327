"""Copies of a store on PostgreSQL, by the programs that come with it: pg_dump and pg_restore."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from cycle.errors import Conflict, KreislaufError, Unavailable
from cycle.i18n import N_
from cycle.reading import journal
from cycle.reading.door import Reader, open_reader
from cycle.reading.failures import meaning, no_driver, other_revision
from migrations import HEAD

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_COPY = re.compile(r"^COPY [\w.\"]+ \((.*)\) FROM stdin;$")
_TABLES = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()"


def dump(reader: Reader, url: str, part: Path) -> None:
    """Write the view of the store the reader has into a file, by pg_dump."""
    program = _program("pg_dump", int(reader.value("SHOW server_version_num")) // 10_000)
    view = str(reader.value("SELECT pg_export_snapshot()"))
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={view}"]
    _run([program, *words, f"--file={part}"], url)


def verify(part: Path, last: int | None = None) -> tuple[str, int]:
    """Read a dump anew: its revision and its last deed; KreislaufError where it is not whole."""
    program = _program("pg_restore")
    _run([program, f"--file={os.devnull}", str(part)])  # every page of it is read
    revisions = [row["version_num"] for row in _rows(program, part, "alembic_version")]
    heads = [row["value"] for row in _rows(program, part, "counter") if row["name"] == "journal"]
    found = int(heads[0]) if heads else 0
    if len(revisions) != 1 or (last is not None and found != last):
        raise broken(f"{found} ≠ {last}")
    return revisions[0], found


def restore(source: Path, url: str, *, replace: bool) -> tuple[str, str, int]:
    """Fill an empty database from a dump, all of it or nothing: its file, revision, last deed."""
    revision, last = verify(source)
    if revision > HEAD:
        raise other_revision(revision)
    if replace or _filled(url):
        raise Conflict(
            N_("A database that holds something is not overwritten by a copy."),
            code="store_exists",
            fix=N_("Make an empty one with `createdb` and name it with --db."),
        )
    words = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    _run([_program("pg_restore"), *words, f"--dbname={_address(url)[0]}", str(source)], url)
    if revision == HEAD:
        with closing(open_reader(url)) as reader:
            faults = [f"{fault.code} {fault.n}" for fault in journal.verify(reader)]
            if faults or journal.head(reader) != last:
                raise broken(", ".join(faults[:5]) or f"{journal.head(reader)} ≠ {last}")
    return str(source), revision, last


def broken(why: str) -> KreislaufError:
    """Tell that what was copied does not hold."""
    return KreislaufError(
        N_("The copy is not whole: {why}"),
        code="copy_broken",
        fix=N_("`cycle doctor` shows whether the store itself is whole; else take another copy."),
        why=why,
    )


def _filled(url: str) -> bool:
    import psycopg  # noqa: PLC0415 - an extra, loaded only where it is used

    try:
        with closing(psycopg.connect(url)) as connection:
            found = connection.execute(_TABLES).fetchone()
    except psycopg.Error as refused:
        raise meaning(refused) or refused from refused
    return bool(found and found[0])


def _program(name: str, version: int = 0) -> str:
    """Find a program of PostgreSQL; an older one does not read the server."""
    found = shutil.which(name)
    says = N_("{program} is not installed; PostgreSQL brings it.")
    fix = N_("Install postgresql-client of version {version} or later, or put it into PATH.")
    if found is None:
        raise Unavailable(says, code="no_program", fix=fix, program=name, version=version or 14)
    told = _VERSION.search(_run([found, "--version"]))
    if version and told and int(told[1]) < version:
        says = N_("{program} is of version {here}, the server of version {version}.")
        raise Unavailable(
            says, code="old_program", fix=fix, program=name, here=told[1], version=version
        )
    return found


def _rows(program: str, part: Path, table: str) -> Iterator[dict[str, str]]:
    """Read the rows of one small table out of a dump."""
    names: list[str] = []
    for line in _run([program, "--data-only", f"--table={table}", "--file=-", str(part)]).split(
        "\n"
    ):
        if head := _COPY.match(line):
            names = head[1].split(", ")
        elif line == r"\.":
            names = []
        elif names:
            yield dict(zip(names, line.split("\t"), strict=True))


def _run(words: Sequence[str], url: str = "") -> str:
    """Run a program of PostgreSQL; a password goes by its environment, where nobody reads it."""
    name, environ = Path(words[0]).name, dict(os.environ)
    if url:
        address, password = _address(url)
        environ["PGAPPNAME"] = "kreislauf"
        if password:
            environ["PGPASSWORD"] = password
        if name == "pg_dump":
            words = [*words, f"--dbname={address}"]
    ran = subprocess.run(  # noqa: S603 - a program found on PATH, words of ours
        words, env=environ, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise Unavailable(
            N_("{program} failed: {why}"),
            code="program_failed",
            fix=N_("Check the file, the server and who may read it, then repeat it."),
            program=name,
            why=(ran.stderr.strip().splitlines() or ["-"])[0],
        )
    return ran.stdout


def _address(url: str) -> tuple[str, str]:
    """Give the address without its password, and the password."""
    try:
        from psycopg.conninfo import conninfo_to_dict, make_conninfo  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as absent:
        raise no_driver() from absent
    parts = conninfo_to_dict(url)
    password = str(parts.pop("password", None) or "")
    return make_conninfo("", **parts), password
