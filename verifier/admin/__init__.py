"""Installing and keeping an installation: its settings file, its health, backups of it, and restoring one."""
