"""Days as the office counts them: they end at midnight in Asia/Almaty."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def end_of(day: date) -> datetime:
    """The first moment after `day`; what happened before it happened by the end of that day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def day_of(moment: datetime) -> date:
    """The day in the office on which `moment` fell."""
    return timezone.localtime(moment).date()
