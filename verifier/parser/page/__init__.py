"""One page of a PDF: its characters, shapes and pictures, put into lines, columns and tables."""
