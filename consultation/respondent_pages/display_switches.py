"""Easy-read and clear-print switches: they travel from page to page in forms and are never stored."""

SWITCHES = ("easy", "letters")


def parse_switches(data):
    """Names of the switches that are on in form or query data."""
    return tuple(name for name in SWITCHES if data.get(name))
