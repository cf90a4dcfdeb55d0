"""The software bill of materials (CycloneDX 1.6, JSON) of an installed site, from requirements.lock. The same lock gives
the same file."""

import uuid
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from cms.operations.security.locked_packages import (
    LockedPackage,
    list_locked_packages,
    list_needed_packages,
)
from cms.operations.version import read_version


def build_sbom() -> dict[str, Any]:
    packages = list_locked_packages()
    named = {package.name: package for package in packages}
    content = repr([(package.name, package.version, package.hashes) for package in packages])
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": "voice", "name": "voice", "version": read_version()}
        },
        "components": [_describe_component(package) for package in packages],
        "dependencies": [
            {
                "ref": _make_purl(package),
                "dependsOn": sorted({_make_purl(named[need]) for need in list_needed_packages(name) if need in named}),
            }
            for name, package in named.items()
        ],
    }


def _describe_component(package: LockedPackage) -> dict[str, Any]:
    address = {
        "type": "distribution",
        "url": f"https://pypi.org/simple/{package.name}/",
        "hashes": [{"alg": "SHA-256", "content": each} for each in package.hashes],
    }
    return {
        "type": "library",
        "bom-ref": _make_purl(package),
        "name": package.name,
        "version": package.version,
        "purl": _make_purl(package),
        "licenses": _describe_licence(package.licence),
        "externalReferences": [address],
    }


def _describe_licence(licence: str) -> list[dict[str, Any]]:
    if not licence:
        return []
    try:
        return [{"expression": str(canonicalize_license_expression(licence))}]
    except InvalidLicenseExpression:
        return [{"license": {"name": licence}}]


def _make_purl(package: LockedPackage) -> str:
    return f"pkg:pypi/{package.name}@{package.version}"
