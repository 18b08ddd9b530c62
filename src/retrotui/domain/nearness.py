"""Which known word somebody meant.

Owns the distance between two words and the choice of the nearest. Must not know what the words name.
"""

from __future__ import annotations

from collections.abc import Sequence


def distance(one: str, other: str, limit: int) -> int:
    """How many letters must be put in, taken out, changed or swapped with their neighbour to make `other` of
    `one`.

    Counts up to `limit` + 1, which stands for everything beyond (so that a long hostile key costs nothing).
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, two_before[j - 2] + 1)
            row.append(best)
        if min(row) > limit and (not before or min(before) > limit):
            return limit + 1
    return min(row[-1], limit + 1)


def nearest(word: str, known: Sequence[str], count: int = 3) -> list[str]:
    """Up to `count` of the known words that look like `word`, the nearest first; upper and lower case are
    one."""
    import difflib  # 3 ms: only on the way to a proposal

    folded = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(word.casefold()[:100], list(folded), n=count, cutoff=0.5)
    return [folded[each] for each in close]
