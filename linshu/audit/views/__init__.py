"""Pages of the audit log, for the auditor alone."""
