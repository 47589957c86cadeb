"""Text that a spreadsheet shows instead of computing, and back."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """The text behind an apostrophe when a spreadsheet would run it; `plain` takes it away."""
    return f"'{text}" if text.lstrip("'").startswith(DANGEROUS) else text


def plain(text: str) -> str:
    """The text as it was before `neutral`, also when somebody typed the apostrophe."""
    if text.startswith("'") and text.lstrip("'").startswith(DANGEROUS):
        return text[1:]
    return text
