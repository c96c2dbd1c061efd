"""What higher apps may hear from the inventory. Sent by services, by hand, inside the transaction of the act."""

from django.dispatch import Signal

# Systems or cameras came, went, or changed their condition: `school_ids`. The act holds the locks of these schools.
equipment_changed = Signal()
