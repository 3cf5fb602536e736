def fault_of(path: str, value: float) -> str:
    """Temporary."""
    return ""
