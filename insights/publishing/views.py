"""The pages and buttons that each kind of record has: publish, throw away, translate, confirm a translation.

A subclass names its addresses: "results" has `insights:publish-results`, `discard-results`, `translate-results` and
`confirm-results-words`.
"""

from abc import ABC, abstractmethod
from typing import Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import get_language_info
from django.views.decorators.http import require_POST

from consultation import handover
from consultation.access import Permission, has_permission, require_permission, staff_view
from insights.forms import SeenStateForm, render_form, run_action, save_form
from insights.publishing import translation_confirmation
from insights.publishing.forms import ConfirmTranslationForm, PublishForm
from insights.publishing.records import SOURCE, PublicationStatus


class RecordPages(ABC):
    lifecycle: Any
    model: Any
    name = ""
    key = "pk"  # what the address holds of the record
    shown_with: tuple[str, ...] = ()  # what else is read wherever the record is shown

    @abstractmethod
    def get_address(self, held):
        """The page that shows the record, and is shown after each act."""

    def build_urls(self, prefix):
        """[(end of the address, name, view, permissions)] as addresses under the prefix."""
        return [
            path(prefix + end, staff_view(*may)(view), name=name.format(self.name))
            for end, name, view, may in self.list_views()
        ]

    def list_views(self):
        return []

    def list_drafts(self):
        return self.model.objects.filter(status=PublicationStatus.DRAFT).prefetch_related(*self.shown_with)

    def find(self, key):
        return get_object_or_404(self.model.objects.prefetch_related(*self.shown_with), **{self.key: key[self.key]})

    def reverse(self, act, held, *more):
        return reverse(f"insights:{act}", args=[getattr(held, self.key), *more])


class PublishingPages(RecordPages):
    done = "Published. Everyone can read it now."
    gone = "The draft is gone."
    may_be_discarded = True

    def list_views(self):
        found = [
            *super().list_views(),
            ("publish/", "publish-{}", require_POST(self.publish), [self.lifecycle.may_publish]),
        ]
        if self.may_be_discarded:
            found.append(("discard/", "discard-{}", require_POST(self.discard), [self.lifecycle.may_write]))
        return found

    def publish(self, request, **key):
        held, given = self.find(key), PublishForm(request.POST).given_values()
        run_action(request, self.lifecycle.publish, self.done, of=held, **given)
        return redirect(self.get_address(held))

    def discard(self, request, **key):
        held, given = self.find(key), SeenStateForm(request.POST).given_values()
        if run_action(request, self.lifecycle.discard, self.gone, of=held, **given):
            return redirect(self.get_address_without(held))
        return redirect(self.get_address(held))

    def get_address_without(self, held):
        """The page that is shown when the record is thrown away."""
        return self.get_address(held)

    def build_panel(self, held, user):
        """Context of `waits.html`: what a draft waits for, and what this person may do with it."""
        grade, most = self.lifecycle.measure_grade(held) if held.is_draft else (0, 0)
        discard = held.is_draft and self.may_be_discarded and has_permission(user, self.lifecycle.may_write)
        return {
            "one": held,
            "state_hash": self.lifecycle.get_state_hash(held),
            "reads": handover.describe_reading_age(grade, most) if most else "",
            "hard": grade > most,
            "waits": self.lifecycle.two_people
            if held.is_draft and user.pk in self.lifecycle.list_writer_ids(held)
            else "",
            "may_publish": self.lifecycle.may_be_published_by(held, user),
            "publish": self.reverse(f"publish-{self.name}", held),
            "discard": self.reverse(f"discard-{self.name}", held) if discard else "",
        }


class TranslationPages(RecordPages):
    may_open: tuple[Permission, ...] = ()  # permissions of the pages, beside that to translate this record

    @abstractmethod
    def build_form(self, data, held, language):
        """The form of the words in this language."""

    @abstractmethod
    def build_context(self, held, language_name):
        """Of the form's page: heading, and what else its template takes."""

    def list_views(self):
        return [
            *super().list_views(),
            ("words/<str:language>/", "translate-{}", self.translate, self.may_open),
            ("words/<str:language>/right/", "confirm-{}-words", require_POST(self.confirm), self.may_open),
        ]

    def translate(self, request, language, **key):
        held, name = self.find(key), get_language_name_or_404(language)
        require_permission(request.user, self.lifecycle.may_translate, held)
        form = self.build_form(request.POST or None, held, language)
        done = f"The words in {name} are saved. They show when a colleague has checked them."
        if save_form(request, form, self.lifecycle.translate, done, of=held, language=language):
            return redirect(self.get_address(held))
        check = self._build_confirmation(held, language, request.user)
        return render_form(request, form, check=check, **self.build_context(held, name))

    def _build_confirmation(self, held, language, user):
        words, english = self.lifecycle.words_in(held, language), self.lifecycle.english_of(held)
        seen = translation_confirmation.hash_translation_state(words, english)
        return {
            "words": any(translation_confirmation.strip_metadata(words).values()),
            "by": words.get("checked_by", ""),
            "refused": translation_confirmation.confirmation_refusal(words, english, by=user, seen_state=None),
            "form": ConfirmTranslationForm(initial={"seen_state": seen}),
            "url": self.reverse(f"confirm-{self.name}-words", held, language),
        }

    def confirm(self, request, language, **key):
        held, given = self.find(key), ConfirmTranslationForm(request.POST).given_values()
        done = f"The words in {get_language_name_or_404(language)} show now, checked by you."
        if run_action(request, self.lifecycle.confirm_translation, done, of=held, language=language, **given):
            return redirect(self.get_address(held))
        return redirect(self.reverse(f"translate-{self.name}", held, language))

    def list_languages(self, held, user):
        may = has_permission(user, self.lifecycle.may_translate, held)
        return list_languages(
            self.name, getattr(held, self.key), lambda code: self.lifecycle.words_in(held, code), may
        )


def list_languages(name, key, words_in, may_translate):
    """Context of `languages.html`: each language but English, and how far its words are. No address: the person may not
    translate it."""
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "address": reverse(f"insights:translate-{name}", args=[key, code]) if may_translate else "",
            "state": translation_confirmation.describe_state(words_in(code)),
        }
        for code, _ in settings.LANGUAGES
        if code != SOURCE
    ]


def get_language_name_or_404(language):
    """The name of a language into which words are translated."""
    if language not in dict(settings.LANGUAGES) or language == SOURCE:
        raise Http404
    return get_language_info(language)["name"]
