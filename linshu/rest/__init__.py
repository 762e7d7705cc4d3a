"""API conventions: error shape, paging, filters, allowed actions, idempotency keys."""
