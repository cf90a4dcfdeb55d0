"""Staff accounts and role requests. Respondents have no account; nobody is a superuser."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, Permission, UserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from cms.accounts.agreements import Agreement
from consultation.agencies.models import KnownAgency

PARTNER = "partner_viewer"  # the one role that ends with an agreement


class StaffManager(UserManager):
    def _create_account(self, email, password, **extra):
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email, password=None, **extra):
        return self._create_account(email, password, **extra)

    def create_superuser(self, email, password=None, **extra):
        raise TypeError("Nobody is a superuser here. Use `voice create_administrator EMAIL`.")


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)
    agency = models.ForeignKey(KnownAgency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[StaffManager] = StaffManager()

    class Meta(AbstractUser.Meta):
        constraints = [models.CheckConstraint(condition=models.Q(is_superuser=False), name="nobody_is_superuser")]

    def __str__(self):
        return self.get_full_name() or self.email

    def has_perm(self, perm, obj=None):
        return self.is_active and obj is None and perm in self._rights

    def has_module_perms(self, app_label):
        return self.is_active and any(right.startswith(f"{app_label}.") for right in self._rights)

    @cached_property
    def _rights_by_role(self) -> dict[str, set[str]]:
        """{role, or "" for the person's own: {"app.permission"}}, in one query: pages ask dozens of times."""
        columns = "role", "content_type__app_label", "codename"
        of_roles = Permission.objects.filter(group__user=self).annotate(role=models.F("group__name"))
        own = Permission.objects.filter(user=self).annotate(role=models.Value(""))
        found: dict[str, set[str]] = {}
        every = of_roles.order_by().values_list(*columns).union(own.order_by().values_list(*columns)).order_by()
        for role, app, codename in every:
            found.setdefault(role, set()).add(f"{app}.{codename}")
        return found

    @cached_property
    def _rights(self) -> set[str]:
        """A partner's permissions end by themselves at midnight when the agreement of their agency ends."""
        held = self._rights_by_role.items()
        return set().union(*(rights for role, rights in held if role != PARTNER or not self.partner_has_lapsed))

    @cached_property
    def partner_has_lapsed(self) -> bool:
        return PARTNER in self._rights_by_role and not Agreement.objects.of(self.agency).in_date().exists()

    @cached_property
    def _current_agreement(self) -> Agreement | None:
        return Agreement.objects.of(self.agency).in_date().order_by("ends").last()

    @property
    def agreement_ends(self) -> date | None:
        """Last day of the current agreement."""
        return self._current_agreement.ends if self._current_agreement else None

    @property
    def agreement_ends_soon(self) -> bool:
        return self._current_agreement is not None and self._current_agreement.ends_soon


class Suspension(models.Model):
    """An account that was stopped at once. Its roles stay, open to nobody, until it is lifted or the account is closed.
    The reason is kept where matters of staff are kept, not here."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="suspension"
    )
    suspended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(default=timezone.localdate)

    def __str__(self):
        return f"{self.person}, since {self.since}"


class PasswordLinkRequest(models.Model):
    """A link to set a password, asked for on the page of sign-in, which a sweep mails. `person` is empty where nobody has
    the address: the page does the same for each address, so its time tells nobody who has an account."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"a link for {self.person}"


class RoleRequestQuerySet(models.QuerySet):
    def current(self, today: date | None = None):
        return self.filter(asked_on__gt=(today or timezone.localdate()) - RoleRequest.WAITS)

    def lapsed(self, today: date | None = None):
        return self.filter(asked_on__lte=(today or timezone.localdate()) - RoleRequest.WAITS)


class RoleRequest(models.Model):
    """A role that waits for an administrator's confirmation.

    One administrator asks, another confirms. A role restored from a backup (`as_of`) has no requester yet. A request
    lapses after two weeks, so that nobody confirms one whose reason is forgotten.
    """

    WAITS = timedelta(days=14)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_requests")
    role = models.CharField(max_length=40)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    asked_on = models.DateField(default=timezone.localdate)
    as_of = models.DateField(null=True, blank=True)  # the day of the backup

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], name="one_request_a_role"),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=False) | Q(as_of__isnull=False), name="a_role_is_asked_for_or_restored"
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | ~Q(asked_by=models.F("person")),
                name="nobody_asks_for_their_own_role",
            ),
        ]

    def __str__(self):
        return f"{self.role} for {self.person}"

    @property
    def lapses_on(self) -> date:
        return self.asked_on + self.WAITS

    @property
    def has_lapsed(self) -> bool:
        return self.lapses_on <= timezone.localdate()
