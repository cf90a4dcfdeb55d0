"""A model field whose values are sealed to the answer key: whoever has the database without a private key cannot read them.

Any process can save a value. It is opened when the attribute is asked for; without a private key that raises VaultLocked,
and nothing else of the row does. Null stays null, so `isnull` works; no other question of SQL can be answered.
"""

import base64
import json
from typing import Any, cast

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from consultation.responses.vault import open_sealed_text, seal_text


def is_sealed(value: Any) -> bool:
    return isinstance(value, bytes | memoryview)


class SealedAttribute(DeferredAttribute):
    """Opens the value when it is first read, and keeps what it opened."""

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        if not is_sealed(value):
            return value
        opened = cast(SealedJSONField, self.field).open_value(value)
        self.__set__(cast(models.Model, instance), opened)
        return opened

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedJSONField(models.BinaryField):
    """A value of JSON, sealed. Values that take up to `least` bytes take the same place, so that a length does not tell
    how much was found."""

    descriptor_class = SealedAttribute
    _pyi_private_set_type: Any  # of type checkers: a value of JSON, not bytes
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, least: int = 0, **options: Any) -> None:
        self.least = least
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"least": self.least}

    def seal_value(self, value: Any) -> bytes:
        return seal_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")).ljust(self.least))

    def open_value(self, sealed: bytes | memoryview) -> Any:
        return json.loads(open_sealed_text(sealed))

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        unsealed = value is not None and not is_sealed(value) and not hasattr(value, "as_sql")
        return super().get_db_prep_save(self.seal_value(value) if unsealed else value, connection)

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and not is_sealed(value):
            raise TypeError(f"{self.name} is sealed: no query can compare it.")
        return super().get_prep_value(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """A value that nobody opened is saved as it is: a process without keys saves the rest of the row."""
        return model_instance.__dict__.get(self.attname)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.pre_save(obj, add=False)
        return (
            "" if value is None else base64.b64encode(value if is_sealed(value) else self.seal_value(value)).decode()
        )
