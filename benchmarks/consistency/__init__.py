"""Documents that do and do not contradict themselves, made with the truth known by construction."""
