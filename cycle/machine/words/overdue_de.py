"""What is overdue in German: its name, a sentence, what to do, the command that does it."""

from typing import Final

from cycle.machine.words.overdue_en import Said

OVERDUE: Final[dict[str, Said]] = {
    "O1": (
        "Befund ohne Antwort",
        "Der Befund verlangt Handeln und ist nicht beantwortet.",
        "Mit Ziel, begründetem Nichthandeln oder der nächsten Runde antworten",
        "cycle finding respond {key} --response ANTWORT",
    ),
    "O2": (
        "Bericht nicht vorgestellt",
        "Der Bericht ist freigegeben und wurde keinem Gremium vorgestellt.",
        "Eintragen, wo und wann der Bericht vorgestellt wurde",
        "cycle report present {key} --body GREMIUM --on DATUM",
    ),
    "O3": (
        "Ziel unvollständig",
        "Dem Ziel fehlt Zielwert, Ausgangswert oder Termin.",
        "Indikator, Zielwert, Termin und Ausgangswert ergänzen",
        "cycle goal target {key} --indicator INDIKATOR --value WERT --on DATUM",
    ),
    "O4": (
        "Eingebrachte Maßnahme ohne Beschluss",
        "Die Maßnahme liegt in den Gremien, ein Beschluss ist nicht eingetragen.",
        "Den Beschluss eintragen, oder dass sie zurückgestellt ist",
        "cycle measure approve {key} --decision BESCHLUSS",
    ),
    "O5": (
        "Zurückgestellt, Wiedervorlage vorbei",
        "Die Maßnahme ist zurückgestellt, der Tag der Wiedervorlage ist vorbei.",
        "Erneut einbringen oder entfallen lassen",
        "cycle measure resubmit {key}",
    ),
    "O6": (
        "Nicht begonnen",
        "Die Maßnahme ist beschlossen und hat nicht begonnen.",
        "Den Beginn melden, oder warum sie nicht begonnen hat",
        "cycle measure start {key} --on DATUM",
    ),
    "O7": (
        "Evaluation fehlt",
        "Die Evaluation der Maßnahme ist fällig.",
        "Die Maßnahme evaluieren; die Kurzform genügt",
        "cycle evaluation add {key} --overall URTEIL --text TEXT",
    ),
    "O8": (
        "Sachstand fehlt",
        "Zu der Maßnahme liegt kein neuer Sachstand vor.",
        "Den Sachstand melden",
        "cycle progress report {key} --course VERLAUF",
    ),
    "O9": (
        "Meilenstein überfällig",
        "Der Meilenstein {what} ist nicht als erledigt gemeldet.",
        "Als erledigt melden oder mit Begründung streichen",
        "cycle milestone done {key} {about}",
    ),
    "O10": (
        "Geplantes Ende vorbei",
        "Die Maßnahme sollte beendet sein und läuft noch.",
        "Den Abschluss melden, oder im Sachstand sagen, wie lange sie noch dauert",
        "cycle measure finish {key} --on DATUM",
    ),
    "O11": (
        "Frist abgelaufen",
        "Nicht erledigt: {what}.",
        "Erledigen und eintragen, wie",
        "cycle {noun} show {key}",
    ),
    "O12": (
        "Folgeentscheidung fehlt",
        "Die Maßnahme ist evaluiert, und niemand hat gesagt, was folgt.",
        "Entscheiden: fortführen, anpassen, beenden oder abschließen",
        "cycle disposition set {key} --choice ENTSCHEIDUNG --reason TEXT",
    ),
    "O13": (
        "Empfehlung ohne Antwort",
        "Die Empfehlung ist nicht beantwortet.",
        "Annehmen, teilweise annehmen oder ablehnen",
        "cycle recommendation answer {key} --response ANTWORT --reason TEXT",
    ),
    "O14": (
        "Wert fehlt",
        "Ein neuerer Wert des Indikators müsste vorliegen.",
        "Den neuesten Wert eintragen oder einlesen",
        "cycle observation add {key} --area RAUM --on DATUM --value WERT",
    ),
    "O15": (
        "Förderung endet ohne Deckung",
        "Die Förderung endet, für die Zeit danach ist kein Geld eingetragen.",
        "Die Mittel der Jahre danach eintragen oder die Maßnahme rechtzeitig beenden",
        "cycle budget set {key} --year JAHR --approved EUR",
    ),
    "O16": (
        "Ausgesetzt, Wiedervorlage vorbei",
        "Die Maßnahme ist ausgesetzt, der Tag der Wiedervorlage ist vorbei.",
        "Fortsetzen oder entfallen lassen",
        "cycle measure resume {key} --forecast-end DATUM",
    ),
    "O17": (
        "Runde steht still",
        "Die Runde steht länger als geplant in ihrem Abschnitt.",
        "Den nächsten Abschnitt beginnen oder diesen neu planen",
        "cycle round advance {key}",
    ),
    "O18": (
        "Zusage zu bestätigen",
        "Die Zusage von {what} ist alt.",
        "Die Zusage bestätigen lassen",
        "cycle commitment add {key} --partner {about}",
    ),
    "O19": (
        "Nächste Runde fehlt",
        "Die Runde ist abgeschlossen, und keine folgt ihr.",
        "Die nächste Planungsrunde eröffnen",
        "cycle round open --predecessor {key}",
    ),
    "O19.report": (
        "Lange kein Bericht",
        "Seit langem wurde kein Bericht vorgestellt.",
        "Den Bericht schreiben und vorstellen",
        "cycle report add TITEL --cycle {key}",
    ),
}
DEADLINES: Final[dict[str, str]] = {
    "budget_reservation": "Haushaltsvorbehalt",
    "report_due": "Bericht an das Gremium",
    "other": "Auflage eines Beschlusses",
    "budget_choice": "Entscheidung nach der Kürzung",
    "council_note": "Gremium über die Eilentscheidung unterrichten",
    "disposition_missing": "Folgeentscheidung",
    "evaluation_missing": "Evaluation",
}
LEVELS: Final[dict[str, str]] = {
    "superior": "vorgesetzte Stelle",
    "steering": "Lenkungsgruppe",
    "body": "Gremium",
}
