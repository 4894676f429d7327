"""What a measure lacks, in German: per guard the sentence, the task, the command."""

from typing import Final

Said = tuple[str, str, str]  # what is missing · what to do · the command that does it

_EVALUATE: Final = "cycle evaluation add {key} --overall URTEIL --text TEXT"
_CORRECT: Final = "cycle evaluation add {key} --corrects {evaluation} --overall URTEIL --text TEXT"
_DECIDE: Final = "cycle decision add --measure {key} --body GREMIUM --paper VORLAGE --on DATUM"

GUARDS: Final[dict[str, Said]] = {
    "not_offered": (
        "Im Stand „{state}“ ist der Schritt „{move}“ nicht vorgesehen.",
        "Möglich ist jetzt: {offered}",
        "cycle measure can {key}",
    ),
    "not_offered.target": (
        "Es fehlt ein möglicher neuer Stand. Möglich ist: {targets}.",
        "Einen davon angeben",
        "cycle measure take-over {key} --state STAND",
    ),
    "title_missing": (
        "Es fehlt der Titel.",
        "In wenigen Worten sagen, was getan werden soll",
        'cycle measure log "TITEL"',
    ),
    "cycle_not_open": (
        "Es ist keine Planungsrunde offen, der die Maßnahme zugeordnet werden könnte.",
        "Eine Planungsrunde eröffnen oder eine offene angeben",
        "cycle round open",
    ),
    "main_goal_missing": (
        "Es ist noch kein Hauptziel zugeordnet.",
        "Ein Ziel als Hauptziel zuordnen",
        "cycle measure edit {key} --goal ZIEL",
    ),
    "main_goal_missing.many": (
        "Es ist mehr als ein Hauptziel zugeordnet.",
        "Ein Hauptziel bestimmen, die anderen zu Nebenzielen machen",
        "cycle measure edit {key} --goal ZIEL",
    ),
    "target_incomplete": (
        "Dem Hauptziel {goal} ({level}) fehlen noch Indikator, Zielwert und Datum.",
        "Indikator, Zielwert und Datum oder ein beschreibendes Kriterium ergänzen",
        "cycle goal target {goal} --indicator INDIKATOR --value WERT --on DATUM",
    ),
    "target_incomplete.level": (
        "Das Hauptziel {goal} ist kein Handlungsziel, sondern: {level}.",
        "Das Ziel als Handlungsziel einordnen",
        "cycle goal edit {goal} --level operational",
    ),
    "target_incomplete.bare": (
        "Es fehlt ein Handlungsziel mit Indikator, Zielwert und Datum.",
        "Ein überprüfbares Ziel als Hauptziel zuordnen",
        "cycle measure edit {key} --goal ZIEL",
    ),
    "baseline_missing": (
        "Für das Hauptziel {goal} fehlt der Ausgangswert.",
        "Den Ausgangswert am Ziel ergänzen",
        "cycle goal revise {goal} --baseline DATUM --reason GRUND",
    ),
    "baseline_missing.bare": (
        "Es fehlt der Ausgangswert eines Hauptziels.",
        "Ein Ziel mit Ausgangswert als Hauptziel zuordnen",
        "cycle measure edit {key} --goal ZIEL",
    ),
    "finding_missing": (
        "Es fehlt der Befund, auf den die Maßnahme antwortet.",
        "Einen Befund oder die Herkunft (Antrag, Gesetz, Förderprogramm) angeben",
        "cycle measure edit {key} --finding BEFUND",
    ),
    "lead_missing": (
        "Es fehlt die Federführung.",
        "Das federführende Amt eintragen",
        "cycle measure edit {key} --lead AMT",
    ),
    "consequence_open": (
        "Noch nicht eingeschätzt oder nicht begründet sind die Auswirkungen: {kinds}.",
        "Jede der Auswirkungen einschätzen oder mit „keine, weil …“ abschließen",
        "cycle consequence set {key} {kinds_first} --text TEXT",
    ),
    "financial_not_countersigned": (
        "Es fehlt die Mitzeichnung der {office}.",
        "Die finanziellen Auswirkungen mitzeichnen lassen",
        "cycle consequence countersign {key}",
    ),
    "area_missing": (
        "Es fehlt der Raum, in dem die Maßnahme wirken soll.",
        "Mindestens einen Raum oder „ganze Stadt“ angeben",
        "cycle measure edit {key} --area RAUM",
    ),
    "participation_missing": (
        "Noch nicht beteiligt: {groups}.",
        "Die Beteiligung eintragen",
        (
            "cycle participation add {key} --format FORM --level consult --group {groups_first}"
            " --summary TEXT"
        ),
    ),
    "evaluation_not_planned": (
        "Es ist noch nicht geplant, wann und mit welcher Frage evaluiert wird.",
        "Die Evaluation planen",
        "cycle evaluation plan {key} --due DATUM --question FRAGE",
    ),
    "enforcement_missing": (
        "Es fehlt die Angabe, wodurch die Maßnahme verbindlich wird.",
        "Angeben, wodurch sie verbindlich wird",
        "cycle enforcement add {key} --lever HEBEL",
    ),
    "commitment_missing": (
        "Es fehlt die Zusage der beteiligten Stellen: {partners}.",
        "Die Zusage eintragen",
        "cycle commitment add {key} --partner {partners_first}",
    ),
    "consequence_stale": (
        "Die Einschätzung der Auswirkungen ist älter als {days} Tage: {kinds}.",
        "Die Auswirkungen prüfen und neu bestätigen",
        "cycle consequence set {key} {kinds_first} --text TEXT",
    ),
    "decision_missing": (
        "Es fehlt {binding}.",
        "Den Beschluss eintragen",
        _DECIDE + " --result adopted",
    ),
    "decision_missing.office": (
        "Es fehlt {binding}.",
        "Das Dokument eintragen",
        (
            "cycle decision add --measure {key} --document TEXT --department AMT --on DATUM"
            " --result adopted"
        ),
    ),
    "youth_committee_not_heard": (
        "Der Jugendhilfeausschuss ist noch nicht gehört worden.",
        "Die Beratung im Jugendhilfeausschuss eintragen",
        (
            "cycle decision add --measure {key} --body JHA --paper VORLAGE --on DATUM"
            " --result ERGEBNIS"
        ),
    ),
    "amendment_unconfirmed": (
        "Der geänderte Wortlaut ist noch nicht bestätigt.",
        "Den geänderten Wortlaut übernehmen und bestätigen",
        "cycle measure edit {key} --confirm-amendment",
    ),
    "dossier_changed": (
        "Die Unterlagen haben sich geändert, seit sie in den Gremien sind.",
        "Zur Überarbeitung zurückgeben und neu einbringen",
        "cycle measure send-back {key} --reason GRUND",
    ),
    "same_account": (
        "Wer die Maßnahme eingebracht hat, trägt nicht auch ihren Beschluss ein.",
        "Den Beschluss von einem zweiten Konto eintragen lassen",
        "cycle --actor KONTO measure approve {key}",
    ),
    "outcome_missing": (
        "Es fehlt ein passendes Beratungsergebnis ({wanted}); das letzte lautet: {outcome}.",
        "Das Ergebnis der Beratung eintragen",
        _DECIDE + " --result {wanted_first}",
    ),
    "review_date_missing": (
        "Der Tag der Wiedervorlage, {date}, liegt nicht in der Zukunft.",
        "Einen späteren Tag angeben",
        "cycle measure {command} {key} --review-on DATUM",
    ),
    "reason_missing": (
        "Es fehlt eine Begründung.",
        "Den Schritt mit Begründung wiederholen",
        "cycle measure {command} {key} --reason GRUND",
    ),
    "reason_missing.code": (
        "Es fehlt der Grund aus der Liste.",
        "Einen der Gründe angeben",
        "cycle measure {command} {key} --code GRUND",
    ),
    "start_before_decision": (
        "Der Beginn am {date} liegt vor dem Beschluss vom {decided_on}.",
        "Den tatsächlichen Beginn oder die Erlaubnis zum vorzeitigen Beginn eintragen",
        "cycle measure start {key} --on DATUM",
    ),
    "start_before_decision.future": (
        "Der Beginn am {date} liegt in der Zukunft.",
        "Den Beginn melden, wenn es so weit ist",
        "cycle measure start {key} --on DATUM",
    ),
    "start_before_decision.undone": (
        "Der Beschluss zu der Maßnahme gilt nicht mehr; ohne ihn kann sie nicht beginnen.",
        "Den Beschluss eintragen, mit dem sie beginnen darf, oder sie als entfallen melden",
        "cycle measure cancel {key} --code council_revoked",
    ),
    "budget_reserved": (
        "Der Beschluss steht unter Haushaltsvorbehalt; die Mittel sind noch nicht freigegeben.",
        "Die Freigabe der Mittel eintragen",
        "cycle budget set {key} --year JAHR --approved BETRAG",
    ),
    "milestone_missing": (
        "Es fehlt ein Meilenstein.",
        "Einen ersten Meilenstein mit Termin eintragen",
        "cycle milestone add {key} TITEL --due DATUM",
    ),
    "forecast_missing": (
        "Es fehlt die Angabe, wann die Maßnahme jetzt voraussichtlich endet.",
        "Das neue voraussichtliche Ende angeben",
        "cycle measure resume {key} --forecast-end DATUM",
    ),
    "end_in_future": (
        "Das Ende am {date} liegt in der Zukunft.",
        "Das tatsächliche Ende angeben",
        "cycle measure finish {key} --on DATUM",
    ),
    "milestone_open": (
        "Noch offene Meilensteine: {count}.",
        "Meilensteine als erledigt melden oder mit Grund streichen",
        "cycle milestone done {key} NUMMER",
    ),
    "final_progress_missing": (
        "Es fehlt der letzte Sachstand.",
        "Den Sachstand „fertig“ melden",
        "cycle progress report {key} --course done",
    ),
    "measure_is_ongoing": (
        "Eine Daueraufgabe wird nicht abgeschlossen, sondern evaluiert.",
        "Ein Ende festlegen oder die Evaluation eintragen",
        _EVALUATE,
    ),
    "final_evaluation_exists": (
        "Die Maßnahme ist bereits abschließend evaluiert.",
        "Eine Folgemaßnahme anlegen",
        "cycle disposition set {key} --choice continue --reason GRUND",
    ),
    "evaluation_not_final": (
        "Es fehlt eine abgeschlossene Evaluation.",
        "Die Evaluation eintragen und abschließen",
        _EVALUATE,
    ),
    "evaluation_before_start": (
        "Die Evaluation beginnt am {date}, die Maßnahme erst am {start}.",
        "Den Zeitraum der Evaluation berichtigen",
        "cycle evaluation add {key} --corrects EVALUATION",
    ),
    "effectiveness_unrated": (
        "Die Wirksamkeit ist nicht bewertet.",
        "Die Wirksamkeit bewerten",
        _EVALUATE + " --rating effectiveness=NOTE",
    ),
    "effectiveness_unrated.again": (
        "Die Wirksamkeit ist nicht bewertet.",
        "Die Evaluation berichtigen; dabei alles noch einmal angeben",
        _CORRECT + " --rating effectiveness=NOTE",
    ),
    "result_missing": (
        "Zum Hauptziel {goal} fehlt das Ergebnis oder der Grund, warum es nicht beurteilbar ist.",
        "Das Ergebnis zu jedem Zielwert oder die Begründung eintragen",
        _EVALUATE + " --result {goal}=WERT@DATUM",
    ),
    "result_missing.again": (
        "Zum Hauptziel {goal} fehlt das Ergebnis oder der Grund, warum es nicht beurteilbar ist.",
        "Die Evaluation berichtigen; dabei alles noch einmal angeben",
        _CORRECT + " --result {goal}=WERT@DATUM",
    ),
    "not_yet_due": (
        "Für eine abschließende Evaluation ist es zu früh: Die Maßnahme läuft noch.",
        "Zuerst den Abschluss melden",
        "cycle measure finish {key}",
    ),
    "evaluator_not_independent": (
        "Eine Fremdevaluation kommt nicht aus dem federführenden Amt.",
        "Eine andere auswertende Stelle angeben",
        "cycle evaluation add {key} --corrects EVALUATION",
    ),
    "disposition_missing": (
        "Es fehlt die begründete Folgeentscheidung.",
        "Entscheiden, wie es weitergeht (fortführen, anpassen, beenden, abschließen)",
        "cycle disposition set {key} --choice WAHL --reason GRUND",
    ),
    "feedback_missing": (
        "Das Ergebnis steht noch in keinem späteren Bericht.",
        "Einen Bericht anlegen, der das Ergebnis aufnimmt",
        "cycle report add TITEL --cycle {cycle} --kind progress_report",
    ),
    "recommendation_unanswered": (
        "Noch unbeantwortete Empfehlungen: {keys}.",
        "Die Empfehlungen beantworten",
        "cycle recommendation answer {keys_first} --response ANTWORT --reason GRUND",
    ),
    "successor_missing": (
        "Es fehlt eine bestehende Maßnahme, die an ihre Stelle tritt.",
        "Die Folgemaßnahme angeben",
        "cycle measure merge {key} --into MASSNAHME --share ANTEIL",
    ),
    "successor_missing.replaced": (
        "Es fehlt die Maßnahme, durch die sie ersetzt wird.",
        "Die laufende Folgemaßnahme angeben",
        "cycle measure cancel {key} --code replaced --successor MASSNAHME",
    ),
    "costs_missing": (
        "Es fehlen die bisherigen Kosten.",
        "Die bisherigen Ausgaben eintragen",
        "cycle budget set {key} --year JAHR --spent BETRAG",
    ),
    "repeal_missing": (
        "Es fehlt der Beschluss, der den Ratsbeschluss aufhebt.",
        "Den aufhebenden Beschluss eintragen",
        (
            "cycle decision add --measure {key} --repeals BESCHLUSS --body GREMIUM --paper VORLAGE"
            " --on DATUM --result adopted"
        ),
    ),
    "evaluation_owed": (
        "Die Maßnahme lief mindestens {months} Monate und ist nicht evaluiert.",
        "Eine kurze Evaluation eintragen oder eine Ausnahme begründen lassen",
        _EVALUATE,
    ),
    "shares_not_one": (
        "Die Anteile ergeben zusammen {total} statt 1.",
        "Die Anteile so angeben, dass sie zusammen 1 ergeben",
        "cycle measure merge {key} --into MASSNAHME --share ANTEIL",
    ),
    "change_undecided": (
        "Geld oder Federführung ändern sich ohne Beschluss oder Vermerk der Lenkungsgruppe.",
        "Den Beschluss angeben oder den Vermerk eintragen lassen",
        "cycle waiver grant {key} change_undecided --reason VERMERK",
    ),
    "source_missing": (
        "Es fehlt die Quelle (Vorlage, Liste oder Bericht) mit Datum.",
        "Quelle und Datum angeben",
        "cycle measure take-over {key} --source QUELLE --source-date DATUM",
    ),
    "take_over_closed": (
        "Die Frist, Bestehendes zu übernehmen, endete am {until}.",
        "Die Schritte einzeln eintragen",
        "cycle measure can {key}",
    ),
    "take_over_closed.moved": (
        "Übernommen werden kann nur, was noch keinen Schritt getan hat.",
        "Die weiteren Schritte einzeln eintragen",
        "cycle measure can {key}",
    ),
    "start_missing": (
        "Es fehlt der Beginn; ein Jahr genügt.",
        "Den Beginn angeben",
        "cycle measure take-over {key} --start JAHR",
    ),
}
