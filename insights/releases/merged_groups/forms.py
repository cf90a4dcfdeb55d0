"""The form of larger groups: for each answer of each question about the person, the name of its group."""

from typing import Any

from django import forms

from consultation.surveys.questionnaire_schema import localised_text
from insights.releases.merged_groups.policies import find_names_mistake


class MergedGroupsForm(forms.Form):
    """Fields `<question id>~<option id>`; a mistake of a question stands at its first answer."""

    def __init__(self, *args: Any, items: list[dict[str, Any]], declared: dict[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.items, self.declared = items, declared
        for item in items:
            label_of = {option: one["label"] for one in declared.get(item["id"], ()) for option in one["options"]}
            for option in item["options"]:
                self.fields[f"{item['id']}~{option['id']}"] = forms.CharField(
                    required=False,
                    label=localised_text(option["text"], "en"),
                    initial=label_of.get(option["id"], ""),
                    widget=forms.TextInput(attrs={"autocomplete": "off"}),
                )

    def clean(self) -> dict[str, Any]:
        for question, names in self.given_values()["names"].items():
            if mistake := find_names_mistake(names):
                self.add_error(f"{question}~{next(iter(names))}", mistake)
        return self.cleaned_data

    def given_values(self) -> dict[str, Any]:
        given: dict[str, dict[str, str]] = {item["id"]: {} for item in self.items}
        for item in self.items:
            for option in item["options"]:
                given[item["id"]][option["id"]] = self.cleaned_data.get(f"{item['id']}~{option['id']}", "")
        return {"names": given}

    def blocks(self) -> list[tuple[str, list[Any]]]:
        """[(question, its fields)]."""
        return [
            (
                localised_text(item["text"], "en"),
                [self[f"{item['id']}~{option['id']}"] for option in item["options"]],
            )
            for item in self.items
        ]

    def list_declared(self) -> list[tuple[str, list[tuple[str, list[str]]]]]:
        """[(question, [(group, its answers in words)])] as they were declared, for reading."""
        rows = []
        for item in self.items:
            texts = {option["id"]: localised_text(option["text"], "en") for option in item["options"]}
            groups = [
                (one["label"], [texts[option] for option in one["options"] if option in texts])
                for one in self.declared.get(item["id"], ())
            ]
            rows += [(localised_text(item["text"], "en"), groups)] if groups else []
        return rows
