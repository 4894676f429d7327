"""What stands over what is missing, in German: per move of a measure."""

from typing import Final

HEADLINES: Final[dict[str, str]] = {
    "": "{key}: Dieser Schritt ist noch nicht möglich:",
    "waive": "{key}: Davon kann niemand eine Ausnahme machen, es bleibt dabei:",
    "log": "Die Maßnahme kann noch nicht angelegt werden:",
    "target": "{key} kann noch keinem Ziel zugeordnet werden:",
    "propose": "{key} kann noch nicht in die Gremien:",
    "send_back": "{key} kann noch nicht zurückgegeben werden:",
    "approve": "{key} kann noch nicht als beschlossen gelten:",
    "defer": "{key} kann noch nicht zurückgestellt werden:",
    "resubmit": "{key} kann noch nicht erneut in die Gremien:",
    "reject": "{key} kann noch nicht als abgelehnt gelten:",
    "start": "{key} kann noch nicht beginnen:",
    "suspend": "{key} kann noch nicht ausgesetzt werden:",
    "resume": "{key} kann noch nicht fortgesetzt werden:",
    "finish": "{key} kann noch nicht abgeschlossen werden:",
    "reopen": "{key} kann nicht wieder aufgenommen werden:",
    "evaluate": "{key} kann noch nicht als evaluiert gelten:",
    "report_back": "{key} kann noch nicht zurückgeführt werden:",
    "cancel": "{key} kann noch nicht entfallen:",
    "supersede": "{key} kann noch nicht in anderen aufgehen:",
    "take_over": "{key} kann so nicht übernommen werden:",
}
