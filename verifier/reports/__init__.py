"""What people and programs read: terminal, HTML, JSON."""
