"""Sealing stored texts to a new key, in the order of their random keys, so that the work tells no order either."""

from django.apps import apps
from django.db import transaction

from consultation.responses.vault import is_current, open_sealed, seal

SEALED = {
    "consultation.Answer": "sealed",
    "consultation.ContactRequest": "sealed",
    "consultation.WithdrawnText": "sealed",
    "consultation.Response": "apart",
}
BATCH = 200


def reseal():
    """Seal what is sealed to an older key to today's. How many texts were. Raises VaultLocked without the old key."""
    return sum(_reseal_all(apps.get_model(label), field) for label, field in SEALED.items())


def _reseal_all(model, field):
    done, last = 0, None
    while batch := _next(model, field, last):
        last = batch[-1]
        done += _reseal(model, field, batch)
    return done


def _next(model, field, last):
    sealed = model.objects.filter(**{f"{field}__isnull": False}).exclude(**{field: b""})
    after = sealed.filter(pk__gt=last) if last else sealed
    return list(after.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _reseal(model, field, keys):
    rows = model.objects.select_for_update().filter(pk__in=keys, **{f"{field}__isnull": False}).only(field)
    old = [row for row in rows if not is_current(getattr(row, field))]
    for row in old:
        setattr(row, field, seal(open_sealed(getattr(row, field))))
    model.objects.bulk_update(old, [field])
    return len(old)
