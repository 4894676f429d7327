"""The open ends and what is overdue: by rule, who owes it, and the page that settles it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from api.web import picking
from api.web.frame import INSIDE, Page, Shown, Visit, link
from api.web.settling import page_of, settled_at
from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.machine import gaps as rules
from cycle.machine import overdue as late
from cycle.machine.words import guard_who
from cycle.reading import gaps, overdue
from cycle.reading.status import status

EACH: Final = 100  # lines of a page
_FILTERS: Final = ("cycle", "department", "field", "area")
_ASKED: Final = (*_FILTERS, "state", "goal", "mine")


def _show(visit: Visit) -> Shown:
    filters = picking.filters(visit)
    lines = gaps.gaps(
        visit.reader, today=visit.day, lang=visit.lang, filters=filters,
        sees_internal=visit.sight.internal,
    )  # fmt: skip
    whole = replace(filters, drafts_of=None)  # of drafts only the number is told
    counted = status(visit.reader, today=visit.day, filters=whole)["overdue"]
    return Shown("open/open.html", {
        "gaps": [(line, _to(visit, "gaps", line.rule)) for line in lines],
        "late": [_late(visit, code, count) for code, count in counted.items()],
        "filters": picking.offered(visit, _FILTERS),
    })  # fmt: skip


def _to(visit: Visit, *parts: str, **asked: str) -> str:
    """Write an address below this page that keeps its filters."""
    kept = {name: visit.asked[name] for name in _ASKED if name in visit.asked}
    return link("open", *parts, **kept, **asked)


def _late(visit: Visit, code: str, count: int) -> dict[str, Any]:
    rule = late.BY_CODE[code]
    roles = [guard_who(role if role in _ROLES else "lead", visit.lang, {}) for role in rule.who]
    return {
        "code": code, "name": late.name(code, visit.lang), "count": count,
        "who": ", ".join(dict.fromkeys(roles)), "task": late.task(code, visit.lang),
        "severity": rule.severity, "href": _to(visit, "overdue", rule=code),
    }  # fmt: skip


_ROLES: Final = ("planner", "committee_clerk", "steering", "statistician", "finance", "evaluator")


def _gap(visit: Visit) -> Shown:
    rule = visit.path["rule"]
    if rule not in rules.BY_ID:
        raise NotFound(N_("There is no such kind of open end: {rule}."), rule=rule)
    found = gaps.all_(
        visit.reader, today=visit.day, lang=visit.lang, filters=picking.filters(visit),
        sees_internal=visit.sight.internal, rule=rule,
    )  # fmt: skip
    items = found[0].items if found else ()
    shown, pages = _cut(visit, items)
    return Shown("open/gaps.html", {
        "rule": rule, "says": rules.says(rule, visit.lang), "task": rules.task(rule, visit.lang),
        "who": guard_who(rules.BY_ID[rule].who, visit.lang, {}),
        "items": [
            (i, page_of(i.noun, i.key), settled_at(visit, rule, i.noun, i.key, i.department))
            for i in shown
        ],
        "count": len(items), "filters": picking.offered(visit, _FILTERS), **pages,
    })  # fmt: skip


def _overdue(visit: Visit) -> Shown:
    rows = overdue.listed(
        visit.reader, today=visit.day, lang=visit.lang, filters=picking.filters(visit),
        sees_internal=visit.sight.internal,
    )  # fmt: skip
    codes = [code for code in late.BY_CODE if any(row.rule == code for row in rows)]
    asked = visit.asked.get("rule", "")
    rows = [row for row in rows if asked in {"", row.rule}]
    shown, pages = _cut(visit, rows)
    names = [(code, late.name(code, visit.lang)) for code in codes]
    kind = picking.Filter("rule", visit.say(N_("Kind")), names, asked)
    return Shown("open/overdue.html", {
        "rows": [
            (
                row,
                page_of(row.noun, row.key),
                settled_at(visit, row.rule, row.noun, row.key, row.department),
            )
            for row in shown
        ],
        "count": len(rows), "filters": [kind, *picking.offered(visit, _FILTERS)],
        "level": lambda code: late.level(code, visit.lang), **pages,
    })  # fmt: skip


def _cut(visit: Visit, rows: Sequence[Any]) -> tuple[Sequence[Any], dict[str, Any]]:
    """Give the lines of the page asked for, and where the page before and after it are."""
    asked = visit.asked.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len("10000") else 1
    last = max(-(-len(rows) // EACH), 1)
    page = min(max(page, 1), last)
    kept = {name: value for name, value in visit.asked.items() if name not in {"page", "lang"}}
    parts = visit.request.url.path.strip("/").split("/")
    return rows[(page - 1) * EACH : page * EACH], {
        "page": page, "pages": last,
        "earlier": link(*parts, **kept, page=page - 1) if page > 1 else "",
        "later": link(*parts, **kept, page=page + 1) if page < last else "",
    }  # fmt: skip


PAGES = (
    Page(path="/open", name="open", rights=INSIDE, show=_show, title=N_("Open ends")),
    Page(path="/open/gaps/{rule}", name="open_gaps", rights=INSIDE, show=_gap,
         title=N_("Open ends")),
    Page(path="/open/overdue", name="open_overdue", rights=INSIDE, show=_overdue,
         title=N_("Overdue")),
)  # fmt: skip
