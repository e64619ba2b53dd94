"""Comments in PDFs, and pictures of pages with highlights."""
