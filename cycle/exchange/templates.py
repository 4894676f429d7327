"""Empty tables and maps to begin with."""

from cycle.errors import Invalid
from cycle.exchange import oparl
from cycle.exchange.imports import OPARL, known
from cycle.exchange.kinds import TABLES
from cycle.exchange.layouts import Column
from cycle.exchange.workbook_making import Field, Sheet, workbook
from cycle.i18n import N_, Tongue

_HOLD = {"day": "day", "decimal": "number", "whole": "number", "cents": "number"}


def template(kind: str) -> str:
    """Give the header of an empty table of a kind, as a spreadsheet reads it."""
    return ";".join(column.name for column in _columns(kind)) + "\n"


def template_workbook(kind: str, tongue: Tongue) -> bytes:
    """Give the same as a workbook, its columns formatted for what they hold."""
    fields = tuple(
        Field(column.name, max(12, len(column.name) + 2), _HOLD.get(column.kind, "text"), open=True)
        for column in _columns(kind)
    )
    return workbook(Sheet(kind, fields), (), None, tongue)


def _columns(kind: str) -> tuple[Column, ...]:
    if known(kind) == OPARL:
        raise Invalid(
            N_("oparl is read from a folder of lists; it has no table."),
            fix=N_("Name the folder that holds {files}."),
            files=", ".join(oparl.FILES),
        )
    return TABLES[kind][0].columns


def mapping_template(kind: str) -> str:
    """Give a map to begin with: everything is a comment until a line is needed."""
    if known(kind) == OPARL:
        return _OPARL
    columns = TABLES[kind][0].columns
    named = "\n".join(f'# {_key(c.name)} = "…"' for c in columns)
    worded = next((c for c in columns if c.words), columns[0])
    one = next(iter(worded.words or {"…": "…"}))
    return _TABLE.format(kind=kind, named=named, worded=_key(worded.name), word=one)


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else f'"{name}"'


_TABLE = """\
# cycle import {kind} FILE --map THIS-FILE
# Take off the # where your file differs. Our names stand left, yours right.

# ignore = ["…", "…"]  # columns that are not to be read

[columns]
{named}

[constants]        # one value for every row that gives none
# {worded} = "{word}"

[values.{worded}]  # your word = ours; any column may have such a table
# "…" = "{word}"
"""
_OPARL = """\
# cycle import oparl FOLDER --map THIS-FILE
# What the words of your council system mean, where the import lists them as not mapped.

[values.role]    # preparatory, hearing, deciding, information, unknown
# "…" = "preparatory"

[values.result]  # an outcome, or consent, consent_amended, consent_partly, which mean adopted
                 # where the body decides and recommended where it prepares or is heard;
                 # unanimous or majority may follow
# "…" = "consent unanimous"

[values.body]    # a part of a body's name = its kind
# "…" = "committee"
"""
