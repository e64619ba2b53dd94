"""The editors' desk: a web application in which a person decides what the machine found."""
