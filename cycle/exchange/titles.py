"""A title out of a sentence: its first clause, as long as a title may be, cut at a word."""

import re

LONGEST = 90
SHORTEST = 30  # a clause below that is rarely more than a subject
_SHORT = {
    "bzw", "ca", "etc", "evtl", "ggf", "inkl", "insb", "nr", "sog", "st", "usw", "vgl",
}  # fmt: skip
_STOP = re.compile(r"[.!?](?=\s+[^\sa-zäöüß])")  # no full stop: what goes on in small letters
_CLAUSE = re.compile(
    r"[;:](?=\s)|\s[–—-]\s"
    r"|,\s(?=(?:beispielsweise|damit|dass|denn|indem|insbesondere|ob|sodass|sofern|um"
    r"|unter anderem|vor allem|während|weil|wenn|wobei|wodurch|zum Beispiel)\b|z\. ?B\.|d\. ?h\.)"
)
_WEAK = {
    "als", "am", "an", "auf", "aus", "bei", "bzw.", "das", "dass", "dem", "den", "der", "des",
    "die", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "für", "im", "in", "mit",
    "nach", "oder", "ohne", "sich", "sie", "sowie", "um", "und", "unter", "vom", "von", "vor",
    "wie", "zu", "zum", "zur", "zwischen", "über",
}  # fmt: skip


def title_of(sentence: str) -> str:
    """Give the first clause of a sentence, at most 90 characters, the rest told by an ellipsis."""
    clause = _first(" ".join(sentence.split()))
    if len(clause) <= LONGEST:
        return clause
    kept = clause[:LONGEST].rpartition(" ")[0] or clause[: LONGEST - 1]
    words = kept.split(" ")
    while len(words) > 1 and (words[-1].casefold() in _WEAK or words[-1].endswith("-")):
        words.pop()
    return " ".join(words).rstrip(",;:(–- ")[: LONGEST - 1] + "…"


def _first(plain: str) -> str:
    stops = (match.start() for match in _STOP.finditer(plain))
    ends = [stop for stop in stops if not _shortened(plain[:stop])]
    clauses = (match.start() for match in _CLAUSE.finditer(plain))
    ends += [end for end in clauses if end >= SHORTEST]
    return plain[: min(ends, default=len(plain))].rstrip(" ,;:.–—-") or plain


def _shortened(before: str) -> bool:
    """Say whether a full stop belongs to what stands before it: z. B., 2., Nr."""
    last = re.split(r"[\s.(]", before)[-1]
    return len(last) <= 1 or last.isdigit() or last.casefold() in _SHORT
