from django.tasks import task

from cms.accounts import actions, sign_in_limits, staff_sessions


@task
def delete_expired_access() -> None:
    staff_sessions.delete_expired_sessions()
    sign_in_limits.delete_expired_limits()
    actions.lapse_role_requests()
