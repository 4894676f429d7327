"""Where Saalestadt would lie: six areas at a bend of its river, drawn by hand and invented.

Neighbours share their points; the river parts West from Mitte and Nord.
"""

from typing import Final

from cycle.machine.outlines import Outline

# Points by the name they are known by here: longitude and latitude.
_AT: Final = {
    # the border of the town, from the north clockwise
    "a": (11.9020, 51.5310), "b": (11.9180, 51.5352), "c": (11.9365, 51.5338),
    "d": (11.9540, 51.5290), "e": (11.9702, 51.5262), "f": (11.9815, 51.5170),
    "g": (11.9888, 51.5052), "h": (11.9850, 51.4930), "i": (11.9742, 51.4845),
    "j": (11.9695, 51.4722), "k": (11.9570, 51.4640), "l": (11.9402, 51.4602),
    "m": (11.9245, 51.4628), "n": (11.9100, 51.4585), "o": (11.8930, 51.4612),
    "p": (11.8795, 51.4680), "q": (11.8702, 51.4790), "r": (11.8665, 51.4905),
    "s": (11.8720, 51.5010), "t": (11.8790, 51.5125), "u": (11.8895, 51.5215),
    # along the river, from the north
    "1": (11.9098, 51.5228), "2": (11.9172, 51.5150), "3": (11.9140, 51.5068),
    "4": (11.9068, 51.4985), "5": (11.9102, 51.4902), "6": (11.9190, 51.4838),
    "7": (11.9222, 51.4752),
    # within the town
    "v": (11.9330, 51.5108), "w": (11.9505, 51.5122), "x": (11.9620, 51.5165),
    "y": (11.9548, 51.5015), "z": (11.9512, 51.4912), "A": (11.9378, 51.4852),
    "B": (11.9640, 51.4880), "C": (11.8905, 51.4968), "D": (11.8800, 51.4985),
}  # fmt: skip
_RINGS: Final = {
    "01": "a b c d e x w v 2 1 a",  # Nord, on both sides of the road to the north
    "02": "2 v w y z A 6 5 4 3 2",  # Mitte, in the bend
    "03": "u a 1 2 3 4 C D s t u",  # West, beyond the river
    "04": "e f g h i B z y w x e",  # Ost
    "05": "A z B i j k l m 7 6 A",  # Süd
    "06": "D C 4 5 6 7 m n o p q r s D",  # Neustadt, the large estate beyond the river
}


def outlines() -> dict[str, Outline]:
    """Give the outline of every area by its code."""
    return {code: ((tuple(_AT[at] for at in ring.split()),),) for code, ring in _RINGS.items()}
