"""How long the word of a school on its own record holds: it is asked for twice a year.

Counted from the last confirmation; of a school that never confirmed, from the day it was entered.
"""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PERIOD = timedelta(days=182)
WARNING = timedelta(days=30)  # before the period ends


class Confirmation(TextChoices):
    """How a record stands on a day. Exactly one per school."""

    CONFIRMED = "confirmed", _("Confirmed")
    DUE = "due", _("To be confirmed soon")
    OVERDUE = "overdue", _("Confirmation overdue")
