"""The page on which an open end, or something overdue, is settled, and to whom it is open."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from markupsafe import Markup, escape

from api.web.frame import Page, Visit, link
from cycle.usecases.rights import fitting

PLURALS: Final = {
    "measure": "measures", "goal": "goals", "finding": "findings", "report": "reports",
    "recommendation": "recommendations", "round": "cycles", "cycle": "cycles",
    "indicator": "indicators", "decision": "decisions", "evaluation": "evaluations",
    "paper": "papers", "area": "areas", "department": "departments",
}  # fmt: skip
_LETTERS: Final = {
    "M": "measure", "G": "goal", "F": "finding", "B": "report", "R": "recommendation",
    "E": "evaluation", "D": "decision",
}  # fmt: skip
_KEY: Final = re.compile(r"\b([MGFBRED])-\d{4}-\d+\b")
# By rule: where it is settled.
_PLACES: Final = {
    "finding_without_response": "/findings/{key}/response",
    "report_not_presented": "/reports/{key}/present",
    "evaluation_owed": "/measures/{key}/evaluations/new",
    "feedback_missing": "/measures/{key}/disposition",
    "recommendation_unanswered": "/recommendations/{key}/answer",
    "next_round_missing": "/cycles/new?predecessor={key}",
    "lead_missing": "/measures/{key}/tasks/lead",
    "goal_without_measure": "/measures/new?goal={key}",
    "goal_without_target": "/goals/{key}/target",
    "measure_without_finding": "/measures/{key}/tasks/findings",
    "evaluation_not_planned": "/measures/{key}/tasks/evaluation",
    "budget_missing": "/measures/{key}/tasks/budget",
    "observation_missing": "/indicators/{key}/observations/new",
    "agreement_missing": "/goals/{key}/agreement",
    "goal_unclassified": "/goals/{key}/edit",
    "O1": "/findings/{key}/response",
    "O2": "/reports/{key}/present",
    "O3": "/goals/{key}/target",
    "O4": "/measures/{key}/moves/approve",
    "O5": "/measures/{key}/moves/resubmit",
    "O6": "/measures/{key}/moves/start",
    "O7": "/measures/{key}/evaluations/new",
    "O8": "/progress?only={key}",
    "O9": "/measures/{key}/tasks/milestones",
    "O10": "/measures/{key}/moves/finish",
    "O12": "/measures/{key}/disposition",
    "O13": "/recommendations/{key}/answer",
    "O14": "/indicators/{key}/observations/new",
    "O15": "/measures/{key}/tasks/budget",
    "O16": "/measures/{key}/moves/resume",
    "O17": "/cycles/{key}",
    "O18": "/measures/{key}/tasks/commitments",
    "O19": "/cycles/new?predecessor={key}",
    "countersign": "/measures/{key}/tasks/countersign",
}
# What holds a round back: where it is listed.
_HELD: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "finding_without_response": ("open/gaps/finding_without_response", {}),
    "report_not_presented": ("reports", {}),
    "no_finding": ("findings", {}),
    "finding_without_source": ("findings", {}),
    "feedback_unread": ("reports", {}),
    "goal_not_adopted": ("goals", {}),
    "goal_without_target": ("open/gaps/goal_without_target", {}),
    "goal_without_acceptance": ("goals", {}),
    "measure_undecided": ("measures", {"state": "proposed"}),
    "measure_not_started": ("measures", {"state": "approved"}),
    "measure_without_disposition": ("measures", {"state": "evaluated"}),
    "evaluation_owed": ("open/gaps/evaluation_owed", {}),
    "goal_unrated": ("goals", {}),
    "recommendation_unanswered": ("open/gaps/recommendation_unanswered", {}),
}


def held_at(guard: str, cycle: str) -> str:
    """Give the list in which stands what holds a round back; nothing where there is none."""
    path, asked = _HELD.get(guard, ("", {}))
    address = link(*path.split("/"), cycle=cycle, **asked)
    return address if path and is_there(address) else ""


def linked(text: str) -> Markup:
    """Write a sentence with the keys in it as links to their records."""
    return Markup(_KEY.sub(_as_link, str(escape(text))))  # noqa: S704 - it was escaped just now


def _as_link(found: re.Match[str]) -> str:
    address = page_of(_LETTERS[found[1]], found[0])
    inside = f'<span class="key">{found[0]}</span>'
    return f'<a href="{address}">{inside}</a>' if address else inside


def page_of(noun: str, key: str) -> str:
    """Give the page of a record; nothing where it has none."""
    here = link(PLURALS.get(noun, noun), key)
    return here if is_there(here) else ""


def settled_at(visit: Visit, rule: str, noun: str, key: str, lead: str | None) -> str:
    """Give the address of the page that settles it, else of the record's own; nothing for others.

    `lead` is the department that answers for the record.
    """
    address = _PLACES.get(rule, "").format(key=key.replace("/", "~")) or page_of(noun, key)
    return address if open_to(visit, address, lead if noun == "measure" else None) else ""


def open_to(visit: Visit, address: str, lead: str | None = None) -> bool:
    """Tell whether this account may open an address.

    `lead` is the department that leads the measure which is written to there.
    """
    found = _page_at(address)
    if not found:
        return False
    page, path = found
    roles = page.roles(path)
    writes = page.noun == "measure" and page.form is not None
    return visit.may(*(fitting(visit.who.units, lead, roles) if writes else roles))


def first_of(*addresses: str) -> str:
    """Give the first of these addresses that has a page; nothing where none has."""
    return next((each for each in addresses if is_there(each)), "")


def is_there(address: str) -> bool:
    """Tell whether a page answers at this address."""
    return _page_at(address) is not None


def _page_at(address: str) -> tuple[Page, Mapping[str, str]] | None:
    """Give the page at an address, and the words in its path."""
    parts = address.partition("?")[0].strip("/").split("/")
    for shape, page in _shapes().get(len(parts), ()):
        pairs = list(zip(shape, parts, strict=True))
        if all(a == b or (a.startswith("{") and b != "new") for a, b in pairs):
            return page, {a.strip("{}"): b for a, b in pairs if a.startswith("{")}
    return None


@cache
def _shapes() -> dict[int, list[tuple[list[str], Page]]]:
    """Keep the pages by how many parts their addresses have."""
    from api.web.pages import PAGES  # noqa: PLC0415 - which need this module

    found: dict[int, list[tuple[list[str], Page]]] = {}
    for page in PAGES:
        parts = page.path.strip("/").split("/")
        found.setdefault(len(parts), []).append((parts, page))
    return found
