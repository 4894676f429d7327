"""Papers, their sittings, bodies and offices out of a council system's lists (OParl)."""

from collections.abc import Iterable
from functools import partial

from cycle.exchange.cells import code_of
from cycle.exchange.intake import Desk, Row, amend, both, written
from cycle.exchange.oparl import Delivery, Organization, PaperEntry, Sitting
from cycle.exchange.oparl_words import Words
from cycle.exchange.outcome import NEW, Note, RowFault, Wrong
from cycle.i18n import N_
from cycle.model.decisions import Body, Paper
from cycle.model.town import OrgUnit
from cycle.store.unit import Unit
from cycle.usecases import bodies, lookup, papers, towns


def rows(delivery: Delivery) -> list[Row]:
    """Give the organisations first, so that papers find their bodies."""
    organizations = [
        Row({"organization": found}, partial(_place, "organizations.json", found.no))
        for found in delivery.organizations
    ]
    return organizations + [
        Row({"paper": found}, partial(_place, "papers.json", found.no)) for found in delivery.papers
    ]


class PaperTaker:
    """Takes organisations and papers; words that no table knows are counted, not guessed."""

    def __init__(self, words: Words) -> None:
        """Take the table of words in use."""
        self.words = words
        self.short_names: dict[str, str] = {}  # of bodies, by their foreign id

    def order(self, given: list[Row]) -> list[Row]:
        """Keep the order: organisations, then papers."""
        return given

    def take(self, desk: Desk, row: Row) -> str:
        """Write an organisation, or a paper with all its sittings."""
        if found := row.values.get("organization"):
            return self._organization(desk, found)
        return self._paper(desk, row.values["paper"])

    def notes(self, desk: Desk) -> Iterable[Note]:
        """Tell what came in, and the words that are not mapped, the most frequent first."""
        count = {n: desk.tally[n] for n in ("papers", "sittings", "bodies", "units", "homeless")}
        yield Note("delivered", _DELIVERED, count)
        if count["homeless"]:
            yield Note("body_unknown", _HOMELESS, count)
        for (what, word), times in self.words.unmapped.most_common():
            says = _UNMAPPED[what]
            yield Note(f"unmapped_{what}", says, {"word": word, "count": times})

    def _organization(self, desk: Desk, found: Organization) -> str:
        if not found.named:
            desk.tally["units"] += 1
            return _office(desk.unit, found)
        desk.tally["bodies"] += 1
        mark, self.short_names[found.id] = _body(desk.unit, found, self.words.body(found.name))
        return mark

    def _paper(self, desk: Desk, found: PaperEntry) -> str:
        mark, ref = _paper(desk.unit, found)
        for order, sitting in enumerate(found.sittings, 1):
            mark = both(mark, self._sitting(desk, ref, order, sitting))
        desk.tally["papers"] += 1
        return mark

    def _sitting(self, desk: Desk, ref: str, order: int, found: Sitting) -> str:
        role = self.words.role(found.role)
        outcome, majority = self._outcome(desk.unit, found, role)
        body = self.short_names.get(found.organization or "")
        desk.tally["sittings"] += 1
        desk.tally["homeless"] += body is None
        return written(
            desk.unit,
            lambda: papers.consult(
                desk.unit,
                ref,
                body=body,
                on=found.on,
                role=role,
                outcome=outcome,
                majority=majority,
                result_text=found.result,
                role_text=found.role,
                order_no=order,
                authoritative=found.authoritative,
                public=found.public,
                oparl_id=found.id,
            ),
        )

    def _outcome(self, unit: Unit, found: Sitting, role: str) -> tuple[str, str | None]:
        """Without a result, what lies ahead or stands on no agenda yet is pending."""
        if found.result:
            return self.words.result(found.result, role)
        ahead = found.on >= unit.day if found.on else not found.scheduled
        return ("pending" if ahead else "unknown"), None


def _body(unit: Unit, found: Organization, kind: str) -> tuple[str, str]:
    short = found.short_name or code_of(found.name)
    there = lookup.by(unit, Body, oparl_id=found.id) or lookup.by(unit, Body, short_name=short)
    if there is None:
        return NEW, bodies.add(unit, short, found.name, kind=kind, oparl_id=found.id).short_name
    mark = amend(unit, there, {"name": found.name, "oparl_id": found.id}, key=there.short_name)
    return mark, there.short_name


def _office(unit: Unit, found: Organization) -> str:
    code = found.short_name or code_of(found.name)
    there = lookup.by(unit, OrgUnit, external_id=found.id) or lookup.by(unit, OrgUnit, code=code)
    if there is None:
        towns.add_department(unit, code, found.name, kind="other", external_id=found.id)
        return NEW
    return amend(unit, there, {"name": found.name, "external_id": found.id})


def _paper(unit: Unit, found: PaperEntry) -> tuple[str, str]:
    told = {"name": found.name, "paper_type": found.paper_type, "dated": found.dated,
            "public": found.public, "oparl_id": found.id}  # fmt: skip
    there = lookup.by(unit, Paper, oparl_id=found.id)
    if there is None:
        there = lookup.by(unit, Paper, ref=found.reference, oparl_id=None)
    if there is None:
        return NEW, papers.add(unit, found.reference, **told).ref  # type: ignore[arg-type] # told by the names of add
    return amend(unit, there, told), there.ref


def _place(file: str, no: int, wrong: Wrong) -> RowFault:
    where = f"{file}, entry {no}" + (f", {wrong.at}" if wrong.at else "")
    return RowFault(where, wrong.code, wrong.says, wrong.values, wrong.fix, no, wrong.at, file)


_DELIVERED = N_(
    "{papers} papers with {sittings} consultations, {bodies} bodies, {units} other organisations."
)
_HOMELESS = N_("{homeless} consultations name no body of this delivery.")
_UNMAPPED = {
    "role": N_("The role {word} is not mapped: {count} times, taken as unknown."),
    "result": N_("The result {word} is not mapped: {count} times, taken as unknown."),
}
