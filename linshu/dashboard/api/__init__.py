"""The dashboard for integrators: the numbers of the page."""
