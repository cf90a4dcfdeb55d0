"""Form rows that buttons add and remove. A press renders the page again with the typed data; no script is needed."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError

from insights.publishing.edit_conflicts import OPENED, OVERTAKEN, fingerprint_content

MOST = 30
MORE, DROP = "more", "drop-"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class AddableRowForm(forms.Form):
    """One row; an empty row is ignored. `needed`: (required field, error text) of a row that is not empty."""

    needed: tuple[str, str] = ("", "")
    # Fields with a preselected value: these alone do not fill a row.
    preset: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def given_values(self):
        return dict(self.cleaned_data)

    @property
    def is_empty(self):
        return not any(value for name, value in self.given_values().items() if name not in self.preset)

    def clean(self):
        name, words = self.needed
        if not self.errors and not self.is_empty and not self.cleaned_data.get(name):
            self.add_error(name, words)
        return self.cleaned_data


class AddableRows:
    """The formset of a page, from the stored rows or from the sent ones."""

    def __init__(self, form_class, request, *, kept=(), start=2, **form_kwargs):
        self.request, sent = request, request.POST if request.method == "POST" else None
        self.asked = sent.get("do", "") if sent is not None else ""
        self.kept = list(kept)
        self.opened = (sent.get(OPENED) if sent is not None else "") or fingerprint_content(self.kept)
        factory = forms.formset_factory(form_class, extra=0 if kept else start, max_num=MOST, absolute_max=MOST)
        data = self._apply_row_button(sent) if sent is not None else None
        self.general: list[str] = []  # errors that belong to no row
        self.why_error: list[str] | None = None  # of the reason for a change, which stands beside the rows
        self.formset = factory(data, initial=list(kept) or None, prefix="row", form_kwargs=form_kwargs)

    def _apply_row_button(self, sent):
        data = sent.copy()
        total = data.get("row-TOTAL_FORMS", "")
        if self.asked == MORE and total.isdecimal():
            data["row-TOTAL_FORMS"] = str(min(int(total) + 1, MOST))
        if self.asked.startswith(DROP):
            own = f"row-{self.asked.removeprefix(DROP)}-"
            for name in [name for name in data if name.startswith(own)]:
                del data[name]
        return data

    @property
    def is_redraw_only(self):
        """A button added or removed a row: render again, do not validate or save."""
        return self.asked == MORE or self.asked.startswith(DROP)

    @property
    def forms(self):
        return self.formset.forms

    @property
    def errors(self):
        """[(field, row number and label, error)] for the error summary."""
        if self.is_redraw_only or not self.formset.is_bound:
            return []
        return [
            (field, f"{number}. {field.label}", error)
            for number, form in enumerate(self.forms, 1)
            for field in form
            for error in field.errors
        ]

    def is_valid(self):
        return self.formset.is_valid() and not self._is_overtaken()

    def _is_overtaken(self):
        """Other rows were saved since these were rendered: see `meanwhile`."""
        now = fingerprint_content(self.kept)
        if self.opened == now or fingerprint_content(self.given_values()) == now:
            return False
        self.opened = now
        said = (", ".join(f"{value}" for value in row.values() if value not in (None, "", False)) for row in self.kept)
        self.general += [OVERTAKEN, *(f"{number}. {words}" for number, words in enumerate(said, 1))]
        return True

    def save_rows(self, action, name, done, **arguments):
        """Run the action with the sent rows as its argument `name`; whether it was run. An error stays with the rows."""
        if self.request.method != "POST" or self.is_redraw_only or not self.is_valid():
            return False
        try:
            action(by=self.request.user, **{name: self.given_values()}, **arguments)
        except ValidationError as error:
            self.add_row_error(error)
            return False
        messages.success(self.request, done)
        return True

    def given_values(self):
        """The cleaned data of the rows that are not empty, in order."""
        return [form.given_values() for form in self.forms if not form.is_empty]

    def add_row_error(self, error):
        """Attach a domain error to its field. `error.row`: index among the rows that are not empty."""
        filled = [form for form in self.forms if not form.is_empty]
        row = getattr(error, "row", None)
        if row is None and (why := getattr(error, "message_dict", {}).get("why")):
            self.why_error = why
            return
        if row is None or row >= len(filled):
            self.general += error.messages
            return
        for name, words in getattr(error, "message_dict", {"": error.messages}).items():
            filled[row].add_error(name if name in filled[row].fields else None, words)


def attach_row_number(error: ValidationError, row: int) -> ValidationError:
    """Say on the error which row it concerns."""
    error.row = row  # type: ignore[attr-defined]
    return error
