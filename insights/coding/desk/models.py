"""The coding desk: places of texts in the coding queue, saved filters, and steps that can be undone."""

from django.conf import settings
from django.db import models

from insights.coding.models import Theme
from insights.corpus.models import Text


class DeskPlace(models.Model):
    """A text's place in the coding queue, so that similar texts are neighbours. It depends on words and proposals, never
    on the time of arrival. `key` sorts; it is never shown and is in no address.
    """

    text = models.OneToOneField(Text, on_delete=models.CASCADE, primary_key=True, related_name="place")
    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    lead = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="+")
    sure = models.FloatField(default=0)  # the confidence of the likeliest proposal; 0: none
    unread = models.BooleanField(default=False)  # the machine does not know its language: people code it
    looked = models.BooleanField(default=False)  # the machine had processed the text when this place was made
    upto = models.PositiveBigIntegerField(default=0)  # id of the newest proposal used for this place

    class Meta:
        indexes = [
            models.Index(fields=["consultation", "key"], name="desk_line"),
            models.Index(fields=["consultation"], condition=models.Q(unread=True), name="desk_unread"),
        ]

    def __str__(self):
        return f"place of {self.text_id}"


class SavedSetQuerySet(models.QuerySet):
    def for_coder(self, user, consultation):
        """One's own sets and those that colleagues share."""
        mine = models.Q(owner=user) | models.Q(shared=True)
        return self.filter(mine, consultation=consultation).select_related("owner").order_by("name", "pk")


class SavedSet(models.Model):
    """A named filter of the desk; its texts are queried each time."""

    consultation = models.ForeignKey("consultation.ConsultationPage", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    shared = models.BooleanField(default=False)
    choices = models.JSONField(default=dict)

    objects = SavedSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "owner", "name"], name="one_saved_set_of_a_name")
        ]

    def __str__(self):
        return self.name


class Undoable(models.Model):
    """The choice on a text before one of a coder's last steps. Rows of one step are undone together."""

    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    step = models.PositiveIntegerField()
    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(null=True)  # None: no person had coded it
    after = models.CharField(max_length=20)  # mark of the step's result: undone only while that is current

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coder", "step", "text"], name="one_text_once_in_a_step")]

    def __str__(self):
        return f"step {self.step} of {self.coder_id}"
