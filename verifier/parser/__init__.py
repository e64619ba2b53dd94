"""PDF -> footnotes with anchors and citations."""
