from django.tasks import task

from consultation.channels.invitation_codes import actions
from consultation.reading.screening_sweep import list_unscreened
from consultation.responses import equality_monitoring


@task
def write_equality_batches():
    equality_monitoring.write_batches(actions.CODE_USE, unscreened=list_unscreened())
