"""A round at the command line: report, findings, goals, values, recommendations, stages."""

import pytest

from cycle import clock
from tests.cli.calls import Cycle


@pytest.fixture
def report(light: Cycle) -> str:
    (first,) = light("report", "list", "--json").json
    return str(first["key"])


@pytest.fixture
def finding(light: Cycle, report: str) -> str:
    return light.done("finding", "add", "Jedes dritte Kind spricht auffällig", "--report", report,
                      "--severity", "act", "--source", "Einschulungsuntersuchung")  # fmt: skip


@pytest.fixture
def indicator(light: Cycle) -> str:
    code = light.done("indicator", "add", "SEU", "Auffälliger Sprachbefund", "--unit", "%",
                      "--polarity", "lower_better", "--source", "Gesundheitsamt")  # fmt: skip
    light.done("observation", "add", code, "--area", "08212000", "--period-end", "31.12.2025",
               "--value", "33,3", "--lang", "de")  # fmt: skip
    return code


def test_findings_are_written_down_answered_and_shown(light: Cycle, report: str) -> None:
    key = light.done("finding", "add", "Ein Befund", "--report", report, "--area", "08212000")
    light.done("finding", "edit", key, "--source", "Bericht 2025", "--field", "JUG")
    light.done("finding", "respond", key, "--response", "no_action", "--reason", "erledigt sich")
    shown = light("finding", "show", key, "--json").json
    assert (shown["response"], shown["fields"]) == ("no_action", ["JUG"])
    assert light("finding", "list", "--open", "--json").json == []
    assert key in light.done("finding", "list", "--area", "08212000", "--cycle", "Z-2026")
    assert light("finding", "respond", key, "--response", "no_action").code == 2
    light.done("finding", "acknowledge", key)


def test_a_finding_cites_a_value(light: Cycle, report: str, indicator: str) -> None:
    key = light.done("finding", "add", "Ein Befund", "--report", report, "--observation",
                     f"{indicator}:08212000:2025-12-31")  # fmt: skip
    shown = light("finding", "show", key, "--json").json
    assert shown["observations"][0]["indicator"] == indicator
    said = light("finding", "add", "Noch einer", "--report", report, "--observation", "SEU")
    assert said.code == 2
    assert "INDICATOR:AREA:DATE" in said.err


def test_values_of_no_day_that_can_be_known_are_refused(light: Cycle, indicator: str) -> None:
    for day, words in (("1999-01-01", "vor dem"), ("2099-01-01", "liegt in der Zukunft")):
        said = light("observation", "list", indicator, "--as-of", day, "--lang", "de")
        assert (said.code, said.out) == (2, "")
        assert words in said.err.lower().replace("zukunft", "Zukunft")


def test_a_past_day_is_told_beside_the_values(light: Cycle, indicator: str) -> None:
    day = clock.today()
    said = light("observation", "list", indicator, "--as-of", day.isoformat(), "--lang", "de")
    assert "33,3" in said.out
    assert said.err == f"Stand, wie er am {day:%d.%m.%Y} bekannt war\n"
    assert light("observation", "list", indicator, "--as-of", day.isoformat(), "--json").err == ""


def test_values_are_kept_beside_each_other(light: Cycle, indicator: str) -> None:
    light.done("observation", "add", indicator, "--area", "08212000", "--on", "2025-12-31",
               "--numerator", "96", "--denominator", "290")  # fmt: skip
    (now,) = light("observation", "list", indicator, "--json").json
    assert now["vintage"] == 2
    both = light("observation", "list", "--vintages", "--area", "08212000", "--json").json
    assert [each["vintage"] for each in both] == [1, 2]
    assert "33,1" in light.done("observation", "list", indicator, "--lang", "de")
    told = light.done("observation", "list", indicator, "--vintages", "--lang", "de")
    assert "Erfasst am" in told
    assert indicator in light.done("indicator", "list")
    assert light("indicator", "show", indicator, "--json").json["versions"]


def test_a_goal_gets_target_agreement_adoption_and_rating(
    light: Cycle, finding: str, indicator: str
) -> None:
    key = light.done("goal", "add", "Auf 25 % senken", "--level", "operational", "--skip-reason",
                     "ein Ziel genügt", "--parent", _guiding(light), "--finding", finding,
                     "--owner", "51", "--field", "JUG")  # fmt: skip
    light.done("goal", "target", key, "--indicator", indicator, "--value", "25", "--date",
               "2028-12-31", "--baseline", "31.12.2025")  # fmt: skip
    light.done("goal", "agree", key, "--department", "51", "--note", "im Workshop")
    light.done("goal", "adopt", key, "--on", "2026-02-01")
    light.done("goal", "revise", key, "--value", "27", "--reason", "mehr Zuzug")
    shown = light("goal", "show", key, "--json").json
    assert [t["target_value"] for t in shown["targets"] if not t["replaced_on"]] == [27]
    assert shown["status"] == "adopted"
    text = light.done("goal", "show", key, "--lang", "de")
    assert "mehr Zuzug" in text
    assert max(map(len, text.splitlines())) <= 80
    light.done("goal", "edit", key, "--target-group", "Kinder")
    light.done("goal", "rate", key, "--status", "missed", "--text", "zu wenig Kräfte")
    assert key in light.done("goal", "list", "--field", "JUG")


def _guiding(light: Cycle) -> str:
    return light.done("goal", "add", "Alle starten gleich", "--level", "guiding")


def test_a_goal_tree_has_no_circle(light: Cycle) -> None:
    top = _guiding(light)
    below = light.done("goal", "add", "Sprachstand", "--level", "intermediate", "--parent", top)
    assert light("goal", "edit", top, "--parent", below).code == 2


def test_advice_is_written_down_and_answered(light: Cycle, finding: str) -> None:
    key = light.done("recommendation", "add", "Mehr Kräfte", "--finding", finding, "--addressee",
                     "51")  # fmt: skip
    light.done("recommendation", "answer", key, "--response", "partly", "--reason", "zwei gehen")
    assert light("recommendation", "show", key, "--json").json["response"] == "partly"


def test_a_report_goes_from_draft_to_published(light: Cycle, report: str, finding: str) -> None:
    light.done("body", "add", "JHA", "Jugendhilfeausschuss", "--kind", "youth_welfare_committee")
    assert light("report", "publish", report).code in (2, 5, 6)
    light.done("report", "approve", report)
    light.done("report", "present", report, "--body", "JHA", "--on", "2026-03-01", "--paper",
               "2026/0001")  # fmt: skip
    light.done("report", "publish", report, "--url", "https://stadt.example/bericht")
    shown = light("report", "show", report, "--json").json
    assert (shown["status"], shown["paper"]) == ("published", "2026/0001")
    assert finding in light.done("report", "show", report)
    assert report in light.done("report", "list", "--cycle", "Z-2026")
    assert (
        light("paper", "show", "2026~0001", "--json").json["consultations"][0]["outcome"] == "noted"
    )


def test_a_round_is_advanced_reopened_and_given_up(light: Cycle) -> None:
    said = light("round", "advance", "Z-2026", "--lang", "en")
    assert said.err == "Z-2026 is now: goals.\n"
    said = light("round", "reopen", "Z-2026", "--stage", "report", "--json")
    assert [r["guard"] for r in said.problem["blocked_by"]] == ["reason_missing"]
    assert light("round", "reopen", "Z-2026", "--reason", "vergessen").code == 6
    light.done("round", "reopen", "Z-2026", "--stage", "report", "--reason", "ein Befund fehlte")
    assert light("round", "abandon", "Z-2026", "--reason", "Fusion").code == 6
    text = light.done("round", "show", "Z-2026", "--lang", "de")
    assert "ein Befund fehlte" in text
    assert "`cycle round advance Z-2026`" in text


def test_a_new_round_needs_title_and_start(light: Cycle) -> None:
    said = light("round", "open", "--json")
    assert said.code == 6
    assert "title_missing" in {reason["guard"] for reason in said.problem["blocked_by"]}
    for stage in ("goal", "measure", "evaluation"):
        light.done("round", "advance", "Z-2026")
        assert light("round", "show", "Z-2026", "--json").json["stage"] == stage
    key = light.done("round", "open", "--title", "Die zweite", "--start", "2030", "--strand",
                     "sectoral", "--report-title", "Bericht 2030")  # fmt: skip
    shown = light("round", "show", key, "--json").json
    assert (shown["round"], shown["predecessor"]) == (2, "Z-2026")
    assert key in light.done("round", "list")


def test_earlier_rounds_are_taken_over_and_linked(light: Cycle) -> None:
    light.done("paper", "add", "2019/0383", "Leitlinien", "--dated", "2019-05-01", "--public")
    assert light("round", "take-over", "--title", "Leitlinien 2019").code == 6
    key = light.done("round", "take-over", "--title", "Leitlinien 2019", "--start", "2019",
                     "--source", "2019/0383", "--end", "2025-12-31")  # fmt: skip
    light.done("round", "link", key, "--paper", "2019/0383")
    light.done("round", "link", "Z-2026", "--predecessor", key)
    shown = light("round", "show", key, "--json").json
    assert (shown["stage"], shown["papers"], shown["successor"]) == (
        "closed", ["2019/0383"], "Z-2026",
    )  # fmt: skip
    assert key in light.done("trace", "2019/0383")
