"""The draft and the way to publish it that tests of questionnaires have."""

from tests.consultation.surveys.conftest import index, parks, publish  # noqa: F401
