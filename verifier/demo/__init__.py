"""The demo: a small web of sources on loopback and a paper that cites it rightly and wrongly in known ways."""
