"""The demo: invented people and answers, loaded through the product's own actions. Refused outside demo settings."""

import contextlib
import logging


def load_demo(real=None, *, say=print):
    """Load the demo if it is not loaded yet; `real` is a folder of real comments to load as well."""
    from cms.demo import demo_loader, real_comments
    from cms.demo.demo_staff import require_demo

    require_demo()
    with _silence_logger("wagtail"):
        if demo_loader.is_demo_loaded():
            say("The demo is loaded already.")
        else:
            demo_loader.load_example_data(say)
        if real is not None:
            real_comments.load_real_comments(real, say)


@contextlib.contextmanager
def _silence_logger(name):
    """Hide the messages about every published page while the demo loads."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


def list_demo_logins():
    """Lines for the terminal: e-mail addresses, roles and the password."""
    from cms.demo.demo_staff import list_demo_logins as lines

    return lines()
