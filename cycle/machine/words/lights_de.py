"""The traffic lights in German: their names, their colours, and a sentence for every reason."""

from typing import Final

LIGHTS: Final = {"delivery": "Umsetzung", "effect": "Wirkung", "data": "Datenlage"}
COLOURS: Final = {
    "green": "grün/auf Kurs",
    "yellow": "gelb/gefährdet",
    "red": "rot/kritisch",
    "grey": "grau/keine Aussage",
}
REASONS: Final = {
    # Delivery
    "not_decided": "Die Maßnahme ist noch nicht beschlossen.",
    "off_circle": "Die Maßnahme wird nicht weiterverfolgt.",
    "suspended": "Ausgesetzt seit {day} ({code}); Wiedervorlage am {review}.",
    "review_past": "Ausgesetzt seit {day} ({code}); die Wiedervorlage war am {review} fällig.",
    "start_late": "Der Beginn war für den {day} geplant und ist nicht gemeldet.",
    "end_past": "Das Ende war für den {day} geplant und wurde nicht eingehalten.",
    "end_moved": "Das Ende wird für den {to} erwartet statt für den {day}.",
    "step_late": "Der Meilenstein „{title}“ war am {day} fällig.",
    "steps_late": "{count} Meilensteine sind überfällig, der erste seit dem {day}.",
    "money_over": "{percent}\u00a0% der Mittel für {year} sind ausgegeben oder gebunden.",
    "money_unspent": "Nur {percent}\u00a0% der Mittel für {year} sind ausgegeben.",
    "budget_cut": "Für {year} wurden nur {percent}\u00a0% der geplanten Mittel bewilligt.",
    "budget_choice": "Die Mittel wurden gekürzt; bis {day} ist zu entscheiden, wie es weitergeht.",
    "report_missing": "Ein Sachstand war am {day} fällig.",
    "external": "Extern: beruht auf Selbstverpflichtung oder Vertrag, nicht auf einem"
    " Ratsbeschluss.",
    # Effect
    "goal_missing": "Die Maßnahme hat noch kein Hauptziel.",
    "target_missing": "Das Hauptziel hat noch keinen messbaren Zielwert.",
    "qualitative": "Das Hauptziel wird an einem beschriebenen Kriterium gemessen, nicht an einem"
    " Wert.",
    "target_incomplete": "Zielwert oder Zieldatum fehlen.",
    "baseline_missing": "Der Ausgangswert fehlt.",
    "no_value": "Es gibt noch keinen Wert.",
    "no_value_since": "Seit dem Ausgangswert vom {day} gibt es keinen neuen Wert.",
    "withheld": "Der Wert vom {day} ist geheim oder unbekannt.",
    "unreliable": "Der Wert vom {day} ist nicht sicher genug.",
    "not_applicable": "Für den {day} ist kein Wert möglich.",
    "not_comparable": "Seit {day} wird anders gezählt; Ausgangs- und Zielwert sind neu zu fassen.",
    "city_missing": "Zum Vergleich fehlt ein Wert der ganzen Stadt.",
    "no_distance": "Nach berichtigten Werten liegt das Ziel am Ausgangspunkt; bitte neu fassen.",
    "behind": "Erreicht sind {attained} des Wegs, erwartet wären {expected}.",
    "far_behind": "Erreicht sind erst {attained} des Wegs, erwartet wären {expected}.",
    "away": "Der Wert hat sich vom Ziel entfernt; erwartet wären {expected} des Wegs.",
    "missed": "Das Zieldatum {day} ist vorbei, erreicht sind nur {attained} des Wegs.",
    "nearly_met": "Der Wert ist {value} und liegt knapp neben dem Ziel von {aim}.",
    "not_met": "Der Wert ist {value} und liegt deutlich neben dem Ziel von {aim}.",
    "small_numbers": "Kleine Fallzahl: {cases} Fälle, weniger als {least}; der Zufall wirkt stark.",
    "cases_unknown": "Die Fallzahl ist unbekannt.",
    "uncertain": "Unsicher: Der wahre Wert liegt zwischen {low} und {high}, erwartet wird {path}.",
    # Data
    "value_old": "Der neueste Wert ist vom {day}; ein neuerer müsste vorliegen.",
    "series_broken": "Die Zeitreihe ist seit {day} unterbrochen.",
}
SET_BY_HAND: Final = "von Hand gesetzt bis {until}"
