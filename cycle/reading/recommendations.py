"""What reports and evaluations advise, and how it was answered."""

from dataclasses import dataclass
from datetime import date

from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.pages import ALL, Page
from cycle.reading.shapes import Json, plain


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One line of the list of recommendations."""

    key: str
    finding: str | None
    evaluation: str | None
    cycle: str | None  # the round that owes the answer
    addressee: str | None
    text: str
    response: str | None
    reason: str | None
    answered_on: date | None
    version: int


_SQL = """
SELECT r.ref AS key, f.ref AS finding, e.ref AS evaluation, c.ref AS cycle, o.code AS addressee,
  r.text, r.response, r.reason, r.answered_on, r.version
FROM recommendation r
LEFT JOIN finding f ON f.municipality_id = :m AND f.id = r.finding_id
LEFT JOIN evaluation e ON e.municipality_id = :m AND e.id = r.evaluation_id
LEFT JOIN cycle c ON c.municipality_id = :m AND c.id = r.cycle_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = r.addressee_id
WHERE r.municipality_id = :m AND {where} ORDER BY r.ref
"""


def listed(reader: Reader, *, open_only: bool = False, page: Page = ALL) -> list[RecommendationRow]:
    """Give every recommendation, or only those nobody answered."""
    where, values = page.narrow("r.ref", "r.response IS NULL" if open_only else "1 = 1", {})
    return reader.rows(page.cut(_SQL.format(where=where)), RecommendationRow, **values)


def of_finding(reader: Reader, finding: str) -> list[RecommendationRow]:
    """Give what was recommended for a finding."""
    return reader.rows(_SQL.format(where="f.ref = :key"), RecommendationRow, key=finding)


def of_evaluation(reader: Reader, evaluation: str) -> list[RecommendationRow]:
    """Give what an evaluation recommends."""
    return reader.rows(_SQL.format(where="e.ref = :key"), RecommendationRow, key=evaluation)


def show(reader: Reader, key: str) -> Json:
    """Give one recommendation; NotFound for a key nobody knows."""
    key = find(reader, "recommendation", key)
    return plain(reader.one(_SQL.format(where="r.ref = :key"), RecommendationRow, key=key))
