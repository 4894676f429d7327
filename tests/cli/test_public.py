"""`cycle public`: two accounts open what is published to everyone."""

from tests.cli.calls import Cycle


def test_two_accounts_open_it_and_one_shuts_it(cycle: Cycle) -> None:
    assert "shut" in cycle.done("public", "status", "--lang", "en")
    assert "steering" in cycle.done("public", "propose", "--actor", "admin", "--lang", "en")
    refused = cycle("public", "confirm", "--actor", "admin")
    assert refused.code == 4
    assert "has been open" in cycle.done("public", "confirm", "--actor", "steering", "--lang", "en")
    assert cycle("public", "status", "--json").json["open"]
    told = cycle("public", "close", "--actor", "steering", "--reason", "Ein Versehen", "--json")
    assert told.json["open"] is False
    assert cycle("public", "close", "--actor", "admin").code == 3


def test_it_says_so_in_german_too(cycle: Cycle) -> None:
    cycle.done("public", "propose", "--actor", "steering")
    assert "Systemverwaltung" in cycle.done("public", "status", "--lang", "de")
