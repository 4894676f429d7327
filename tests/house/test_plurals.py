"""German counts as English does: one measure, five measures."""

from tests.house import catalogue

ALIKE = {"and {n} more"}  # und 1 weitere, und 5 weitere


def test_what_has_a_plural_in_english_has_one_in_german() -> None:
    counted = [each for each in catalogue.kept(catalogue.OWN) if isinstance(each.id, (tuple, list))]
    assert len(counted) > 10
    for each in counted:
        assert isinstance(each.string, (tuple, list))
        assert (each.string[0] == each.string[1]) is (each.id[0] in ALIKE), each.id
