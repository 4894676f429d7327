"""`cycle help`: what concerns every command."""

from argparse import Namespace

from cli.desk import Desk
from cli.frame import Verb, arg
from cycle.i18n import N_

TOPICS = {
    "exit-codes": N_(
        "Every command ends with one of these codes:\n"
        "\n"
        "    0  done\n"
        "    1  failed\n"
        "    2  wrong usage or invalid input\n"
        "    3  nothing is known by that key\n"
        "    4  the account may not do this\n"
        "    5  changed meanwhile, or there already\n"
        "    6  something is still missing, or the step is not open\n"
        "    7  the store cannot be reached or is of another revision\n"
        "    8  `status --exit-code`: something is overdue\n"
        "  130  interrupted\n"
        "\n"
        "With --json an error is a problem object (RFC 9457) on standard error, with all\n"
        "that is missing in `blocked_by` and all that is wrong in `errors`."
    ),
    "environment": N_(
        "A flag counts more than the environment, that more than ./kreislauf.toml, that\n"
        "more than config.toml in $XDG_CONFIG_HOME/kreislauf.\n"
        "\n"
        "  CYCLE_DB       the store: sqlite:////path/x.db or postgresql://user@host/db;\n"
        "                 else a file in $XDG_DATA_HOME/kreislauf\n"
        "  CYCLE_ACTOR    the account that acts; else `local`\n"
        "  CYCLE_LANG     de or en; else as LANG says\n"
        "  CYCLE_TODAY    a day such as 2026-11-22 that stands for today\n"
        "  CYCLE_CONFIG   one file of settings to read instead of the two\n"
        "  NO_COLOR, CLICOLOR_FORCE, TERM=dumb, COLUMNS   are honoured\n"
        "\n"
        "As long as there is no store of your own, commands use the demo city and say\n"
        "so; `cycle --demo …` always does. The demo city has a day of its own."
    ),
    "formats": N_(
        "--format says how an answer is written:\n"
        "\n"
        "  table    columns for people, the usual one; without colour in a pipe\n"
        "  plain    a block for every record, each value behind its name\n"
        "  json     everything there is to tell; the same as --json\n"
        "  ndjson   JSON, one record a line\n"
        "  csv      commas, decimal point, one heading; lists are joined with |\n"
        "  md       a table in Markdown\n"
        "\n"
        "Data go to standard output, messages to standard error. --ascii writes without\n"
        "umlauts and signs. Days are written 2026-11-22 or 22.11.2026, numbers with the\n"
        "decimal sign of the language; in JSON always 2026-11-22 and a point."
    ),
    "filters": N_(
        "Commands that read measures take these filters; all that are named must fit:\n"
        "\n"
        "  --cycle ROUND        of this round\n"
        "  --department CODE    led by this department\n"
        "  --area CODE          in this area\n"
        "  --field CODE         of this field of action\n"
        "  --state STATE        in this state\n"
        "  --goal GOAL          for this goal\n"
        "  --prevention KIND    universal, selective or indicated\n"
        "  --mine               led by a department of the account\n"
        "  --late               with something overdue\n"
        "\n"
        "`cycle department list`, `cycle area list`, `cycle field list` and\n"
        "`cycle round list` show the codes, `cycle workflow measure` the states."
    ),
}


def _help(desk: Desk, args: Namespace) -> None:
    if args.topic:
        desk.put(desk.say(TOPICS[args.topic]))
        return
    from cli.main import main

    main(["--help", "--lang", desk.tongue.lang])


VERBS = (
    Verb(
        "", N_("exit codes, environment, formats, filters"), _help,
        (
            arg("topic", N_("exit-codes, environment, formats or filters"), nargs="?",
                choices=tuple(TOPICS), metavar="TOPIC"),
        ),
    ),
)  # fmt: skip
