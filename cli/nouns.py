"""Every command and the file it lives in, grouped as the help lists them."""

from dataclasses import dataclass

from cycle.i18n import N_


@dataclass(frozen=True, slots=True)
class Noun:
    """A command; its file is loaded only when it is called."""

    word: str
    module: str
    says: str  # template of its line in the help


GROUPS: tuple[tuple[str, tuple[Noun, ...]], ...] = (
    (
        N_("Begin"),
        (
            Noun("demo", "demo", N_("build the demo city Saalestadt and look around")),
            Noun("init", "towns", N_("create the store of a municipality")),
            Noun("import", "exchange", N_("read a file: measures, values, papers, …")),
            Noun("template", "templates", N_("print an empty form to fill in")),
        ),
    ),
    (
        N_("See where things stand"),
        (
            Noun("status", "status", N_("where the round and its measures stand")),
            Noun("board", "board", N_("the circle as columns: what stands where, and how long")),
            Noun("circle", "circle", N_("the circle as a drawing, and where it is broken")),
            Noun("agenda", "agenda", N_("the next sittings: what is ready for them, what is not")),
            Noun("calendar", "deadlines", N_("the months ahead and what falls due in them")),
            Noun("gaps", "gaps", N_("the open ends of the cycle and what settles them")),
            Noun("overdue", "overdue", N_("who owes what since when")),
            Noun("trace", "trace", N_("what became of it, and where it comes from")),
            Noun("journal", "journal", N_("who did what, and whether the record is whole")),
            Noun("watch", "watch", N_("every deed as it happens")),
            Noun("wait", "wait", N_("wait until a record has come to a state")),
            Noun("undo", "undo", N_("take back your own last deed")),
        ),
    ),
    (
        N_("The round: report, findings, goals"),
        (
            Noun("round", "cycles", N_("open a planning round and take it through its stages")),
            Noun("report", "reports", N_("reports: write down, approve, present, publish")),
            Noun("finding", "findings", N_("findings of a report and how they are answered")),
            Noun("recommendation", "recommendations", N_("what is advised, and the answer to it")),
            Noun("goal", "goals", N_("goals, their targets and who agreed")),
            Noun("indicator", "indicators", N_("what is measured")),
            Noun("observation", "observations", N_("what was observed, where and when")),
        ),
    ),
    (
        N_("Measures and what they owe"),
        (
            Noun("measure", "measures", N_("log measures and move them through the cycle")),
            Noun("consequence", "consequences", N_("what it demands: rooms, staff, order, money")),
            Noun("participation", "participations", N_("how people were involved")),
            Noun("enforcement", "enforcements", N_("what makes it binding")),
            Noun("commitment", "commitments", N_("what partners have promised")),
            Noun("budget", "budgets", N_("its money, year by year")),
            Noun("milestone", "milestones", N_("its dated steps")),
            Noun("progress", "progress", N_("how far it has come")),
            Noun("evaluation", "evaluations", N_("whether it worked")),
            Noun("disposition", "dispositions", N_("what follows from the evaluation")),
            Noun("waiver", "waivers", N_("exceptions with a reason")),
        ),
    ),
    (
        N_("Bodies, papers, decisions"),
        (
            Noun("decision", "decisions", N_("decisions, and papers that never came back")),
            Noun("paper", "papers", N_("papers and the bodies they pass")),
            Noun("body", "bodies", N_("councils, committees and steering groups")),
        ),
    ),
    (
        N_("The town and its store"),
        (
            Noun("department", "departments", N_("who answers for measures")),
            Noun("field", "fields", N_("fields of action")),
            Noun("area", "areas", N_("planning areas")),
            Noun("account", "accounts", N_("who may do what")),
            Noun("token", "tokens", N_("keys by which programs act")),
            Noun("webhook", "webhooks", N_("who is told of events, and what did not arrive")),
            Noun("public", "public_view", N_("what is published, open to everyone")),
            Noun("policy", "policy", N_("how strict the town is with itself")),
            Noun("serve", "serve", N_("open the web pages and the API")),
            Noun("db", "stores", N_("check, upgrade, back up or restore the store")),
            Noun("doctor", "doctor", N_("look whether all is well, and tell what mends it")),
            Noun("config", "configs", N_("the settings in force and where each comes from")),
            Noun("workflow", "workflow", N_("draw the steps of a measure or a round")),
            Noun("help", "help", N_("what concerns every command, topic by topic")),
            Noun("completion", "completion", N_("completion for your shell")),
        ),
    ),
)
NOUNS = {noun.word: noun for _, nouns in GROUPS for noun in nouns}
