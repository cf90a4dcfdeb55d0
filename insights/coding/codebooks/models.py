"""Acts of a draft on themes, and the record of codes that they changed."""

from django.conf import settings
from django.db import models

from insights.coding.models import Codebook, CodebookVersion, Theme
from insights.corpus.models import Text


class ThemeActKind(models.TextChoices):
    MERGE = "merge", "Merged"
    SPLIT = "split", "Split"
    MOVE = "move", "Moved"
    RETIRE = "retire", "Retired"


class ThemeAct(models.Model):
    """A recorded act of a draft on one theme. It takes effect on approval and can be undone until then."""

    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=6, choices=ThemeActKind)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="acts")
    into = models.ManyToManyField(Theme, blank=True, related_name="+")
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(default=dict)  # for undo: the former entry, and what other themes gained

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind} {self.theme}"


class RecodingQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("What was recoded is a record: it is added to, never changed.")


class Recoding(models.Model):
    """A person's code that a codebook version replaced: the former code, its coder, and the new themes.

    It is deleted only with its text. The reason is in the version's ThemeAct.
    """

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="recodings")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="recodings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    coded_with = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="recodings")
    kind = models.CharField(max_length=6, choices=ThemeActKind)
    became = models.JSONField(default=list)  # theme ids; after a split, the themes that people choose from
    more = models.JSONField(default=dict)  # further fields of the code, and the memo of its text

    objects = RecodingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.theme} on {self.text_id}: {self.kind}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("What was recoded is a record: it is added to, never changed.")
        super().save(*args, **kwargs)


class PhraseOrigin(models.TextChoices):
    MARKED = "marked", "Coders marked it"
    NEW_WORD = "new_word", "A new word that a coder took in"
    DECLINED = "declined", "A new word that a coder declined"


class MarkedPhrase(models.Model):
    """A phrase of a codebook that came from answers, see marked_phrases; or a new word that is not proposed again."""

    codebook = models.ForeignKey(Codebook, on_delete=models.CASCADE, related_name="marked_phrases")
    phrase = models.CharField(max_length=300)
    origin = models.CharField(max_length=8, choices=PhraseOrigin, default=PhraseOrigin.MARKED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["codebook", "phrase"], name="one_marked_phrase_of_a_codebook")]

    def __str__(self):
        return self.phrase
