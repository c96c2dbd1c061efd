"""The one place where a share is rounded."""

from decimal import ROUND_HALF_UP, Decimal


def share(numerator: int, denominator: int) -> Decimal | None:
    """Percent of `denominator`, rounded half up to 0.1: share(533, 647) is 82.4. None of nothing."""
    if not denominator:
        return None
    return (Decimal(numerator) * 100 / denominator).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
