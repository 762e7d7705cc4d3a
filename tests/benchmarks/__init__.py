"""Benchmarks: ``./test --benchmark``. No file here is named ``test_…``, so the ordinary suite never collects them."""
