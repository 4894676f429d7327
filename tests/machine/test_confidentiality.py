"""Nobody is found by reckoning: tried on random towns by listing all that could be."""

from itertools import product
from random import Random

import pytest

from cycle.machine.confidentiality import FEWEST, Cell, hidden, is_weak, persons

TOWN = {"": ["01", "02", "03"]}


def kept_back(**counts: int | None) -> frozenset[str]:
    """Tell what is withheld of a town and three areas; what is not known came withheld."""
    told = {{"town": ""}.get(name, name[1:]): count for name, count in counts.items()}
    weak = {at for at, n in told.items() if n is None or 0 < n < FEWEST}
    return hidden(TOWN, "", told, weak)


def test_where_nothing_is_weak_all_is_told() -> None:
    assert kept_back(town=60, a01=10, a02=20, a03=30) == frozenset()


def test_one_weak_area_takes_its_smallest_neighbour_with_it() -> None:
    assert kept_back(town=32, a01=2, a02=20, a03=10) == {"01", "03"}


def test_a_zero_is_no_cover() -> None:
    assert kept_back(town=12, a01=2, a02=0, a03=10) == {"01", "03"}


def test_where_the_sum_is_not_told_nobody_can_subtract() -> None:
    assert kept_back(a01=2, a02=20, a03=10) == {"01"}


def test_a_number_that_came_withheld_is_guarded_too() -> None:
    assert kept_back(town=40, a01=None, a02=20, a03=10) == {"01", "03"}
    assert kept_back(a01=None, a02=None, a03=None) == {"01", "02", "03"}


def test_a_weak_town_is_withheld_with_all_that_would_tell_it() -> None:
    assert kept_back(town=2, a01=1, a02=1, a03=0) >= {"", "01", "02"}
    assert kept_back(town=2) == {""}


def test_where_nothing_can_be_proved_nothing_is_told() -> None:
    assert hidden({"": ["01"]}, "", {"": 2, "01": 2}, {"01"}, 50) == {"", "01"}


def test_parts_of_an_area_are_guarded_up_the_tree() -> None:
    tree = {"": ["1", "2"], "1": ["11"], "2": ["21", "22"]}
    counts: dict[str, int | None] = {"": 52, "1": 2, "2": 50, "11": 2, "21": 30, "22": 20}
    found = hidden(tree, "", counts, {"1", "11"})
    assert {"1", "11"} < found


@pytest.mark.parametrize(
    ("kind", "cell", "weak"),
    [
        ("count", Cell(2, None), True), ("count", Cell(0, None), False),
        ("count", Cell(3, None), False), ("count", Cell(None, None), False),
        ("count", Cell(9, None, kept_back=True), True),
        ("share", Cell(40, 200), False), ("share", Cell(2, 200), True),
        ("share", Cell(199, 200), True), ("share", Cell(200, 200), False),
        ("share", Cell(40, 99), True), ("rate", Cell(None, None), True),
        ("rate", Cell(None, None, whole=True), False),
        ("rate", Cell(None, None, protected=True), False),
        ("mean", Cell(2, None), True), ("mean", Cell(None, None), False),
    ],
)  # fmt: skip
def test_a_number_is_weak_by_its_cases(kind: str, cell: Cell, weak: bool) -> None:  # noqa: FBT001 - as expected
    assert is_weak(kind, cell) is weak


def test_sensitive_numbers_need_more_cases() -> None:
    assert is_weak("count", Cell(4, None), 5)


def test_whom_a_number_counts_follows_from_its_kind() -> None:
    assert persons("count", 7, None, None) == (7, None)
    assert persons("share", 12, 30, 250) == (30, 250)
    assert persons("mean", 12, 30, 250) == (250, None)


def _town(random: Random) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Make a small town: districts, some of them with quarters."""
    tree: dict[str, list[str]] = {"": [f"{n}" for n in range(random.randint(2, 3))]}
    counts: dict[str, int] = {}
    for district in tree[""]:
        if random.random() < 0.5:
            tree[district] = [f"{district}{n}" for n in range(random.randint(1, 2))]
    for node in [*(q for d in tree[""] for q in tree.get(d, ())), *tree[""], ""]:
        inside = tree.get(node, ())
        counts[node] = sum(counts[i] for i in inside) if inside else random.choice((0, 1, 2, 3, 5))
    return tree, counts


def _possible(
    tree: dict[str, list[str]], counts: dict[str, int], kept: frozenset[str], at: str
) -> set[int]:
    """List every value of an area that agrees with all that is told."""
    leaves = [node for node in counts if not tree.get(node)]
    span = range(counts[""] + 4 if "" in kept else counts[""] + 1)
    found = set()
    zero = any(counts[node] == 0 for node in kept)
    for values in product(*([counts[n]] if n not in kept else span for n in leaves)):
        filled = dict(zip(leaves, values, strict=True))
        for node in (*tree[""], ""):
            if tree.get(node):
                filled[node] = sum(filled[inside] for inside in tree[node])
        agrees = all(filled[node] == n for node, n in counts.items() if node not in kept)
        if agrees and (zero or all(filled[node] for node in kept)):
            found.add(filled[at])
    return found


def test_on_random_towns_nobody_is_found() -> None:
    random, tried = Random(16999000), 0  # noqa: S311 - the same towns every time
    for _ in range(150):
        tree, counts = _town(random)
        weak = {node for node, n in counts.items() if 0 < n < FEWEST}
        kept = hidden(tree, "", dict(counts), weak)
        for node in weak:
            assert len(_possible(tree, counts, kept, node)) >= FEWEST, (tree, counts, kept)
            tried += 1
    assert tried > 100
