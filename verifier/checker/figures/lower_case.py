"""A text in small letters whose places are those of the text itself."""


def lower_case(text: str) -> str:
    """The text in small letters, as long as it was: of all capitals only the dotted I has a small form of two."""
    return text.replace("İ", "I").lower()
