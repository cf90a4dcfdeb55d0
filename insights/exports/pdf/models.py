"""Requested papers and their files. A paper is deleted when words in it are withdrawn."""

from django.db import models
from django.utils import timezone


class PaperKind(models.TextChoices):
    REPORT = "report", "The report of a release"
    ASSESSMENT = "assessment", "A strategic assessment"


class PaperForm(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document (DOCX)"


class PaperQuerySet(models.QuerySet):
    def wanted(self):
        return self.filter(content=None, trouble="")


class Paper(models.Model):
    """One edition: of a release or a quarter, with public quotes only or all, with a partner's mark or without.

    `digest` is of its markup: a changed one means that the kept file is out of date.
    """

    kind = models.CharField(max_length=10, choices=PaperKind)
    form = models.CharField(max_length=4, choices=PaperForm, default=PaperForm.PDF)
    subject = models.CharField(max_length=40)  # id of the release, or the quarter
    for_all = models.BooleanField(default=False)  # only quotes that two people approved for everyone
    mark = models.CharField(max_length=200, blank=True)  # a partner's agency, and the day
    withheld = models.JSONField(default=list)  # ids of releases that its reader may not see
    digest = models.CharField(max_length=40)
    content = models.BinaryField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
    wanted_on = models.DateField(default=timezone.localdate)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "form", "subject", "for_all", "mark"], name="one_paper_of_an_edition"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.subject}"

    @property
    def is_made(self):
        return self.content is not None
