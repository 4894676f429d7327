"""What a planning round lacks, in German: per guard the sentence, the task, the command."""

from typing import Final

Said = tuple[str, str, str]  # what is missing · what to do · the command that does it

GUARDS: Final[dict[str, Said]] = {
    "not_offered": (
        "Im Abschnitt „{stage}“ ist der Schritt „{move}“ nicht vorgesehen.",
        "Möglich ist jetzt: {offered}",
        "cycle round show {key}",
    ),
    "not_offered.target": (
        "Es fehlt ein möglicher neuer Abschnitt. Möglich ist: {targets}.",
        "Einen davon angeben",
        "cycle round {command} {key} --stage ABSCHNITT",
    ),
    "title_missing": (
        "Es fehlt der Titel der Planungsrunde.",
        "Einen Titel angeben",
        'cycle round open --title "TITEL"',
    ),
    "decision_missing": (
        "Es fehlt der Beschluss, die Planungsrunde vorzeitig zu beenden.",
        "Den Beschluss eintragen und angeben",
        "cycle round abandon {key} --decision BESCHLUSS",
    ),
    "reason_missing": (
        "Es fehlt eine Begründung.",
        "Den Schritt mit Begründung wiederholen",
        "cycle round {command} {key} --reason GRUND",
    ),
    "recommendation_unanswered": (
        "Noch unbeantwortete Empfehlungen: {keys}.",
        "Die Empfehlungen beantworten",
        "cycle recommendation answer {keys_first} --response ANTWORT --reason GRUND",
    ),
    "source_missing": (
        "Es fehlt die Quelle (Plan, Bericht oder Vorlage).",
        "Die Quelle angeben",
        "cycle round take-over --source QUELLE",
    ),
    "start_missing": (
        "Es fehlt der Beginn der Planungsrunde.",
        "Den Beginn angeben",
        "cycle round take-over --start DATUM",
    ),
    "cycle_overlaps": (
        "Für dieselben Handlungsfelder läuft bereits: {keys}.",
        "Die laufende Runde zuerst bis zur Evaluation führen",
        "cycle round advance {keys_first}",
    ),
    "predecessor_open": (
        "Die vorige Runde {predecessor} steht noch im Abschnitt „{stage}“.",
        "Die vorige Runde zuerst bis zur Evaluation führen",
        "cycle round advance {predecessor}",
    ),
    "report_not_presented": (
        "Es ist noch kein Bericht in einem Gremium vorgestellt worden.",
        "Die Vorstellung eines Berichts eintragen",
        "cycle report present BERICHT --body GREMIUM --on DATUM",
    ),
    "no_finding": (
        "Es fehlt ein Befund.",
        "Einen Befund eintragen",
        "cycle finding add --report BERICHT TEXT",
    ),
    "finding_without_source": (
        "Ohne Beobachtung oder Quelle: {keys}.",
        "Angeben, worauf sich der Befund stützt",
        "cycle finding edit {keys_first} --source QUELLE",
    ),
    "feedback_unread": (
        "Noch nicht zur Kenntnis genommene Ergebnisse der vorigen Runde: {keys}.",
        "Die Ergebnisse zur Kenntnis nehmen",
        "cycle finding acknowledge {keys_first}",
    ),
    "finding_without_response": (
        "Befunde mit Handlungsbedarf ohne Antwort: {keys}.",
        "Jeden Befund mit einem Ziel oder einer Begründung beantworten",
        "cycle finding respond {keys_first} --response ANTWORT",
    ),
    "goal_not_adopted": (
        "Es ist noch kein Handlungsziel beschlossen.",
        "Ein Handlungsziel beschließen lassen",
        "cycle goal adopt ZIEL",
    ),
    "goal_without_target": (
        "Ziele ohne Zielwert, Datum oder Ausgangswert: {keys}.",
        "Zielwert, Datum und Ausgangswert ergänzen",
        "cycle goal target {keys_first} --indicator INDIKATOR --value WERT --on DATUM",
    ),
    "goal_without_acceptance": (
        "Ziele, deren Abstimmung nicht festgehalten ist: {keys}.",
        "Festhalten, mit wem das Ziel abgestimmt ist",
        "cycle goal agree {keys_first}",
    ),
    "measure_undecided": (
        "Noch nicht beschlossene Maßnahmen: {keys}.",
        "Beschließen, zurückstellen oder als entfallen melden",
        "cycle measure can {keys_first}",
    ),
    "measure_not_started": (
        "Beschlossene Maßnahmen ohne Beginn und ohne Grund dafür: {keys}.",
        "Den Beginn melden oder den Grund angeben",
        "cycle measure start {keys_first}",
    ),
    "measure_without_disposition": (
        "Maßnahmen ohne Folgeentscheidung: {keys}.",
        "Entscheiden, wie es mit jeder weitergeht",
        "cycle disposition set {keys_first} --choice WAHL --reason GRUND",
    ),
    "evaluation_owed": (
        "Maßnahmen ohne Evaluation: {keys}.",
        "Kurzevaluation nachtragen oder eine begründete Ausnahme beantragen",
        "cycle evaluation add {keys_first} --overall OVERALL --text TEXT",
    ),
    "goal_unrated": (
        "Ziele ohne Bewertung am letzten Messwert: {keys}.",
        "Die Ziele bewerten",
        "cycle goal rate {keys_first} --status STAND --text TEXT",
    ),
    "measure_open": (
        "Noch laufende Maßnahmen: {keys}.",
        "Als entfallen melden oder in eine andere Runde übernehmen",
        "cycle measure cancel {keys_first} --code GRUND",
    ),
}

HEADLINES: Final[dict[str, str]] = {
    "": "{key}: Dieser Schritt ist noch nicht möglich:",
    "waive": "{key}: Davon kann niemand eine Ausnahme machen, es bleibt dabei:",
    "take_over": "Die Planungsrunde kann so nicht übernommen werden:",
    "open": "Die Planungsrunde kann noch nicht eröffnet werden:",
    "advance": "{key} kann noch nicht in den nächsten Abschnitt:",
    "reopen": "{key} kann noch nicht zu einem früheren Abschnitt zurück:",
    "abandon": "{key} kann noch nicht vorzeitig beendet werden:",
}
