"""The differencing ledger: the people behind each shown figure, so that no later one differs by only a few of them.

No page reads it. People are fingerprints under a key made for one consultation and bound to the site's SECRET_KEY:
they identify nobody, and match nothing once the key is gone. Deleting a `Ledger` deletes all of it.
"""

from django.db import models

from insights.releases.models import Release


class Ledger(models.Model):
    """One consultation's ledger. Without `key` nobody can match the fingerprints in its pages."""

    consultation = models.OneToOneField("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    key = models.BinaryField()
    check_value = models.CharField(
        max_length=16
    )  # shows whether the fingerprints were made with the current SECRET_KEY

    def __str__(self):
        return f"ledger of {self.consultation_id}"


class LedgerPage(models.Model):
    """One release, even if discarded later, since an officer had seen it. It keeps no time and no order of people."""

    ledger = models.ForeignKey(Ledger, on_delete=models.CASCADE, related_name="pages")
    release = models.ForeignKey(Release, null=True, on_delete=models.SET_NULL, related_name="+")
    rules = models.JSONField()
    people = models.BinaryField()  # fingerprints of everyone counted, sorted, eight bytes each

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"page {self.pk} of ledger {self.ledger_id}"


class LedgerFigure(models.Model):
    """One table as it was shown, and for each figure that this release renewed one bit a person."""

    page = models.ForeignKey(LedgerPage, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=250)
    table = models.JSONField()  # as in Figure.table
    places = models.JSONField(default=list)  # [[row id, column id, length of its bits]]
    bits = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "kind", "key"], name="one_ledger_figure_of_a_key")]

    def __str__(self):
        return f"{self.kind} {self.key}"
