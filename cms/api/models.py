"""API clients: programs of partner agencies that read releases. Kept: the token's hash, and requests per day."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone

from consultation.agencies.models import KnownAgency


class Scope(models.TextChoices):
    RELEASES = "releases", "Releases and their figures"
    THEMES = "themes", "Themes, and figures about them"
    QUOTES = "quotes", "Quotes that two people approved for everyone"
    DECISIONS = "decisions", "Published decisions, and what came of them"
    COVERAGE = "coverage", "What was heard of each point of the strategy, with numbers of people"


class ApiClientQuerySet(models.QuerySet):
    def working(self):
        return self._list_open().filter(confirmed_on__isnull=False)

    def waiting(self):
        """Those that one administrator made and no other has confirmed: their tokens read nothing yet."""
        return self._list_open().filter(confirmed_on=None)

    def _list_open(self):
        return self.filter(revoked_on=None, expires_on__gte=timezone.localdate())


class ApiClient(models.Model):
    """A program and its one token, which reads once a second administrator has confirmed it. Who made it saw the token, so
    with one administrator alone it would open words of children to somebody whose role opens none."""

    name = models.CharField(max_length=120)
    agency = models.ForeignKey(KnownAgency, on_delete=models.PROTECT, related_name="+")
    scopes = models.JSONField(default=list)
    per_minute = models.PositiveIntegerField(default=60)
    expires_on = models.DateField()
    token_hash = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # A day without a name: it was there before a second administrator was asked for.
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    objects = ApiClientQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("made_by")), name="an_api_client_is_confirmed_by_another"
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.agency}"

    @property
    def is_working(self) -> bool:
        return self.confirmed_on is not None and self._is_open

    @property
    def waits(self) -> bool:
        return self.confirmed_on is None and self._is_open

    @property
    def _is_open(self) -> bool:
        return self.revoked_on is None and self.expires_on >= timezone.localdate()

    @property
    def scope_words(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]


class ApiUse(models.Model):
    """Number of requests of a client on a day; what was requested is not kept."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "day"], name="one_count_of_a_client_and_day")]

    def __str__(self):
        return f"{self.client}: {self.requests} on {self.day}"

    @classmethod
    def count(cls, client: ApiClient) -> None:
        of_today = cls.objects.filter(client=client, day=timezone.localdate())
        if not of_today.update(requests=F("requests") + 1):
            cls.objects.get_or_create(client=client, day=timezone.localdate())
            of_today.update(requests=F("requests") + 1)


class ApiMinute(models.Model):
    """Requests of a client in the current minute. One row per client, overwritten each minute."""

    client = models.OneToOneField(ApiClient, on_delete=models.CASCADE, related_name="+", primary_key=True)
    minute = models.BigIntegerField(default=0)  # since 1970
    requests = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.client}: {self.requests} in a minute"

    @staticmethod
    def take(client: ApiClient, minute: int) -> bool:
        """Count one request; returns whether it is allowed. One statement checks and counts, so there is no race."""
        row = ApiMinute.objects.filter(client=client)
        runs = Q(minute__in=[minute, minute + 1])  # the clock of another process may be a minute ahead
        free = row.filter(~runs | Q(requests__lt=client.per_minute))
        counted = {
            "requests": Case(When(runs, then=F("requests") + 1), default=1),
            "minute": Case(When(runs, then=F("minute")), default=minute),
        }
        if free.update(**counted):
            return True
        ApiMinute.objects.bulk_create(
            [ApiMinute(client=client)], ignore_conflicts=True
        )  # the client's first request ever
        return bool(free.update(**counted))
