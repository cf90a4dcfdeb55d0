"""Emergency access starts from the same answers and people as the leads' cases."""

from tests.consultation.safeguarding.conftest import *  # noqa: F403
