"""Releases: a consultation's figures and quotes, frozen after disclosure control. Only protected values are stored."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property

from consultation import handover
from insights.coding.blind_samples.models import SampledText
from insights.coding.models import CodebookVersion, Theme
from insights.corpus.models import Text
from insights.publishing.records import PublicationQuerySet, TwoPersonRecord
from insights.publishing.records import PublicationStatus as ReleaseStatus
from insights.releases.stored_figures import is_reported, weigh_row
from insights.releases.withheld_releases import list_withheld

# Kinds of figures that are large; the pages that show one ("Who differs", a question) load it.
CROSSED = ("question-by", "themes-by-answer", "themes-with", "in-period")


class ReleaseQuerySet(PublicationQuerySet):
    def published(self):
        """Without those that the person who looks may not see."""
        found, withheld = super().published(), list_withheld()
        return found.exclude(pk__in=withheld) if withheld else found


class Release(TwoPersonRecord):
    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    codebook_version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField(default=dict)
    secret_fingerprint = models.CharField(max_length=16, blank=True)  # of RECORD_KEY_SECRET; "": made before cell keys
    people = models.PositiveIntegerField(null=True)  # as its rules show it; None: hidden
    verification = models.JSONField(default=dict)  # see release_verification.summarise_errors
    agreement = models.JSONField(default=dict)  # at that time; see coding.agreement for_a_release
    coding = models.JSONField(default=dict)  # at that time; see coding_summary.summarise_coding
    made_by = models.ForeignKey(  # type: ignore[assignment]  # None: the command line
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="one_release_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(status="draft", published_on__isnull=True)
                | models.Q(status="published", published_on__isnull=False),
                name="published_release_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True) | ~models.Q(published_by=models.F("made_by")),
                name="two_people_publish_a_release",
            ),
        ]
        ordering = ["consultation", "-number"]

    def __str__(self):
        return f"{self.consultation}, release {self.number}"

    @cached_property
    def figures_of_page(self) -> list["Figure"]:
        """Its figures without the large ones, fetched once: a frozen release does not change."""
        return list(self.figures.exclude(kind__in=CROSSED))

    def theme_rows(self) -> list[dict[str, Any]]:
        themes = self.figures.filter(kind="themes", key="all").first()
        return themes.table.get("rows", []) if themes else []

    def people_by_theme(self) -> dict[int, int]:
        """{theme id: its shown number}, the largest first; of one that nearly all spoke of, everyone who wrote."""
        themes = self.figures.filter(kind="themes", key="all").first()
        table = themes.table if themes else {"rows": []}
        found = [(int(row["id"]), weigh_row(row, table["base"])) for row in table["rows"] if is_reported(row)]
        return dict(sorted(found, key=lambda one: -one[1]))

    def shown_themes(self) -> list[int]:
        return list(self.people_by_theme())


class Figure(models.Model):
    """One protected table: a question, themes, or themes by an "about you" question. `table` holds no hidden value.

    table = {"base": int|None, "several": bool, "refused"?: why, in plain words,
             "rows": [{"id", "label", "value": int|None, "symbol": "" or why no number, "percent", "low", "high",
                       "cells": [{"value", "symbol", "percent"}]}],      # cells only in a two-way table
             "columns": [{"id", "label"}], "column_totals": [{"value", "symbol"}]}
    A table of themes also has "sample": people read of a random sample, None where everyone was, and in its rows "read":
    people in whom a person found the theme; where `value` is an estimate, "coded": people of whom the cells are parts.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=20)  # see exports/data_dictionary.py KINDS
    key = models.CharField(max_length=250)  # question id (and row of a grid), or the facet
    order = models.PositiveIntegerField(default=0)
    title = models.TextField()
    table = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "kind", "key"], name="one_figure_of_a_key")]
        ordering = ["release", "order"]

    def __str__(self):
        return self.title


class EqualityPicture(models.Model):
    """Equality monitoring of a consultation after disclosure control: one protected table a question.

    figures = [{"key", "title", "table": as in Figure}]. `rows` only tells whether more have come; no page shows it.
    """

    consultation = models.OneToOneField("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    made_on = models.DateField()
    figures = models.JSONField(default=list)

    def __str__(self):
        return f"who we heard from in {self.consultation}"


SPEAKERS = {  # by the audience of the consultation: the only label that a quote carries (C3)
    "children-young-people": "A young person",
    "parents-carers": "A parent or carer",
    "communities": "Someone who lives or works here",
    "professionals": "Someone who works with children",
}
MEDIATED_SPEAKERS = {
    handover.GROUP: "A group, as a facilitator wrote it down",
    handover.HELPED: "One person, as a helper wrote it down",
}


CHOSEN = 6  # quotes that stand first on a theme's page; see chosen_quotes


class QuoteQuerySet(models.QuerySet):
    def sees_all(self, user):
        """Whether the user sees every quote: planners, and those who may read cleared text."""
        return user.has_perm("consultation.read_cleared") or user.has_perm("insights.draft_decision")

    def seen_by(self, user):
        """All quotes, or for partners and auditors those that two people approved for the public; words that
        somebody else wrote down go to planners too only when two people approved them. Coders do not see
        quotes of texts that they may have to code blind; the blind sample holds no text of a public page."""
        found = self if self.sees_all(user) else self.for_the_public()
        if not user.has_perm("insights.approve_quote"):
            found = found.without_waiting_mediated()
        if not user.has_perm("insights.code_themes"):
            return found
        return found.exclude(source_text__in=SampledText.objects.blind_for(user))

    def for_the_public(self):
        """Quotes that two people approved. Few are approved at all, so the search begins with those."""
        return self.filter(erased=False, pk__in=self._approved_by_two())

    @staticmethod
    def _approved_by_two():
        approved = Quote.public_approved_by.through.objects.values("quote").annotate(people=models.Count("pk"))
        return approved.filter(people__gte=2).values("quote")

    def mediated(self):
        """Words that a facilitator or a helper wrote down."""
        return self.filter(audience__in=[*handover.MEDIATED.values()])

    def without_waiting_mediated(self):
        """Without mediated words that two people have not approved: until then they go to those who approve, alone."""
        written_down = models.Q(audience__in=[*handover.MEDIATED.values()])
        return self.filter(~written_down | models.Q(erased=False, pk__in=self._approved_by_two()))


class Quote(models.Model):
    """A quotable, cleared text of a theme in a release. Erasing empties `text`; the row stays for the trace."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="quotes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="quotes")
    source_text = models.ForeignKey(Text, null=True, on_delete=models.SET_NULL, related_name="quotes")
    question = models.CharField(max_length=120)
    version = models.ForeignKey("consultation.PublishedVersion", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=24)
    language = models.CharField(max_length=5, default="en")
    text = models.TextField(blank=True)
    erased = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=False)  # a person, not the machine, found the theme in it
    featured = models.BooleanField(default=False)  # one of at most three shown in the report
    # Written by chosen_quotes; 0: not arranged yet. The first CHOSEN are chosen, all others have one of two places.
    place = models.PositiveSmallIntegerField(default=0)
    disagrees = models.BooleanField(default=False)  # with most others of its theme, by the stance that coders gave it
    fold = models.PositiveIntegerField(null=True)  # common to a theme's quotes that say nearly the same
    alike = models.PositiveIntegerField(null=True)  # how many others of its fold, as disclosure control shows it
    public_approved_by = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")

    objects = QuoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "theme", "source_text"], name="one_quote_of_a_text_in_a_theme"),
            models.CheckConstraint(
                condition=models.Q(erased=False) | models.Q(text=""), name="erased_quote_has_no_words"
            ),
        ]
        indexes = [models.Index(fields=["release", "theme"], name="featured", condition=models.Q(featured=True))]

    def __str__(self):
        return f"quote {self.pk}"

    @property
    def is_from_group(self) -> bool:
        """Whether several people said it and a facilitator wrote it down."""
        return self.audience == handover.GROUP

    @property
    def is_from_helped(self) -> bool:
        """Whether one person said it, by phone or to a helper, who wrote it down."""
        return self.audience == handover.HELPED

    @property
    def is_chosen(self) -> bool:
        return 0 < self.place <= CHOSEN

    @property
    def others_in_words(self) -> str:
        """How many more people say nearly this, frozen with the release; "" where its words stand alone."""
        if self.fold is None:
            return ""
        return f"{self.alike or 'A few'} more say nearly this"
