"""Every page of the web door: where it is, who looks at it, and how it is made to complain."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """One page as the walls look at it, in the demo city unless told otherwise."""

    path: str
    who: str = "planner"  # an account of the demo city; "" for nobody
    page: str = ""  # name of the Page, where the path does not tell
    empty: bool = True  # looked at in a town without anything too
    wrong: Mapping[str, str] = field(default_factory=dict)  # what is typed to get its faults

    @property
    def id(self) -> str:
        return f"{self.path} {self.who}".strip()


HEAD = "department_head"
INVOLVED = "/measures/M-2026-009/tasks/participation?format=survey&level=consult&groups=residents"
PLACES: tuple[Place, ...] = (
    Place("/sign-in", "", wrong={"name": ""}),
    Place("/account"),
    Place("/account/password", HEAD, wrong={"old": "x", "password": "kurz", "again": "kurz"}),
    Place("/"),
    Place("/", HEAD),
    Place("/", "finance"),
    Place("/", "reader"),
    Place("/progress", HEAD),
    Place("/progress/requests", wrong={"due": "31.02."}),
    Place("/map"),
    Place("/open"),
    Place("/open/gaps/finding_without_response"),
    Place("/open/overdue", HEAD),
    Place("/board"),
    Place("/cycles"),
    Place("/cycles/Z-2024"),
    Place("/cycles/Z-2024/half-year"),
    Place("/cycles/new", wrong={"title": ""}),
    Place("/cycles/Z-2028/moves/advance"),
    Place("/measures", HEAD),
    Place("/measures", "reader"),
    Place("/measures/new", HEAD, wrong={"title": "", "planned_end": "31.02.2027"}),
    Place("/measures/M-2026-009", HEAD),
    Place("/measures/M-2024-003"),
    Place("/measures/M-2024-003", "reader"),
    Place("/measures/M-2024-014", HEAD),
    Place("/measures/M-2026-009/tasks/words", HEAD, wrong={"title": ""}),
    Place("/measures/M-2026-009/tasks/goal", HEAD),
    Place("/measures/M-2026-009/tasks/findings", HEAD),
    Place("/measures/M-2026-009/tasks/where", HEAD),
    Place("/measures/M-2026-009/tasks/period", HEAD, wrong={"planned_start": "32.1.2027"}),
    Place("/measures/M-2026-009/tasks/lead", "planner"),
    Place("/measures/M-2026-009/tasks/staffing", HEAD, wrong={"fte_hundredths": "viel"}),
    Place("/measures/M-2026-009/tasks/financial", HEAD, wrong={"annual_cents": "viel"}),
    Place("/measures/M-2026-009/tasks/cover", HEAD, wrong={"from_year": "27"}),
    Place("/measures/M-2026-009/tasks/countersign", "finance"),
    Place("/measures/M-2026-009/tasks/participation", HEAD, wrong={"participants": "viele"}),
    Place(INVOLVED, HEAD, page="measure_task", wrong={"summary": ""}),
    Place("/measures/M-2026-009/tasks/evaluation", HEAD, wrong={"due": "bald"}),
    Place("/measures/M-2026-009/tasks/enforcement", HEAD, wrong={"text": ""}),
    Place("/measures/M-2026-009/tasks/milestones", HEAD, wrong={"due": "bald"}),
    Place("/measures/M-2026-009/tasks/budget", HEAD, wrong={"planned": "viel"}),
    Place("/measures/M-2024-014/milestones/1", HEAD),
    Place("/measures/M-2026-009/moves/target", HEAD),
    Place("/measures/M-2026-009/moves/cancel", HEAD, wrong={"reason": ""}),
    Place("/measures/M-2024-014/moves/suspend", HEAD, wrong={"review_on": "bald"}),
    Place("/measures/M-2024-009/disposition", "steering", wrong={"reason": ""}),
    Place("/measures/M-2024-005/evaluations/new", wrong={"text": ""}),
    Place("/reports"),
    Place("/reports/new", wrong={"title": ""}),
    Place("/reports/B-2024-01"),
    Place("/reports/B-2024-01", "reader"),
    Place("/reports/B-2024-01/preview"),
    Place("/reports/B-2024-01/approve"),
    Place("/reports/B-2024-01/present"),
    Place("/reports/B-2024-01/publish"),
    Place("/findings/new", wrong={"text": ""}),
    Place("/findings/F-2024-001"),
    Place("/findings/F-2024-001/response"),
    Place("/findings/F-2024-001/acknowledgement"),
    Place("/goals"),
    Place("/goals/new", HEAD, wrong={"text": ""}),
    Place("/goals/G-2024-003"),
    Place("/goals/G-2024-003/edit", wrong={"due": "bald"}),
    Place("/goals/G-2024-003/target", wrong={"value": "viel"}),
    Place("/goals/G-2024-003/agreement", wrong={"on": "bald"}),
    Place("/goals/G-2024-003/adoption", wrong={"on": "bald"}),
    Place("/goals/G-2024-003/rating", wrong={"text": ""}),
    Place("/indicators"),
    Place("/indicators/SGB2U15"),
    Place("/indicators/SPRACHE", "reader"),
    Place("/indicators/SGB2U15/observations/new", "statistician", wrong={"value": "viel"}),
    Place("/decisions"),
    Place("/decisions/new", wrong={"paper": "", "on": "bald"}),
    Place("/decisions/D-2024-002"),
    Place("/decisions/D-2024-002/confirmation"),
    Place("/papers"),
    Place("/papers/0123~2024"),
    Place("/control"),
    Place("/evaluations/E-2025-001"),
    Place("/recommendations"),
    Place("/recommendations/R-2024-001"),
    Place("/recommendations/R-2024-001/answer", wrong={"reason": ""}),
    Place("/imports"),
    Place("/undo"),
    Place("/public", "", empty=False),
    Place("/public/measures", "", empty=False),
    Place("/public/measures/M-2024-003", "", empty=False),
    Place("/public/indicators", "", empty=False),
    Place("/public/indicators/SPRACHE", "", empty=False),
    Place("/public-view", "steering"),
    Place("/help", ""),
    Place("/accessibility", ""),
    Place("/accessibility/assessment", ""),
    Place("/privacy", ""),
)
