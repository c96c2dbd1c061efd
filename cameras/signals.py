"""What higher apps may hear from the inventory. Sent by services, by hand, inside the transaction of the act."""

from django.dispatch import Signal

# a system came or went, or a camera changed its condition: `school_id`.
equipment_changed = Signal()
