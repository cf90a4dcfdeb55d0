"""Staff. Respondents have no account; nobody is a superuser."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models


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
    username = None
    email = models.EmailField("e-mail address", unique=True)
    agency = models.CharField(max_length=120, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = StaffManager()

    class Meta(AbstractUser.Meta):
        constraints = [models.CheckConstraint(condition=models.Q(is_superuser=False), name="nobody_is_superuser")]

    def __str__(self):
        return self.get_full_name() or self.email
