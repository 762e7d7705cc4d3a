"""Registry of every counted number and of every rule check built on one."""
