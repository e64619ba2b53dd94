"""The checks: what each looks at and which findings it brings."""
