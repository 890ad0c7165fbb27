"""How sure one can be of a share, or of a difference of two, with so few questions. Pure."""

from math import sqrt

# The two-sided 95% point of the normal distribution.
_Z = 1.959964


def wilson(right: int, asked: int, z: float = _Z) -> tuple[float, float]:
    """The score interval for the share `right` of `asked`, each bound from 0 to 1.

    Unlike the share plus or minus its error it holds for few questions, and for all or none right.
    Source: E. B. Wilson, “Probable inference, the law of succession, and statistical inference”,
    Journal of the American Statistical Association 22 (1927), 209-212. Raises ValueError unless
    0 <= right <= asked and asked > 0.
    """
    if not 0 <= right <= asked or not asked:
        raise ValueError(f"{right} of {asked}")
    share = right / asked
    middle = 2 * right + z * z
    reach = z * sqrt(z * z + 4 * right * (1 - share))
    whole = 2 * (asked + z * z)
    # Rounding must put no bound on the wrong side of the share.
    low, high = min(share, (middle - reach) / whole), max(share, (middle + reach) / whole)
    return max(0.0, low), min(1.0, high)


def newcombe(right1: int, asked1: int, right2: int, asked2: int) -> tuple[float, float]:
    """The 95% interval for the first share less the second, each bound from -1 to 1.

    The two are of different questions. It joins Wilson's intervals: method 10 of R. G. Newcombe,
    “Interval estimation for the difference between independent proportions”, Statistics in
    Medicine 17 (1998), 873-890. Raises ValueError as `wilson` does.
    """
    (low1, high1), (low2, high2) = wilson(right1, asked1), wilson(right2, asked2)
    share1, share2 = right1 / asked1, right2 / asked2
    difference = share1 - share2
    low = difference - sqrt((share1 - low1) ** 2 + (high2 - share2) ** 2)
    high = difference + sqrt((high1 - share1) ** 2 + (share2 - low2) ** 2)
    return max(-1.0, low), min(1.0, high)
