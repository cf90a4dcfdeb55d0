"""Who stood behind each figure that was shown, so that no later one differs from it by a few people.

On the server only, and read by no page. People are fingerprints under a key that is made for one consultation and bound
to the site's own secret: they lead to nobody, and to nothing once the key is gone. All of it goes with `Ledger`.
"""

from django.db import models

from insights.reports.models import Release


class Ledger(models.Model):
    """Of one consultation. Without `key` the fingerprints in its pages say nothing, not even to us."""

    consultation = models.OneToOneField("consultation.ConsultationPage", on_delete=models.PROTECT, related_name="+")
    key = models.BinaryField()
    check_value = models.CharField(
        max_length=16
    )  # that the site's secret is the one these fingerprints were made with

    def __str__(self):
        return f"ledger of {self.consultation_id}"


class LedgerPage(models.Model):
    """One release, also one that was discarded afterwards: an officer had seen it. Never a time, and no order."""

    ledger = models.ForeignKey(Ledger, on_delete=models.CASCADE, related_name="pages")
    release = models.ForeignKey(Release, null=True, on_delete=models.SET_NULL, related_name="+")
    rules = models.JSONField()
    people = models.BinaryField()  # fingerprints of everyone counted, sorted, eight bytes each

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"page {self.pk} of ledger {self.ledger_id}"


class LedgerFigure(models.Model):
    """One table as it was shown, and a bit for each person and each figure that this release renewed."""

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
