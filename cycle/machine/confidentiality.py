"""What a published table must keep back so that nobody is found by reckoning.

Few cases are withheld themselves; then further areas are, until an outsider who knows all that is
published, that zeros are shown, and the limit, finds several values possible for every one of
them. Areas lie in one another as a tree, whose root is the whole town.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

FEWEST: Final = 3  # persons behind a number that is published
FEWEST_SENSITIVE: Final = 5
BASE: Final = 100  # persons of whom a share is told
COUNTED: Final = frozenset({"count"})
SHARES: Final = frozenset({"share", "rate"})
UNKNOWN: Final = 1000  # persons behind a number of which it is not told, in reckoning
ROOM: Final = 10  # more than all of them, for the widest guess

Tree = Mapping[str, Sequence[str]]  # areas by the area they lie in


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: how many persons it counts, of how many, and whether it came withheld."""

    count: int | None  # None: not told
    base: int | None
    kept_back: bool = False
    protected: bool = False  # published by an official source, which looks after it itself
    whole: bool = False  # of the whole town


def persons(
    kind: str, value: int | None, numerator: int | None, base: int | None
) -> tuple[int | None, int | None]:
    """Tell of a kind of number how many persons it counts, and of how many."""
    if kind in COUNTED:
        return (value if numerator is None else numerator), None
    return (numerator, base) if kind in SHARES else (base, None)


def is_weak(kind: str, found: Cell, fewest: int = FEWEST) -> bool:
    """Tell whether a number is withheld for itself: too few cases, too many, or of too few."""
    if found.kept_back:
        return True
    if found.protected:
        return False
    if kind not in SHARES:
        return found.count is not None and 0 < found.count < fewest
    if found.count is None or found.base is None:
        return not found.whole  # nobody knows of how many
    others = found.base - found.count
    return 0 < found.count < fewest or 0 < others < fewest or found.base < BASE


def hidden(
    tree: Tree,
    root: str,
    counts: Mapping[str, int | None],
    weak: AbstractSet[str],
    fewest: int = FEWEST,
) -> frozenset[str]:
    """Give all that is withheld of one table: the weak ones and those that guard them.

    `counts` holds what is published or withheld; an area that is not in it is not told at all.
    """
    if not weak:
        return frozenset()
    table = _Table.of(tree, root, counts)
    untold = {node for node in table.order if node not in counts}
    kept = {*weak, *untold}
    while tight := table.tight(weak, kept, fewest):
        found = table.guard(kept, min(tight))
        if found is None:
            return frozenset(counts)  # nothing can be proved: nothing is told
        kept.add(found)
    return frozenset(kept - untold)


@dataclass(frozen=True, slots=True)
class _Table:
    """One number for every area of the town, each the sum of those in it."""

    tree: Tree
    above: Mapping[str, str]
    order: Sequence[str]  # from the root down
    counts: Mapping[str, int]

    @classmethod
    def of(cls, tree: Tree, root: str, told: Mapping[str, int | None]) -> "_Table":
        """Fill a table up: what is not known is what is left of the sum, or many."""
        order = [root]
        for node in order:  # grows as it is walked
            order += tree.get(node, ())
        filled: dict[str, int] = {}
        for node in reversed(order):
            inside = tree.get(node, ())
            unknown = [each for each in inside if told.get(each) is None and not tree.get(each)]
            left = (told.get(node) or 0) - sum(filled[e] for e in inside if e not in unknown)
            for each in unknown:
                filled[each] = max(1, left // len(unknown)) if left > 0 else UNKNOWN
            filled[node] = sum(filled[each] for each in inside) if inside else told.get(node) or 0
        above = {inside: node for node, those in tree.items() for inside in those}
        return cls(tree, above, order, filled)

    def tight(self, weak: AbstractSet[str], kept: AbstractSet[str], fewest: int) -> list[str]:
        """Name the weak ones of which an outsider would know too much."""
        guesses = self._guesses(kept)
        return [node for node in weak if guesses[node][1] - guesses[node][0] < fewest - 1]

    def guard(self, kept: AbstractSet[str], weak: str) -> str | None:
        """Choose what is withheld next: the smallest neighbour, a part, or what it lies in."""
        for those in (self.tree.get(self.above.get(weak, ""), ()), self.tree.get(weak, ())):
            still = [each for each in those if each not in kept and self.counts[each] > 0]
            if still:
                return min(still, key=lambda each: (self.counts[each], each))
        node = self.above.get(weak)
        while node is not None and node in kept:
            node = self.above.get(node)
        return node

    def _guesses(self, kept: AbstractSet[str]) -> dict[str, tuple[int, int]]:
        """Give the least and the most an outsider thinks possible: up the tree, then down."""
        least: dict[str, int] = {}
        most: dict[str, int] = {}
        widest = self.counts[self.order[0]] + ROOM
        floor = 0 if any(self.counts[node] == 0 for node in kept) else 1  # zeros would be shown
        for node in reversed(self.order):
            inside = self.tree.get(node, ())
            least[node] = sum(least[each] for each in inside) if inside else floor
            most[node] = sum(most[each] for each in inside) if inside else widest
            if node not in kept:
                least[node] = most[node] = self.counts[node]
        for node in self.order:
            inside = self.tree.get(node, ())
            low, high = sum(least[each] for each in inside), sum(most[each] for each in inside)
            for each in inside:
                bounds = least[node] - high + most[each], most[node] - low + least[each]
                least[each], most[each] = (
                    max(least[each], bounds[0]),
                    min(most[each], bounds[1]),
                )
        return {node: (least[node], most[node]) for node in self.order}
