"""Notes: markers, labels and the lines that belong to each note."""
