"""How a page, a PDF and a registry record describe the work that they show."""
