"""Papers of the council and the bodies they passed.

What is not public never reaches somebody who sees public things only, not even by count.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cycle.reading.bodies import named
from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.measures import hidden
from cycle.reading.pages import ALL, Page
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import Sight


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of the list of papers."""

    ref: str
    name: str
    paper_type: str | None
    date: dt.date | None
    public: bool
    url: str | None
    consultations: int
    last_meeting: dt.date | None
    version: int


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A paper on the agenda of a body."""

    body: str | None
    body_name: str | None
    meeting_date: dt.date | None
    role: str
    role_text: str | None
    outcome: str
    majority: str | None
    authoritative: bool | None
    public: bool
    result_text: str | None


_SQL = """
SELECT p.ref, p.name, p.paper_type, p.dated AS "date", p.public, p.url,
  COUNT(k.id) AS consultations, MAX(k.meeting_date) AS last_meeting, p.version
FROM paper p
LEFT JOIN consultation k ON k.municipality_id = :m AND k.paper_id = p.id{seen}
WHERE p.municipality_id = :m AND {where}
GROUP BY p.id, p.ref, p.name, p.paper_type, p.dated, p.public, p.url, p.version
ORDER BY p.ref
"""
_CONSULTATIONS = """
SELECT b.short_name AS body, b.name AS body_name, k.meeting_date, k.role, k.role_text, k.outcome,
  k.majority, k.authoritative, k.public, k.result_text
FROM consultation k
JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id AND p.ref = :ref
LEFT JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
WHERE k.municipality_id = :m{seen}
ORDER BY CASE WHEN k.meeting_date IS NULL THEN 1 ELSE 0 END, k.meeting_date, k.order_no, b.name
"""
# What is tied to a paper: its rounds, reports, decisions and the measures behind them.
_TIED = """
SELECT 'cycle' AS noun, c.ref FROM cycle_paper l
JOIN paper p ON p.municipality_id = :m AND p.id = l.paper_id AND p.ref = :ref
JOIN cycle c ON c.municipality_id = :m AND c.id = l.cycle_id WHERE l.municipality_id = :m
UNION SELECT 'report', r.ref FROM report r
JOIN paper p ON p.municipality_id = :m AND p.id = r.paper_id AND p.ref = :ref
WHERE r.municipality_id = :m
UNION SELECT 'decision', d.ref FROM decision d
JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id{seen}
JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id AND p.ref = :ref
WHERE d.municipality_id = :m
UNION SELECT 'measure', me.ref FROM measure me
WHERE me.municipality_id = :m AND (me.source = :ref OR me.id IN (
  SELECT e.measure_id FROM enforcement e
  WHERE e.municipality_id = :m AND e.lever = 'resolution' AND e.text = :ref) OR me.id IN (
  SELECT s.measure_id FROM decision_subject s
  JOIN decision d ON d.municipality_id = :m AND d.id = s.decision_id
  JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id{seen}
  JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id AND p.ref = :ref
  WHERE s.municipality_id = :m)){drafts}
ORDER BY 1, 2
"""


def visible(*, sees_internal: bool) -> str:
    """Give the condition on papers for somebody who sees this far."""
    return "1 = 1" if sees_internal else "public"


def listed(
    reader: Reader,
    *,
    body: str | None = None,
    search: str | None = None,
    sees_internal: bool = False,
    page: Page = ALL,
) -> list[PaperRow]:
    """Give papers by number: all, those a body dealt with, or those whose name holds a word.

    A page is one of all those a body dealt with: words are looked for in what it holds.
    """
    parts = ["1 = 1" if sees_internal else "p.public"]
    values: dict[str, Any] = {}
    if body is not None:
        parts.append("b.short_name = :body")
        values["body"] = named(reader, body)
    seen = "" if sees_internal else " AND k.public"
    if body is not None:
        seen += " JOIN body b ON b.municipality_id = :m AND b.id = k.body_id"
    where, values = page.narrow("p.ref", " AND ".join(parts), values)
    sql = page.cut(_SQL.format(where=where, seen=seen))
    wanted = (search or "").casefold()  # SQLite knows no small umlauts
    return [row for row in reader.rows(sql, PaperRow, **values) if wanted in row.name.casefold()]


def show(
    reader: Reader,
    ref: str,
    *,
    sees_internal: bool = False,
    sight: Sight | None = None,
) -> Json:
    """Give one paper, the bodies it passed and what is tied to it.

    Raises NotFound for a number nobody knows or the caller may not see.
    """
    ref = find(reader, "paper", ref, where=visible(sees_internal=sees_internal))
    seen = "" if sees_internal else " AND k.public"
    row = plain(reader.one(_SQL.format(where="p.ref = :ref", seen=seen), PaperRow, ref=ref))
    passed = reader.rows(_CONSULTATIONS.format(seen=seen), ConsultationRow, ref=ref)
    drafts = "" if sees_internal else " AND me.state NOT IN ('draft', 'targeted')"
    tied: dict[str, list[str]] = {"cycle": [], "report": [], "decision": [], "measure": []}
    for noun, key in reader.pairs(_TIED.format(seen=seen, drafts=drafts), ref=ref):
        tied[noun].append(key)
    unseen = hidden(reader, sight, tied["measure"])
    tied["measure"] = [key for key in tied["measure"] if key not in unseen]
    del row["last_meeting"]
    return {
        **row,
        "consultations": plain(passed),
        "cycle": tied["cycle"][-1] if tied["cycle"] else None,
        "report": tied["report"][-1] if tied["report"] else None,
        "decisions": tied["decision"],
        "measures": tied["measure"],
    }
