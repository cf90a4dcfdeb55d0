"""The draft and the publishing fixture of the surveys' tests."""

from tests.consultation.surveys.conftest import index, parks, publish  # noqa: F401
