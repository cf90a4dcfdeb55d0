"""W3C "CSV on the Web" metadata of figures.csv, made from the data dictionary."""

from typing import Any

from insights.disclosure.rules_wording import wording_of
from insights.exports.data_dictionary import COLUMNS
from insights.exports.release_document import build_log_document
from insights.releases.models import Release


def build_csvw_metadata(release: Release, url: str, *, mark: str = "") -> dict[str, Any]:
    """Metadata of a published release's sheet. `url` is the sheet's file name, in the same folder."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": f"{release.consultation.title}, release {release.number}",
        "dc:description": wording_of(release.rules).meaning,
        "dc:issued": {"@value": str(release.published_on), "@type": "xsd:date"},
        "dc:rights": mark or "For use inside the partnership.",
        "dc:conformsTo": f"Codebook {release.codebook_version}",
        "notes": build_log_document(release),
        "dialect": {"encoding": "utf-8", "header": True, "quoteChar": '"', "delimiter": ","},
        "tableSchema": {
            "columns": [
                {"name": one.name, "titles": one.title, "datatype": one.type, "null": list(one.null)}
                | {"dc:description": one.meaning}
                for one in COLUMNS
            ]
        },
    }
