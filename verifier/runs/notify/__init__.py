"""What people and monitors learn of a run: log, mail, metrics, heartbeat."""
