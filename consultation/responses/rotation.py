"""Sealing stored texts to a new key, in the order of their random keys, so that the work tells no order either."""

from django.apps import apps
from django.db import transaction

from consultation.responses.vault import is_current, open_sealed, seal

SEALED = ("consultation.Answer", "consultation.ContactRequest", "consultation.WithdrawnText")
BATCH = 200


def reseal():
    """Seal what is sealed to an older key to today's. How many texts were. Raises VaultLocked without the old key."""
    return sum(_reseal_all(apps.get_model(label)) for label in SEALED)


def _reseal_all(model):
    done, last = 0, None
    while batch := _next(model, last):
        last = batch[-1]
        done += _reseal(model, batch)
    return done


def _next(model, last):
    after = model.objects.filter(pk__gt=last) if last else model.objects.all()
    return list(after.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _reseal(model, keys):
    old = [
        row
        for row in model.objects.select_for_update().filter(pk__in=keys).only("sealed")
        if not is_current(row.sealed)
    ]
    for row in old:
        row.sealed = seal(open_sealed(row.sealed))
    model.objects.bulk_update(old, ["sealed"])
    return len(old)
