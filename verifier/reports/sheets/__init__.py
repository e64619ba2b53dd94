"""The cite-check sheet: every citation of every note, as CSV and XLSX."""
