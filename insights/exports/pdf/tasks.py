from django.tasks import task

from insights.exports.pdf import actions


@task
def make_papers():
    """Sweep: papers that somebody waits for."""
    return actions.make_wanted()
