"""Reading files in: send, look at what would happen, write; refused rows come back with a note."""

from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from starlette.responses import Response

from api.web.forms import Field, Form, Option, invalid
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.import_told import deeds, faults, misfits
from cycle.errors import Fault, Forbidden, Invalid
from cycle.exchange import imports, tables
from cycle.exchange.fitting import fit
from cycle.exchange.kinds import MAY, TABLES
from cycle.exchange.mapping import NO_MAP
from cycle.exchange.outcome import Outcome
from cycle.exchange.returned import returned
from cycle.exchange.templates import template_workbook
from cycle.exchange.workbooks import is_workbook
from cycle.i18n import N_
from cycle.store import uploads
from cycle.store.uploads import Kept

READERS: Final = frozenset().union(*MAY.values())
ROWS: Final = 5_000  # a browser waits for
SHOWN: Final = 200  # rows and faults of a preview
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
NAMES: Final = {
    "areas": N_("Areas"),
    "indicators": N_("Indicators"),
    "observations": N_("Values of indicators"),
    "goals": N_("Goals"),
    "measures": N_("Measures"),
    "findings": N_("Findings"),
    "decisions": N_("Decisions"),
    "progress": N_("Reported progress"),
}


LISTS: Final = {  # where what was read in is seen
    "areas": "map", "indicators": "indicators", "observations": "indicators", "goals": "goals",
    "measures": "measures", "findings": "reports", "decisions": "decisions",
    "progress": "progress",
}  # fmt: skip


def _kinds(visit: Visit) -> list[str]:
    return [kind for kind in NAMES if visit.may(*MAY[kind])]


def _form(visit: Visit) -> Form:
    offered = tuple(Option(kind, visit.say(NAMES[kind])) for kind in _kinds(visit))
    return Form(
        title=visit.say(N_("Read a file in")),
        lead=visit.say(
            N_("First you see what would happen. Nothing is written before you say so.")
        ),
        button=visit.say(N_("Look at the file")),
        back="/",
        files=True,
        fields=(
            Field(name="kind", label=visit.say(N_("What is in the file?")), kind="choice",
                  required=True, options=offered, shown="radio",
                  value=offered[0].value if len(offered) == 1 else visit.asked.get("kind")),
            Field(name="file", label=visit.say(N_("File")), kind="file", required=True,
                  hint=visit.say(N_("A workbook (.xlsx) or a table as CSV, at most 5 MB and"
                                    " 5,000 rows."))),
        ),
    )  # fmt: skip


def _show(visit: Visit) -> Shown:
    templates = [(visit.say(NAMES[kind]), link("imports", "templates", kind))
                 for kind in _kinds(visit)]  # fmt: skip
    return Shown("imports/start.html", {"templates": templates})


def _send(visit: Visit) -> Gone:
    form = _form(visit)
    said = form.words(visit.typed or {}, visit.tongue)
    upload = visit.files.get("file")
    if upload is None or not upload.data:
        says = N_("Please choose a file; the one that came is empty.") if upload else N_(
            "Please choose a file.")  # fmt: skip
        raise invalid([Fault("file", "missing", says)])
    if len(upload.data) > uploads.MOST:
        raise invalid([Fault("file", "too_large", N_("This file is larger than 5 MB."))])
    name = PurePath(upload.name.replace("\\", "/")).name[:100] or "file"
    kind = said["kind"]
    _insist_on_table(visit, upload.data, name, kind)
    kept = visit.perform(lambda unit: uploads.keep(unit, kind, name, upload.data), again=True)
    return Gone(link("imports", kept))


def _insist_on_table(visit: Visit, data: bytes, name: str, kind: str) -> None:
    """Refuse what is no table of this kind, and what a browser should not wait for."""
    try:
        table = tables.table(data, name)
        count = len(table.lines)
        fit(TABLES[kind][0], table, NO_MAP)
    except Invalid as wrong:
        raise invalid(misfits(wrong, visit.tongue)) from wrong
    if count > ROWS:
        says = N_("This file has {n} rows; here {most} are read at once. The system administration"
                  " reads larger ones with `cycle import {kind} FILE`.")  # fmt: skip
        told = {"n": count, "most": ROWS, "kind": kind}
        raise invalid([Fault("file", "too_many", says, told)])


def _kept(visit: Visit) -> Kept:
    found = visit.perform(lambda unit: uploads.take(unit, visit.path["id"]), again=True)
    if not visit.may(*MAY[found.kind]):
        raise Forbidden(N_("You may not read in files of this kind."), code="page_forbidden")
    return found


def _run(visit: Visit, kept: Kept, *, dry: bool, skip: bool = False) -> Outcome:
    return imports.run(
        visit.house.store, kept.kind, kept.name, data=kept.data, dry_run=dry, skip_errors=skip,
        actor=visit.who.account, day=visit.house.settings.today,
        scope=visit.who.scope(visit.heard.request_id),
    )  # fmt: skip


def _preview(visit: Visit) -> Shown:
    kept = _kept(visit)
    outcome = _run(visit, kept, dry=True, skip=True)
    return Shown("imports/preview.html", _told(visit, kept, outcome))


def _told(visit: Visit, kept: Kept, outcome: Outcome) -> dict[str, Any]:
    found = faults(outcome, visit.tongue)
    return {
        "kept": kept, "kind": visit.say(NAMES[kept.kind]), "outcome": outcome,
        "faults": found[:SHOWN], "more_faults": max(len(found) - SHOWN, 0),
        "rows": deeds(outcome, visit.tongue, SHOWN),
        "more_rows": max(outcome.rows_new + outcome.rows_changed - SHOWN, 0),
        "notes": [visit.say(n.says, **n.values) for n in outcome.notes],
        "writes": bool(outcome.rows_new or outcome.rows_changed), "seen_at": LISTS[kept.kind],
    }  # fmt: skip


def _write(visit: Visit) -> Shown:
    """Write the file; asked twice at once, the second call waits and finds it done."""
    kept = _kept(visit)
    outcome = _run(visit, kept, dry=False, skip=visit.one("do") == "skip")
    return Shown("imports/done.html", _told(visit, kept, outcome),
                 status=422 if outcome.faults and not outcome.written else 200)  # fmt: skip


def _returned(visit: Visit) -> Response:
    kept = _kept(visit)
    outcome = _run(visit, kept, dry=True, skip=True)
    body = returned(kept.data, kept.name, outcome.faults, visit.tongue)
    stem = PurePath(kept.name).stem
    book = is_workbook(kept.data)
    told = visit.say(N_("to-mend"))
    name = f"{stem}-{told}.{'xlsx' if book else 'csv'}"
    return _file(body, name, XLSX if book else CSV)


def _template(visit: Visit) -> Response:
    kind = visit.path["kind"]
    if kind not in _kinds(visit):
        raise Forbidden(N_("You may not read in files of this kind."), code="page_forbidden")
    return _file(template_workbook(kind, visit.tongue), f"{kind}.xlsx", XLSX)


def _file(body: bytes, name: str, media: str) -> Response:
    told = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(body, 200, {"Content-Disposition": told, "Cache-Control": "no-store"}, media)


PAGES = (
    Page(path="/imports", name="imports", rights=READERS, form=_form, show=_show, whole=_send,
         title=N_("Import")),
    Page(path="/imports/{id}", name="import", rights=READERS, show=_preview, whole=_write),
    Page(path="/imports/{id}/returned", name="import_returned", rights=READERS, show=_returned),
    Page(path="/imports/templates/{kind}", name="import_template", rights=READERS,
         show=_template),
)  # fmt: skip
