"""What each move of a measure brings with it, in German."""

from typing import Final

BRINGS: Final[dict[str, str]] = {
    "target": (
        "Die Maßnahme dient dann ihrem Ziel. Sie bleibt intern, bis sie in die Gremien gegeben "
        "wird."
    ),
    "propose": (
        "Die Maßnahme geht in die Gremien. Von da an können alle mit Leserecht sie lesen, und ihr "
        "Text wird so festgehalten, wie er jetzt ist."
    ),
    "send_back": (
        "Die Maßnahme geht an ihr Fachamt zurück, ist wieder intern und kann geändert werden."
    ),
    "approve": (
        "Der Beschluss gilt: Die Maßnahme kann beginnen, und der Tag ihrer Evaluation steht fest."
    ),
    "defer": "Die Maßnahme ruht bis zum Tag der Wiedervorlage.",
    "resubmit": "Die Maßnahme geht noch einmal in die Gremien.",
    "reject": "Die Maßnahme endet hier. Was beschlossen wurde, bleibt nachlesbar.",
    "start": "Die Maßnahme läuft; ab dann wird ihr Sachstand gemeldet.",
    "suspend": "Die Maßnahme ruht; zur Wiedervorlage wird gefragt, ob sie weitergeht.",
    "resume": "Die Maßnahme läuft wieder.",
    "finish": "Die Arbeit ist getan; als Nächstes wird die Maßnahme evaluiert.",
    "reopen": "Die Maßnahme läuft wieder; ihr Ende ist offen.",
    "evaluate": "Die Evaluation gilt; als Nächstes wird entschieden, was aus ihr folgt.",
    "report_back": (
        "Das Ergebnis geht dorthin zurück, woher die Maßnahme kam. Damit schließt sich der Kreis."
    ),
    "cancel": (
        "Die Maßnahme endet hier. Ihr Schlüssel bleibt, und was getan wurde, bleibt nachlesbar."
    ),
    "take_over": (
        "Die früheren Schritte werden nicht nachgeholt; was sie verlangen, bleibt als "
        "nachzutragen vorgemerkt."
    ),
}
