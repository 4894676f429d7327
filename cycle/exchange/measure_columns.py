"""The columns of a list of measures: our own, a plan's, and the four of Halle's concept."""

from cycle.exchange.layouts import Column, Layout, named
from cycle.model.words import (
    BINDINGS,
    CONSEQUENCES,
    MANDATES,
    MEASURE_STATES,
    ORIGINS,
    PREVENTION,
    STRANDS,
)

_PRIORITIES = {"1": 1, "2": 2, "3": 3, "Schlüsselmaßnahme": 1, "hoch": 2, "normal": 3}
_MANDATES = named("mandate", MANDATES) | {"pflichtig": "statutory", "freiwillig": "voluntary"}
LAYOUT = Layout(
    "measures",
    (
        Column("ref", "ref", ("key", "schlüssel")),
        Column("titel", "title", ("title",)),
        Column("handlungsfelder", "fields", ("handlungsfeld", "fields"), "list"),
        Column("raeume", "areas", ("sozialraum", "sozialräume", "areas"), "list"),
        Column("federfuehrung", "lead", ("zuständig", "lead")),
        Column("beteiligte", "partners", ("partner", "partners")),
        Column("beginn", "planned_start", ("start", "planned_start"), "begin"),
        Column("ende", "planned_end", ("end", "planned_end"), "end"),
        Column("zeitraum_text", "period_text", ("zeitraum", "umsetzungszeitraum")),
        Column("laufend", "is_ongoing", ("daueraufgabe", "is_ongoing"), "yes"),
        Column("status", "state", ("stand", "state"), words=named("state", MEASURE_STATES)),
        Column("hauptziel", "goal", ("goal",)),
        Column("weitere_ziele", "side_goals", ("nebenziele", "side_goals"), "list"),
        *(Column(f"konsequenz_{name}", kind) for name, kind in zip(
            ("baulich", "personell", "organisatorisch", "finanziell"), CONSEQUENCES, strict=True)),
        Column("vzae", "fte", ("vzä", "stellen"), "decimal"),
        Column("kosten_einmalig", "one_off_cents", (), "cents"),
        Column("kosten_jaehrlich", "annual_cents", (), "cents"),
        Column("beschluss_nr", "decided_paper"),
        Column("beschluss_datum", "decided_on", (), "day"),
        Column("evaluation_faellig", "evaluation_due", (), "day"),
        # what plans of councils add
        Column("nummer", "number", ("nr", "maßnahme-nr", "maßnahmennummer", "number")),
        Column("massnahme", "sentence", ("measure",)),
        Column("beschreibung", "description", ("description",)),
        Column("hauptverantwortung", "lead_name", ("verantwortlich",)),
        Column("ziel_nummer", "goal_number", ("ziel-nr",)),
        Column("ziel", "goal_text", ("ziel_text",)),
        Column("vorlage", "source", ("quelle", "drucksache", "paper", "source")),
        Column("quelle_datum", "source_date", ("vorlage vom", "stand vom", "source_date"), "day"),
        Column("zielgruppe", "target_group", ("target_group",)),
        Column("praevention", "prevention_level", (), words=named("prevention", PREVENTION)),
        Column("aufgabe", "mandate", ("mandate",), words=_MANDATES),
        Column("rechtsgrundlage", "legal_basis", ("legal_basis",)),
        Column("verbindlichkeit", "binding", ("binding",), words=named("binding", BINDINGS)),
        Column("prioritaet", "priority", ("priority",), words=_PRIORITIES),
        Column("herkunft", "origin", ("origin",), words=named("origin", ORIGINS)),
        Column("strang", "strand", ("strand",), words=named("strand", STRANDS)),
        Column("runde", "cycle", ("cycle", "planungsrunde")),
    ),
)  # fmt: skip
