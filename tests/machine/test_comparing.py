from decimal import Decimal

from cycle.machine.comparing import factor, worth


def test_factors_of_successive_definitions_are_multiplied() -> None:
    assert factor([("yes", None)]) == 1
    assert factor([("with_factor", Decimal("0.9")), ("yes", None)]) == Decimal("0.9")
    assert factor([("with_factor", Decimal(2)), ("with_factor", Decimal("1.5"))]) == 3


def test_one_definition_that_cannot_be_compared_breaks_the_chain() -> None:
    assert factor([("with_factor", Decimal(2)), ("no", None)]) is None


def test_a_value_is_worth_its_factor_where_both_are_known() -> None:
    assert worth(Decimal("33.3"), Decimal(2)) == Decimal("66.6")
    assert worth(Decimal(0), Decimal(2)) == 0
    assert worth(None, Decimal(2)) is None
    assert worth(Decimal(1), None) is None
