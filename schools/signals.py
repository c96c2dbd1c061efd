"""What higher apps may hear from the roll. Sent by services, by hand, inside the transaction of the act."""

from django.dispatch import Signal

# schools opened, closed or moved between districts: `district_ids`, every district whose roll changed.
roll_changed = Signal()
