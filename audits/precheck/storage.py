"""How much room recordings need, and how long a room lasts. Terabytes of 10^12 bytes, megabits per second, days."""

from decimal import Decimal

SECONDS_A_DAY = 86_400
MEGABITS_A_TERABYTE = 8_000_000


def needed_tb(mbps: Decimal, days: Decimal) -> Decimal:
    """What streams of `mbps` together fill in so many days."""
    return mbps * SECONDS_A_DAY * days / MEGABITS_A_TERABYTE


def days_kept(terabytes: Decimal, mbps: Decimal) -> Decimal:
    """After how many days the oldest recording is written over; `mbps` is above zero."""
    return terabytes * MEGABITS_A_TERABYTE / (mbps * SECONDS_A_DAY)
