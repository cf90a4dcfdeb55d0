"""The demo: invented people and answers, loaded through the product's own actions. Refused outside demo settings."""

import contextlib
import logging


def load_demo(real=None, *, say=print):
    """Load the demo if it is not loaded yet; `real` is a folder of real comments to load as well."""
    from cms.demo import loading, real_voices
    from cms.demo.people import only_on_a_demo

    only_on_a_demo()
    with _quiet("wagtail"):
        if loading.is_loaded():
            say("The demo is loaded already.")
        else:
            loading.load(say)
        if real is not None:
            real_voices.load(real, say)


@contextlib.contextmanager
def _quiet(name):
    """Hide the messages about every published page while the demo loads."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


def demo_logins():
    """Lines for the terminal: e-mail addresses, roles and the password."""
    from cms.demo.people import demo_logins as lines

    return lines()
