import pytest

from cycle.exchange.titles import LONGEST, title_of


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Lesepatinnen gewinnen", "Lesepatinnen gewinnen"),
        ("Spielplätze werden erneuert.", "Spielplätze werden erneuert"),
        ("Spielplätze werden erneuert. Das Amt berichtet.", "Spielplätze werden erneuert"),
        (
            "Das Amt fördert Treffpunkte im Quartier, zum Beispiel durch Zuschüsse.",
            "Das Amt fördert Treffpunkte im Quartier",
        ),
        ("Treffs, damit alle kommen können, entstehen.", "Treffs, damit alle kommen können, entstehen"),  # noqa: E501
        ("Familien und Kinder erhalten Rat: sofort, nah.", "Familien und Kinder erhalten Rat"),
        ("Angebote wie z. B. Kurse am 2. Standort", "Angebote wie z. B. Kurse am 2. Standort"),
        ("…", "…"),
    ],
)  # fmt: skip
def test_it_takes_the_first_clause(sentence: str, title: str) -> None:
    assert title_of(sentence) == title


def test_it_cuts_at_a_word_and_not_after_a_weak_one() -> None:
    sentence = (
        "Die Träger der Einrichtungen entwickeln ihre Angebote im ganzen Stadtgebiet mit der "
    )
    assert title_of(sentence + "Verwaltung weiter") == (
        "Die Träger der Einrichtungen entwickeln ihre Angebote im ganzen Stadtgebiet…"
    )
    assert title_of(
        sentence.replace("mit der ", "samt Anlauf- und Beratung").strip() + "sorten"
    ) == ("Die Träger der Einrichtungen entwickeln ihre Angebote im ganzen Stadtgebiet samt…")


def test_a_title_is_never_too_long() -> None:
    assert len(title_of("x" * 200)) == LONGEST
    assert all(len(title_of("Wort" * n + " und mehr " * 12)) <= LONGEST for n in range(1, 30))
