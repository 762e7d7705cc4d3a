"""What others may follow."""

from django.dispatch import Signal

# A job waits for a worker; carries ``job_id``. Sent when the transaction that enqueued it has committed.
job_waits = Signal()
