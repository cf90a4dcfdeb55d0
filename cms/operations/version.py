"""The version of this code: the line `version` of pyproject.toml, and nowhere else."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def read_version() -> str:
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def is_later(version: str) -> bool:
    """Whether this is the version of later code than ours."""
    return _count_parts(version) > _count_parts(read_version())


def _count_parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
