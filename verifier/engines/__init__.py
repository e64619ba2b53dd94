"""Where the work runs: local threads and processes."""
