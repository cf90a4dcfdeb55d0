"""The demo: invented people and answers, loaded through the product's own verbs. Refuses where it is not a demo."""

import contextlib
import logging


def load_demo(real=None, *, say=print):
    """Load the demo, once; with `real`, a folder of real comments beside it, once too."""
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
    """Which page was published is no news while a demo loads."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


def demo_logins():
    """Lines that say who can sign in, and with which password."""
    from cms.demo.people import demo_logins as lines

    return lines()
