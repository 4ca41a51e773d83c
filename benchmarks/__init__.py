"""What matters, measured against what it is built on: ``python -m benchmarks``."""
