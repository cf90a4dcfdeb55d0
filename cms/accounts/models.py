"""Staff. Respondents have no account; nobody is a superuser."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, Permission, UserManager
from django.db import models
from django.utils.functional import cached_property

from cms.accounts.agreements import Agreement

PARTNER = "partner_viewer"  # the one role that ends with an agreement


class StaffManager(UserManager):
    def _create(self, email, password, **extra):
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email, password=None, **extra):
        return self._create(email, password, **extra)

    def create_superuser(self, email, password=None, **extra):
        raise TypeError("Nobody is a superuser here. Use `./dev manage create_administrator`.")


class User(AbstractUser):
    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)
    agency = models.CharField(max_length=120, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[StaffManager] = StaffManager()

    class Meta(AbstractUser.Meta):
        constraints = [models.CheckConstraint(condition=models.Q(is_superuser=False), name="nobody_is_superuser")]

    def __str__(self):
        return self.get_full_name() or self.email

    def has_perm(self, perm, obj=None):
        """A partner's rights end with the agreement of their agency, at midnight, without anybody thinking of it."""
        return super().has_perm(perm, obj) and not (
            self.partner_has_lapsed and perm not in self._rights_beside_partner
        )

    @cached_property
    def partner_has_lapsed(self) -> bool:
        is_partner = self.groups.filter(name=PARTNER).exists()
        return is_partner and not Agreement.objects.of(self.agency).in_date().exists()

    @cached_property
    def _rights_beside_partner(self) -> set[str]:
        others = Permission.objects.filter(group__in=self.groups.exclude(name=PARTNER)).select_related("content_type")
        return {f"{right.content_type.app_label}.{right.codename}" for right in others}


class RoleRequest(models.Model):
    """A role that two administrators give: one asked, another has yet to confirm."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_requests")
    role = models.CharField(max_length=40)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="one_request_a_role")]

    def __str__(self):
        return f"{self.role} for {self.person}"
