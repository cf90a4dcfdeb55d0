"""Easy words and clear print: how someone reads, from page to page. It travels with forms and is stored nowhere."""

SWITCHES = ("easy", "letters")


def switches_in(data):
    """Which switches a form or an address has on."""
    return tuple(name for name in SWITCHES if data.get(name))
