"""What a measure owes: consequences, plans, promises, steps, money, exceptions."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from api.web import choosing
from api.web.forms import Field, Option, invalid
from api.web.frame import Visit
from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.words import (
    COVERS,
    FUNDINGS,
    LEVERS,
    PURPOSES,
)
from cycle.reading import duties
from cycle.reading.missing import missing
from cycle.reading.shapes import Json
from cycle.usecases import (
    approvals,
    budgets,
    commitments,
    consequences,
    enforcements,
    evaluations,
    waivers,
)

Words = dict[str, Any]
HUNDRED: Final = 100


def _consequence(visit: Visit, kind: str) -> duties.ConsequenceRow | None:
    found = duties.consequences(visit.at(), visit.key)
    return next((each for each in found if each.kind == kind), None)


def _assessed(visit: Visit, kind: str, *more: Field) -> tuple[Field, ...]:
    row = _consequence(visit, kind)
    state = row.state if row and row.state != "open" else "assessed"
    text = (row.text or row.proposal) if row else None
    return (
        Field(name="state", label=visit.say(N_("Are there any?")), kind="choice", required=True,
              value=state, options=(
                  Option("assessed", visit.say(N_("Yes"))),
                  Option("none", visit.say(N_("None"))),
              )),
        Field(name="text", label=visit.say(N_("Which ones, or why none?")), kind="prose",
              required=True, value=text),
        *more,
    )  # fmt: skip


def built(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask what it demands in rooms and buildings."""
    row = _consequence(visit, "built")
    return _assessed(
        visit, "built",
        Field(name="site", label=visit.say(N_("Where?")), value=row.site if row else None),
        Field(name="cost_cents", label=visit.say(N_("Cost of building")), kind="money",
              value=row.cost_cents if row else None),
    )  # fmt: skip


def staffing(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask what it demands in staff."""
    row = _consequence(visit, "staffing")
    posts = row.fte_hundredths if row else None
    return _assessed(
        visit, "staffing",
        Field(name="fte_hundredths", label=visit.say(N_("Full-time posts")), kind="number",
              value=None if posts is None else Decimal(posts) / HUNDRED,
              hint=visit.say(N_("Such as 3,5."))),
        Field(name="temporary", label=visit.say(N_("Only for a time")), kind="flag",
              value=row.temporary if row else None),
    )  # fmt: skip


def organisational(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask what it demands of the order of work."""
    return _assessed(visit, "organisational")


def financial(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask what it costs."""
    row = _consequence(visit, "financial")
    return _assessed(
        visit, "financial",
        Field(name="one_off_cents", label=visit.say(N_("Once")), kind="money",
              value=row.one_off_cents if row else None),
        Field(name="annual_cents", label=visit.say(N_("Every year")), kind="money",
              value=row.annual_cents if row else None),
    )  # fmt: skip


def cover(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask where the money is to come from."""
    row = _consequence(visit, "financial")
    return (
        Field(name="cover", label=visit.say(N_("Cover")), kind="choice",
              options=choosing.of_words(visit, "cover", COVERS), value=row.cover if row else None),
        Field(name="product_group", label=visit.say(N_("Product of the budget")), most=40,
              value=row.product_group if row else None, hint=visit.say(N_("Such as 36.50.01."))),
        Field(name="from_year", label=visit.say(N_("From the year")), most=4,
              value=row.from_year if row else None),
        Field(name="revenue_cents", label=visit.say(N_("Yearly revenue")), kind="money",
              value=row.revenue_cents if row else None),
    )  # fmt: skip


def assess(kind: str, *, state: str | None = "assessed") -> Callable[[Visit, Words], object]:
    """Give what keeps the assessment of one kind."""

    def keep(visit: Visit, said: Words) -> object:
        given = {n: v for n, v in said.items() if v is not None}
        if given.get("state") == "none" and not given.get("temporary"):
            given.pop("temporary", None)  # a box that is not ticked says nothing here
        if "fte_hundredths" in given:
            given["fte_hundredths"] = _hundredths(given["fte_hundredths"])
        if "from_year" in given:
            given["from_year"] = _year(given["from_year"])
        if state is None:
            row = _consequence(visit, kind)
            given["state"] = row.state if row and row.state != "open" else "assessed"
            if row is None or not (row.text or given.get("text")):
                raise invalid([Fault("", "missing", N_(
                    "Say first what it costs, under “Consequences: money”."))])  # fmt: skip
        return consequences.assess(visit.unit, visit.key, [kind], **given)

    return keep


def _hundredths(posts: Any) -> int:  # noqa: ANN401 - a decimal
    found = posts * HUNDRED
    if found != found.to_integral_value() or found < 0:
        says = N_("Posts have at most two decimals.")
        raise invalid([Fault("fte_hundredths", "no_posts", says)])
    return int(found)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):  # noqa: PLR2004 - digits
        raise invalid([Fault("from_year", "no_year", N_("Write the year with four digits."))])
    return int(text)


def countersign(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask the finance office to sign."""
    if visit.may("finance"):
        return (Field(name="ref", label=visit.say(N_("File number"))),)
    return (
        Field(name="on", label=visit.say(N_("Signed on")), kind="day", required=True),
        Field(name="ref", label=visit.say(N_("File number of the finance office")),
              required=True),
    )  # fmt: skip


def countersigned(visit: Visit, said: Words) -> object:
    """Keep that the finance office signed."""
    return consequences.countersign(visit.unit, visit.key, **_given(said))


def evaluation(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask when, and with what question, it is evaluated."""
    known = duties.plans(visit.at(), visit.key)
    row = known[0] if known else None
    return (
        Field(name="due", label=visit.say(N_("When?")), kind="day", required=True,
              value=row.due if row else None),
        Field(name="question", label=visit.say(N_("What is to be found out?")), kind="prose",
              required=True, value=row.question if row else None),
        Field(name="purpose", label=visit.say(N_("What for?")), kind="choice",
              value=row.purpose if row else "summative",
              options=choosing.of_words(visit, "purpose", PURPOSES)),
    )  # fmt: skip


def plan(visit: Visit, said: Words) -> object:
    """Keep the plan of the evaluation."""
    return evaluations.plan(visit.unit, visit.key, **_given(said))


def enforcement(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask what makes it binding."""
    return (
        Field(name="lever", label=visit.say(N_("By what?")), kind="choice", required=True,
              shown="select", options=choosing.of_words(visit, "lever", LEVERS)),
        Field(name="responsible", label=visit.say(N_("Who sees to it?")), kind="choice",
              shown="select", options=choosing.of_departments(visit)),
        Field(name="text", label=visit.say(N_("How?")), kind="prose"),
    )  # fmt: skip


def bind(visit: Visit, said: Words) -> object:
    """Keep what makes it binding."""
    return enforcements.add(visit.unit, visit.key, **_given(said))


def commitment(visit: Visit, measure: Json) -> tuple[Field, ...]:
    """Ask what a partner has promised; nothing where there is none."""
    offered = [o for o in choosing.of_departments(visit) if o.value in measure["partners"]]
    if not offered:
        return ()
    return (
        Field(name="partner", label=visit.say(N_("Partner")), kind="choice", required=True,
              options=tuple(offered), value=offered[0].value if len(offered) == 1 else None),
        Field(name="on", label=visit.say(N_("Promised on")), kind="day"),
        Field(name="text", label=visit.say(N_("What was promised?")), kind="prose"),
    )  # fmt: skip


def commit(visit: Visit, said: Words) -> object:
    """Keep what a partner has promised; Invalid where the measure has none."""
    if not said.get("partner"):
        raise invalid([Fault("", "missing", N_("The measure has no partners yet."))])
    return commitments.add(visit.unit, visit.key, **_given(said))


def _year_and_source(visit: Visit) -> tuple[Field, ...]:
    return (
        Field(name="from_year", label=visit.say(N_("Year")), required=True, most=4,
              value=visit.day.year, also=("year",)),
        Field(name="funding", label=visit.say(N_("Whose money?")), kind="choice", shown="select",
              value="own", options=choosing.of_words(visit, "funding", FUNDINGS)),
    )  # fmt: skip


def budget(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask what is planned and approved for a year."""
    return (
        *_year_and_source(visit),
        Field(name="planned", label=visit.say(N_("Planned")), kind="money"),
        Field(name="approved", label=visit.say(N_("Approved")), kind="money"),
    )


def money(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask what was committed and spent in a year."""
    return (
        *_year_and_source(visit),
        Field(name="committed", label=visit.say(N_("Committed")), kind="money"),
        Field(name="spent", label=visit.say(N_("Spent")), kind="money"),
    )


def set_budget(visit: Visit, said: Words) -> object:
    """Keep the money of a year."""
    given = _given(said)
    year = _year(given.pop("from_year"))
    return budgets.set_line(visit.unit, visit.key, year, **given)


def amendment(_visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask nothing more."""
    return ()


def confirm(visit: Visit, _said: Words) -> object:
    """Confirm the text a body changed."""
    return approvals.confirm_text(visit.unit, visit.key)


def waiver(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask from what an exception is made, and why."""
    lacks = missing(visit.at(), visit.key, today=visit.day, lang=visit.lang)
    offered = tuple(Option(each.guard, each.says) for each in lacks if each.waivable)
    return (
        Field(name="guard", label=visit.say(N_("What need not be there?")), kind="choice",
              required=True, options=offered, shown="radio"),
        Field(name="reason", label=visit.say(N_("Why is that justified?")), kind="prose",
              required=True),
        Field(name="decision", label=visit.say(N_("Decision it rests on")),
              hint=visit.say(N_("Its key, such as D-2026-007."))),
        Field(name="second", label=visit.say(N_("Second account")),
              hint=visit.say(N_("Only to go without involvement: an account of social planning."))),
    )  # fmt: skip


def waive(visit: Visit, said: Words) -> object:
    """Grant an exception."""
    return waivers.grant(visit.unit, visit.key, **_given(said))


def _given(said: Mapping[str, Any]) -> Words:
    return {name: value for name, value in said.items() if value is not None}
