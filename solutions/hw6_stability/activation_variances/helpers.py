def number(variance):
    """Return a variance as a plain number; a graph that hangs on it is another check's concern."""
    return float(variance.detach() if hasattr(variance, "detach") else variance)
