"""Who wrote a document, as the document itself says: its properties, its front matter, its head."""
