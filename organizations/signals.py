"""What happens to the tree that higher apps follow."""

from django.dispatch import Signal

# ``organization`` and everything below it stand in another county now; sent inside the transaction.
county_changed = Signal()
