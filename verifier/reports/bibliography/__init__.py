"""The works that documents cite, as files that reference managers take: CSL-JSON and RIS."""
