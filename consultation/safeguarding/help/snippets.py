"""Wagtail snippet of help entries, with the day of their last check (D2)."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from consultation.audit.audit_log import record_event
from consultation.interface_text import LANGUAGES
from consultation.safeguarding.help import number_changes
from consultation.safeguarding.help.directory import is_check_overdue
from consultation.safeguarding.help.needs import NEEDS
from consultation.safeguarding.models import HelpEntry


def describe_last_check(entry):
    if entry.checked_on is None:
        return "Never checked"
    return f"{'Check again: ' if is_check_overdue(entry.checked_on) else ''}{entry.checked_on:%-d %B %Y}"


class HelpEntryForm(WagtailAdminModelForm):
    """Choices are stored as JSON lists. A new number waits for a second person."""

    needs = forms.MultipleChoiceField(
        choices=list(NEEDS.items()), required=False, label="Helps with", widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        choices=[(each.code, each.name) for each in LANGUAGES],
        required=False,
        label="They speak",
        help_text="Only what they told you. None ticked: English.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        """An entry keeps its slug: surveys find the place by it, so one person could show another line as Childline."""
        super().__init__(*args, **kwargs)
        self.fields["slug"].disabled = bool(self.instance.pk)

    def _post_clean(self):
        super()._post_clean()
        for name, number in number_changes.list_numbers_in_prose(self.instance).items():
            self.add_error(
                name, f"Write {number} in its own field: there a second person tries it before it is shown."
            )

    def save(self, commit=True):
        wanted = number_changes.hold_back_new_numbers(self.instance)
        entry = super().save(commit)
        number_changes.ask_for_numbers(entry=entry, wanted=wanted, by=self.for_user)
        return entry


class HelpEntryViewSet(SnippetViewSet):
    model = HelpEntry
    icon = "help"
    menu_label = "Help entries"
    menu_order = 300
    add_to_admin_menu = True
    list_display = [
        "name",
        "for_whom",
        "call",
        Column("checked", label="Checked", accessor=describe_last_check),
        "owner",
    ]
    list_filter = ["checked_on"]
    search_fields = ["name", "for_whom"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                "Call the number, look at the page, then set the day. After 90 days the entry asks to be checked again. "
                "Hours like “Mon-Thu 8:30-17:00, Fri 8:30-16:30” or “Always” let the page say “Open now”: "
                "by a clock of 24 hours. Words that came with the site are shown in the language of the page, as the pages "
                "“Languages” have them. Your own words are there, too: one person translates them, another reads them; "
                "until then they are shown in English."
            ),
            HelpPanel(
                "A new number or address is shown when a second person has tried it, on the page "
                "<a href='/staff/help-numbers/'>New numbers</a>. An empty field takes effect at once."
            ),
            FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
            FieldPanel("for_whom"),
            MultiFieldPanel(
                [FieldPanel("call"), FieldPanel("text"), FieldPanel("web"), FieldPanel("chat"), FieldPanel("hours")],
                "How to reach it",
            ),
            MultiFieldPanel([FieldPanel("needs"), FieldPanel("languages")], "Who finds it"),
            MultiFieldPanel(
                [FieldPanel("is_free"), FieldPanel("no_name"), FieldPanel("on_bill"), FieldPanel("leaves_trace")],
                "What a child must know before calling",
            ),
            FieldRowPanel([FieldPanel("owner"), FieldPanel("checked_on"), FieldPanel("order")]),
        ],
        base_form_class=HelpEntryForm,
    )


WAITS = "A new number of {name} waits: a second person tries it, and then it is shown. Until then the last one stays."


def _build_audit_hook(verb):
    def recorded(request, instance):
        if isinstance(instance, HelpEntry):
            record_event(verb, by=request.user, obj=instance)
            if instance.number_changes.exists():
                messages.warning(request, WAITS.format(name=instance.name))

    return recorded


hooks.register("after_create_snippet", _build_audit_hook("help entry added"))
hooks.register("after_edit_snippet", _build_audit_hook("help entry changed or checked"))


PERMANENT_ENTRIES = frozenset({"999", "childline", "shout"})
CANNOT_DELETE = "“{name}” stands on every page that people answer, so it stays here. Change what is wrong in it."


@hooks.register("before_delete_snippet")
def refuse_deleting_permanent_entries(request, instances):
    """Refuse to delete entries that every survey page links to."""
    kept = [entry for entry in instances if isinstance(entry, HelpEntry) and entry.slug in PERMANENT_ENTRIES]
    if not kept:
        return None
    messages.error(request, " ".join(CANNOT_DELETE.format(name=entry.name) for entry in kept))
    return redirect("wagtailsnippets_consultation_helpentry:list")


@hooks.register("after_delete_snippet")
def audit_help_deletion(request, instances):
    for instance in instances:
        if isinstance(instance, HelpEntry):
            record_event("help entry removed", by=request.user, slug=instance.slug)


register_snippet(HelpEntryViewSet)
