from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from cycle.machine.chain import (
    BLACKED_OUT,
    GENESIS,
    Break,
    Link,
    breaks,
    canonical,
    chain_hash,
    payload_hash,
)

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
COUNT = 5


def _link(n: int, prev: str) -> Link:
    content = canonical({"title": f"Maßnahme {n}"})
    link = Link(
        n, AT, DAY, "a", "planner", None, None, None, "measure", "i", "M-2026-001", "log",
        None, "draft", payload_hash("salt", content), prev, "", "salt", content, None, None,
    )  # fmt: skip
    return replace(link, hash=chain_hash(asdict(link)))


@pytest.fixture
def chain() -> list[Link]:
    links: list[Link] = []
    for n in range(1, COUNT + 1):
        links.append(_link(n, links[-1].hash if links else GENESIS))
    return links


def _faults(links: list[Link], chain: list[Link]) -> list[Break]:
    return breaks(links, COUNT, chain[-1].hash)


def test_a_whole_journal_has_no_fault(chain: list[Link]) -> None:
    assert _faults(chain, chain) == []
    assert breaks([], 0, "") == []


def test_the_moment_counts_in_utc(chain: list[Link]) -> None:
    berlin = replace(chain[2], at=AT.astimezone(timezone(timedelta(hours=1))))
    assert _faults([*chain[:2], berlin, *chain[3:]], chain) == []


def test_it_finds_an_event_whose_words_were_changed(chain: list[Link]) -> None:
    lie = replace(chain[2], role="steering")
    assert _faults([*chain[:2], lie, *chain[3:]], chain) == [Break(3, "changed")]


@pytest.mark.parametrize("n", [1, 3, COUNT])
def test_it_finds_an_event_that_was_changed_together_with_its_hash(
    chain: list[Link], n: int
) -> None:
    lie = replace(chain[n - 1], role="steering")
    lie = replace(lie, hash=chain_hash(asdict(lie)))
    assert _faults([*chain[: n - 1], lie, *chain[n:]], chain) == [Break(n, "changed")]


def test_it_finds_a_first_event_that_hangs_on_another_past(chain: list[Link]) -> None:
    lie = replace(chain[0], prev_hash="f" * 64)
    lie = replace(lie, hash=chain_hash(asdict(lie)))
    assert _faults([lie, *chain[1:]], chain) == [Break(1, "changed")]


def test_it_finds_a_changed_payload(chain: list[Link]) -> None:
    lie = replace(chain[3], content=canonical({"title": "anders"}))
    assert _faults([*chain[:3], lie, *chain[4:]], chain) == [Break(4, "payload_changed")]


def test_it_finds_a_payload_that_vanished_without_a_word(chain: list[Link]) -> None:
    lie = replace(chain[3], content=None, salt=None)
    assert _faults([*chain[:3], lie, *chain[4:]], chain) == [Break(4, "payload_changed")]


def _blacked_out(n: int, named: object, prev: str) -> Link:
    content = canonical({"n": named, "second": "planner"})
    told = replace(
        _link(n, prev), entity="event", action=BLACKED_OUT, content=content,
        payload_hash=payload_hash("salt", content),
    )  # fmt: skip
    return replace(told, hash=chain_hash(asdict(told)))


def test_a_payload_that_the_chain_tells_to_be_blacked_out_is_no_fault(chain: list[Link]) -> None:
    gone = replace(chain[3], content=None, salt=None, blacked_out_on=DAY)
    told = _blacked_out(6, 4, chain[-1].hash)
    assert breaks([*chain[:3], gone, chain[4], told], 6, told.hash) == []


@pytest.mark.parametrize("named", [3, 6, 7, "4", None])
def test_a_payload_that_somebody_hid_is_a_fault(chain: list[Link], named: object) -> None:
    gone = replace(chain[3], content=None, salt=None, blacked_out_on=DAY)
    told = _blacked_out(6, named, chain[-1].hash)
    faults = breaks([*chain[:3], gone, chain[4], told], 6, told.hash)
    assert faults == [Break(4, "payload_changed")]


def test_a_black_out_is_of_the_day_it_was_told(chain: list[Link]) -> None:
    gone = replace(chain[3], content=None, salt=None, blacked_out_on=DAY - timedelta(days=1))
    told = _blacked_out(6, 4, chain[-1].hash)
    faults = breaks([*chain[:3], gone, chain[4], told], 6, told.hash)
    assert faults == [Break(4, "payload_changed")]


def test_a_payload_left_without_its_event_tells_that_the_event_is_missing(
    chain: list[Link],
) -> None:
    faults = breaks(chain, COUNT, chain[-1].hash, [6])
    assert faults == [Break(6, "removed")]


def test_a_payload_hidden_without_a_word_is_a_fault(chain: list[Link]) -> None:
    gone = replace(chain[3], content=None, salt=None, blacked_out_on=DAY)
    assert _faults([*chain[:3], gone, *chain[4:]], chain) == [Break(4, "payload_changed")]


def test_it_finds_a_removed_event_in_the_middle_and_at_the_end(chain: list[Link]) -> None:
    assert _faults([*chain[:2], *chain[3:]], chain) == [Break(3, "removed")]
    assert _faults(chain[:4], chain) == [Break(5, "removed")]
    assert _faults([], chain) == [Break(n, "removed") for n in range(1, COUNT + 1)]


def test_it_finds_an_event_put_behind_the_end(chain: list[Link]) -> None:
    more = _link(6, chain[-1].hash)
    assert _faults([*chain, more], chain) == [Break(6, "inserted")]


def test_it_finds_an_event_pushed_between_others(chain: list[Link]) -> None:
    pushed = _link(3, chain[1].hash)
    pushed = replace(pushed, role="steering")
    pushed = replace(pushed, hash=chain_hash(asdict(pushed)))
    later = [replace(link, n=link.n + 1) for link in chain[2:]]
    faults = _faults([*chain[:2], pushed, *later], chain)
    assert faults[0] == Break(3, "inserted")
    assert faults[-1] == Break(6, "inserted")


def test_a_payload_that_is_gone_without_a_black_out_is_found(chain: list[Link]) -> None:
    gone = [replace(link, content=None) if link.n == 2 else link for link in chain]
    assert [fault.n for fault in _faults(gone, chain)] == [2]
