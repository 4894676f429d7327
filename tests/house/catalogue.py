"""Keeps the German catalogues in step with the source.

    uv run python -m tests.house.catalogue

adds every new sentence to `kreislauf.po`, drops those nobody says any more, and compiles the
`.mo` files. Then write the German for the empty ones and run it again; the tests insist.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
GERMAN = ROOT / "cycle" / "i18n" / "locale" / "de" / "LC_MESSAGES"
OWN, ARGPARSE = GERMAN / "kreislauf.po", GERMAN / "argparse.po"
ROOMS = ("api", "cycle", "cli")
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"N_": None, "say": None, "plural": (1, 2)}
HEADER = r"""# German of Kreislauf, written anew by `python -m tests.house.catalogue`
msgid ""
msgstr ""
"Project-Id-Version: Kreislauf\n"
"Language: de\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def said(folders: tuple[Path, ...]) -> Catalog:
    """Collect every template the source marks or says."""
    catalogue = Catalog()
    for folder in folders:
        found = extract_from_dir(folder, METHODS, keywords=KEYWORDS, strip_comment_tags=True)
        for name, _line, message, _comments, context in sorted(found, key=lambda each: each[:2]):
            place = (folder / name).relative_to(folder.parent).as_posix()
            catalogue.add(message, None, [(place, 0)], context=context)
    return catalogue


def kept(path: Path) -> Catalog:
    """Read a catalogue as it is committed."""
    with path.open("rb") as file:
        return read_po(file, locale="de")


def written(catalogue: Catalog) -> bytes:
    """Write a catalogue without dates and line numbers, so that moving code changes nothing."""
    out = io.BytesIO(HEADER.encode())
    out.seek(0, io.SEEK_END)
    write_po(
        out,
        catalogue,
        width=96,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Compile a catalogue for the machine; the same words give the same bytes on any day."""
    catalogue.creation_date = catalogue.revision_date = NEVER
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    """Bring both catalogues up to date."""
    own = kept(OWN)
    source = said(tuple(ROOT / room for room in ROOMS))
    own.update(source, no_fuzzy_matching=True)
    OWN.write_bytes(written(own))
    for path in (OWN, ARGPARSE):
        path.with_suffix(".mo").write_bytes(compiled(kept(path)))
    for sentence in missing(own):
        print(f"no German yet: {sentence}")  # noqa: T201 - this is a command


def missing(catalogue: Catalog) -> list[str]:
    """List the sentences that have no German, or a doubtful one."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or "" in _forms(message.string))
    ]


def _forms(string: object) -> tuple[object, ...]:
    return tuple(string) if isinstance(string, (list, tuple)) else (string or "",)


if __name__ == "__main__":
    main()
