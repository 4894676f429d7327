"""The Sachstand of whole departments on one sheet: what runs, and what was said of it last."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.reading.door import Reader, many
from cycle.reading.progress_requests import ASKED


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One measure whose Sachstand is to be told, with the last report on it."""

    key: str
    title: str
    state: str
    department: str | None
    planned_end: date | None
    forecast_end: date | None
    due: date | None  # since then the report is owed
    last_report: date | None
    last_course: str | None
    last_text: str | None
    last_reason: str | None
    last_percent: int | None
    last_forecast: date | None

    def as_planned(self, today: date) -> bool:
        """Tell whether *runs as planned* can be said of it without a further word."""
        on_course = self.last_course in {None, "on_track"}
        return self.state == "in_progress" and on_course and not self._past(today)

    def repeats(self, today: date) -> bool:
        """Tell whether the last report can be said again as it was."""
        lapsed = self.last_forecast is not None and self.last_forecast < today
        late = self._past(today) and not self.last_reason
        return self.last_course is not None and not (lapsed or late)

    def _past(self, today: date) -> bool:
        return self.planned_end is not None and self.planned_end < today


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department with measures under way, and for how many a report is owed."""

    code: str
    name: str
    measures: int
    due: int
    since: date | None


_RUNS: Final = f"""(me.state IN ({", ".join(f"'{state}'" for state in ASKED)})
  OR (me.state = 'implemented' AND NOT EXISTS (SELECT 1 FROM progress d
    WHERE d.municipality_id = :m AND d.measure_id = me.id AND d.course = 'done')))"""
# Gathered once and joined: asked of each measure, all that are due would be read for each.
_DUE: Final = """(SELECT s.subject, MIN(s.since) AS since FROM standing s
  WHERE s.municipality_id = :m AND s.noun = 'measure' AND s.topic = 'overdue' AND s.name = 'O8'
    AND s.day <= :today GROUP BY s.subject)"""
_SHEET: Final = f"""
WITH latest AS (
  SELECT p.measure_id, p.as_of, p.course, p.text, p.percent, p.delay_reason, p.forecast_end,
    ROW_NUMBER() OVER (PARTITION BY p.measure_id ORDER BY p.as_of DESC, p.id DESC) AS place
  FROM progress p
  JOIN measure x ON x.municipality_id = :m AND x.id = p.measure_id
  JOIN org_unit u ON u.municipality_id = :m AND u.id = x.lead_id AND u.code IN ({{codes}})
  WHERE p.municipality_id = :m
)
SELECT me.ref AS key, me.title, me.state, o.code AS department, me.planned_end, me.forecast_end,
  due.since AS due, p.as_of AS last_report, p.course AS last_course, p.text AS last_text,
  p.delay_reason AS last_reason, p.percent AS last_percent, p.forecast_end AS last_forecast
FROM measure me
JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id AND o.code IN ({{codes}})
LEFT JOIN latest p ON p.measure_id = me.id AND p.place = 1
LEFT JOIN {_DUE} AS due ON due.subject = me.id
WHERE me.municipality_id = :m AND {_RUNS}
ORDER BY me.ref
"""
_DEPARTMENTS: Final = f"""
SELECT o.code, o.name, COUNT(*) AS measures, COUNT(due.since) AS due, MIN(due.since) AS since
FROM measure me
JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
LEFT JOIN {_DUE} AS due ON due.subject = me.id
WHERE me.municipality_id = :m AND {_RUNS}
GROUP BY o.code, o.name ORDER BY o.code
"""


def sheet(reader: Reader, departments: Collection[str], *, today: date) -> list[SheetRow]:
    """Give every measure under way of these departments, by key."""
    codes, values = many("code", sorted(departments))
    return reader.rows(_SHEET.format(codes=codes), SheetRow, also={}, today=today, **values)


def departments(reader: Reader, *, today: date) -> list[DepartmentRow]:
    """Give the departments that have measures under way."""
    return reader.rows(_DEPARTMENTS, DepartmentRow, today=today)
