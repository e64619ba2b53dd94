"""A night that workers share: planned by one process, worked at by any number of them on several machines."""
