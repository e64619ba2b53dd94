"""Works: what a citation says of the work that it cites: title, authors, container, publisher, date, kind."""
