"""The audit log for the auditor's own tools."""
