import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from cycle import clock, ids


def test_an_id_is_a_uuid_of_version_7_in_36_characters() -> None:
    made = ids.new_id()
    assert len(made) == 36
    assert str(uuid.UUID(made)) == made
    assert uuid.UUID(made).version == 7
    assert uuid.UUID(made).variant == uuid.RFC_4122


def test_an_id_carries_the_millisecond_it_was_made_in() -> None:
    before = clock.ticks() // 1_000_000
    milliseconds = uuid.UUID(ids.new_id()).int >> 80
    assert before <= milliseconds <= clock.ticks() // 1_000_000 + 1


def test_ids_sort_in_the_order_they_were_made() -> None:
    made = [ids.new_id() for _ in range(5000)]
    assert made == sorted(made)


def test_ids_still_grow_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids.new_id()
    monkeypatch.setattr(clock, "ticks", lambda: 0)
    assert before < ids.new_id() < ids.new_id()


def test_threads_never_get_the_same_id() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: ids.new_id(), range(4000)))
    assert len(set(made)) == 4000
