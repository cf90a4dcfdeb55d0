"""The OpenAPI document of the API, told for a page that people read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cms.api.models import Scope

SCOPE = "x-scope"  # in the document: the scope that an operation needs
TYPES = {"integer": "whole number", "number": "number", "string": "text", "boolean": "true or false", "null": "null"}
FORMATS = {"date": "day, as 2026-11-30"}


@dataclass(frozen=True)
class DocumentedField:
    """`type` in words; `of`: the name of the type that it holds, or ""."""

    name: str
    type: str
    of: str
    about: str
    required: bool = True


@dataclass(frozen=True)
class DocumentedOperation:
    path: str
    summary: str
    about: str
    scope: str
    parameters: list[DocumentedField]
    answer: DocumentedField


@dataclass(frozen=True)
class DocumentedApi:
    title: str
    version: str
    about: list[str]
    operations: list[DocumentedOperation]
    types: list[tuple[str, str, list[DocumentedField]]]  # name, what it is, fields
    problems: list[tuple[str, str]]  # status, what it means


def describe_api(document: Mapping[str, Any]) -> DocumentedApi:
    schemas = document["components"]["schemas"]
    operations = [
        operation | {"path": path, "responses": {str(status): said for status, said in operation["responses"].items()}}
        for path, by in document["paths"].items()
        for operation in by.values()
    ]
    problems = {status: answer["description"] for one in operations for status, answer in one["responses"].items()}
    return DocumentedApi(
        document["info"]["title"],
        document["info"]["version"],
        document["info"]["description"].split("\n\n"),
        [_describe_operation(each) for each in operations],
        [(_write_plainly(name), one.get("description", ""), list(_list_fields(one))) for name, one in schemas.items()],
        [(status, words) for status, words in sorted(problems.items()) if status != "200"],
    )


def _describe_operation(told: Mapping[str, Any]) -> DocumentedOperation:
    answer = told["responses"]["200"]["content"]["application/json"]["schema"]
    parameters = [_describe_field(each["name"], each["schema"] | each) for each in told["parameters"]]
    scope = Scope(told[SCOPE]).label
    return DocumentedOperation(
        told["path"], told["summary"], told.get("description", ""), scope, parameters, _describe_field("", answer)
    )


def _list_fields(schema: Mapping[str, Any]) -> Iterator[DocumentedField]:
    for name, told in schema.get("properties", {}).items():
        yield _describe_field(name, told | {"required": name in schema.get("required", ())})


def _describe_field(name: str, told: Mapping[str, Any]) -> DocumentedField:
    type_, of = _name_type(told)
    return DocumentedField(name, type_, of, told.get("description", ""), bool(told.get("required", True)))


def _name_type(told: Mapping[str, Any]) -> tuple[str, str]:
    """(the type in words, the name of the type that it holds)"""
    if "$ref" in told:
        return "", _write_plainly(told["$ref"].rpartition("/")[2])
    if "anyOf" in told:
        every = [_name_type(each) for each in told["anyOf"]]
        words = dict.fromkeys(word for word, _ in every if word)
        return " or ".join(words), next((of for _, of in every if of), "")
    if told.get("type") == "array":
        word, of = _name_type(told.get("items", {}))
        return f"list of {word}".strip(), of
    return FORMATS.get(told.get("format", ""), TYPES.get(told.get("type", ""), "object")), ""


def _write_plainly(name: str) -> str:
    return name.removesuffix("Schema")
