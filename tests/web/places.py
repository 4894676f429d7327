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


PLACES: tuple[Place, ...] = (
    Place("/sign-in", "", wrong={"name": ""}),
    Place("/"),
    Place("/", "department_head"),
    Place("/help", ""),
    Place("/accessibility", ""),
    Place("/accessibility/assessment", ""),
    Place("/privacy", ""),
    Place("/progress", "department_head"),
    Place("/progress/requests"),
)
