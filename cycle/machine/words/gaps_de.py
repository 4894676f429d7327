"""The open ends of the cycle in German: what is open, what to do, the command that does it."""

from typing import Final

from cycle.machine.words.gaps_en import Said

GAPS: Final[dict[str, Said]] = {
    "finding_without_response": (
        "Befunde mit Handlungsbedarf ohne Antwort",
        "Mit Ziel, begründetem Nichthandeln oder der nächsten Runde antworten",
        "cycle finding respond {key} --response ANTWORT",
    ),
    "report_not_presented": (
        "Berichte, die keinem Gremium vorgestellt wurden",
        "Eintragen, wo und wann der Bericht vorgestellt wurde",
        "cycle report present {key} --body GREMIUM --on DATUM",
    ),
    "evaluation_owed": (
        "Umgesetzte Maßnahmen ohne Evaluation",
        "Die Maßnahme evaluieren; die Kurzform genügt",
        "cycle evaluation add {key} --overall URTEIL --text TEXT",
    ),
    "feedback_missing": (
        "Evaluierte Maßnahmen, deren Ergebnis nicht zurückgeführt ist",
        "Folgeentscheidung treffen und das Ergebnis zurückführen",
        "cycle measure report-back {key}",
    ),
    "recommendation_unanswered": (
        "Empfehlungen ohne Antwort",
        "Annehmen, teilweise annehmen oder ablehnen",
        "cycle recommendation answer {key} --response ANTWORT --reason GRUND",
    ),
    "next_round_missing": (
        "Abgeschlossene Runden ohne nächste",
        "Die nächste Planungsrunde eröffnen",
        "cycle round open --predecessor {key}",
    ),
    "lead_missing": (
        "Maßnahmen ohne Federführung",
        "Das federführende Amt benennen",
        "cycle measure edit {key} --lead AMT",
    ),
    "goal_without_measure": (
        "Ziele ohne Maßnahme",
        "Eine Maßnahme zuordnen oder anlegen",
        "cycle measure log TITEL --goal {key}",
    ),
    "goal_without_target": (
        "Handlungsziele ohne Zielwert, Ausgangswert oder Termin",
        "Indikator, Zielwert, Termin und Ausgangswert ergänzen",
        "cycle goal target {key} --indicator INDIKATOR --value WERT --on DATUM",
    ),
    "measure_without_finding": (
        "Maßnahmen, die keinen Befund beantworten",
        "Den Befund nennen, direkt oder über das Ziel",
        "cycle measure edit {key} --finding BEFUND",
    ),
    "evaluation_not_planned": (
        "Maßnahmen ohne Termin für ihre Evaluation",
        "Die Evaluation planen",
        "cycle evaluation plan {key} --due DATUM --question FRAGE",
    ),
    "budget_missing": (
        "Beschlossene Maßnahmen ohne Geld",
        "Die bewilligten Mittel eintragen",
        "cycle budget set {key} --year JAHR --approved BETRAG",
    ),
    "observation_missing": (
        "Indikatoren ohne aktuellen Wert",
        "Den neuesten Wert eintragen oder einlesen",
        "cycle observation add {key} --area RAUM --on DATUM --value WERT",
    ),
    "participation_missing": (
        "Runden ohne Beteiligung",
        "Die Beteiligung eintragen",
        "cycle participation add {key} --format FORM --level consult --group GRUPPE --summary TEXT",
    ),
    "agreement_missing": (
        "Ziele, zu denen keine Abstimmung eingetragen ist",
        "Eintragen, wer zugestimmt hat",
        "cycle goal agree {key}",
    ),
    "goal_unclassified": (
        "Nicht eingeordnete Ziele",
        "Als Leit-, Mittler- oder Handlungsziel einordnen",
        "cycle goal edit {key} --level EBENE",
    ),
    "goal_only_output": (
        "Ziele, die nur Leistungen messen, keine Wirkung",
        "Einen Indikator der Wirkung ergänzen",
        "cycle goal target {key} --indicator INDIKATOR --value WERT --on DATUM",
    ),
    "finding_without_area": (
        "Befunde ohne Raum",
        "Den Raum nennen, von dem er spricht",
        "cycle finding edit {key} --area RAUM",
    ),
    "strand_unlinked": (
        "Runden, deren Planung für sich steht",
        "Fachplanung, Sozialraumentwicklung und Berichterstattung verbinden",
        "cycle round show {key}",
    ),
    "owed": (
        "Nachzutragen zu Maßnahmen",
        "Das Fehlende nachtragen",
        "cycle measure can {key}",
    ),
    "owed_round": (
        "Nachzutragen zu Planungsrunden",
        "Das Fehlende nachtragen",
        "cycle round show {key}",
    ),
    "state_unknown": (
        "Übernommene Maßnahmen, Stand unbekannt",
        "Den Stand mit Quelle angeben",
        "cycle measure take-over {key} --state STAND --source QUELLE",
    ),
    "owed_taken_over": (
        "Nachzutragen zu übernommenen Maßnahmen",
        "Das Fehlende nachtragen",
        "cycle measure can {key}",
    ),
}
