"""The store: the mapped classes, and the only place that opens sessions."""
