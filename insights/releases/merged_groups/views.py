"""The page on which officers declare larger groups before the first release, and read them afterwards."""

from typing import Any

from django import forms
from django.shortcuts import redirect
from django.urls import reverse

from consultation.access import staff_view
from consultation.surveys.questionnaire_schema import localised_text
from insights.access import require_consultation
from insights.forms import render_form, save_form
from insights.releases.merged_groups import actions
from insights.releases.merged_groups.models import load_merged_groups
from insights.releases.merged_groups.policies import find_names_mistake

DONE = "Kept. The first release freezes these groups."


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


@staff_view("insights.publish_release")
def edit_merged_groups(request, slug):
    page = require_consultation(slug)
    items, declared = actions.list_mergeable_questions(page), load_merged_groups(page)
    form = MergedGroupsForm(request.POST or None, items=items, declared=declared)
    if save_form(request, form, actions.declare_merged_groups, DONE, consultation=page):
        return redirect("insights:make-release", slug)
    context = {
        "section": "releases",
        "heading": "Larger groups",
        "crumbs": [
            ("Releases", reverse("insights:releases")),
            (page.title, reverse("insights:make-release", args=[slug])),
        ],
        "save": "Keep these groups",
        "frozen": actions.why_not_declare_now(page),
        "declared": form.list_declared(),
    }
    return render_form(request, form, "insights/releases/merged_groups/larger_groups.html", **context)
