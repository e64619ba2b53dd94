"""The archive: responses kept as WARC files, checked, exported and pruned."""
