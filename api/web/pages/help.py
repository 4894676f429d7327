"""Help, the accessibility statement with its self-assessment, and what is kept of whom."""

from api.web.en301549 import CRITERIA, HOW, seen
from api.web.frame import ANYONE, Page, Shown, Visit
from cycle.i18n import N_
from cycle.machine import words
from cycle.machine.measures import STATES


def _help(visit: Visit) -> Shown:
    states = [(words.name("state", s.name, visit.lang), s.name) for s in STATES]
    return Shown("help/help.html", {"states": states})


def _accessibility(_visit: Visit) -> Shown:
    return Shown("help/accessibility.html", {"seen": seen()})


def _assessment(visit: Visit) -> Shown:
    rows = [
        (
            each.clause or visit.say(N_("new in WCAG 2.2")),
            f"{each.number} {visit.say(each.name)}",
            each.level,
            visit.say(N_("met")) if each.applies else visit.say(N_("does not apply")),
            "; ".join(visit.say(HOW[how]) for how in each.how),
        )
        for each in CRITERIA
    ]
    return Shown("help/assessment.html", {"rows": rows, "seen": seen()})


PAGES = (
    Page(path="/help", name="help", rights=ANYONE, show=_help),
    Page(path="/accessibility", name="accessibility", rights=ANYONE, show=_accessibility),
    Page(path="/accessibility/assessment", name="assessment", rights=ANYONE, show=_assessment),
    Page(path="/privacy", name="privacy", rights=ANYONE, show=lambda _: Shown("help/privacy.html")),
)
