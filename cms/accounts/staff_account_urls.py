"""URLs of the staff account pages."""

from django.urls import path

from cms.accounts import agreement_views, staff_account_views

urlpatterns = [
    path("", staff_account_views.show_staff_accounts, name="list"),
    path("new/", staff_account_views.add_staff_account, name="new"),
    path("agreements/", agreement_views.edit_agreements, name="agreements"),
    path("agreements/agreements.csv", agreement_views.download_agreements, name="agreements-sheet"),
    path("agreements/<int:pk>/confirm/", agreement_views.confirm_agreement, name="confirm-agreement"),
    path("agreements/<int:pk>/change/", agreement_views.change_agreement, name="change-agreement"),
    path("agreements/<int:pk>/end/", agreement_views.end_agreement, name="end-agreement"),
    path("agencies/", staff_account_views.list_agencies, name="agencies"),
    path("agencies/<str:key>/", staff_account_views.edit_agency, name="agency"),
    path("<int:pk>/", staff_account_views.show_staff_account, name="detail"),
    path("<int:pk>/give/", staff_account_views.save_given_role, name="give"),
    path("<int:pk>/take/<slug:role>/", staff_account_views.save_revoked_role, name="take"),
    path("<int:pk>/agency/", staff_account_views.save_agency_of_person, name="move"),
    path("suspensions/", staff_account_views.show_suspensions, name="suspensions"),
    path("<int:pk>/suspend/", staff_account_views.suspend, name="suspend"),
    path("<int:pk>/lift/", staff_account_views.save_lifted_suspension, name="lift"),
    path("<int:pk>/close/", staff_account_views.save_closed_account, name="close"),
    path("<int:pk>/sign-out/", staff_account_views.sign_out_colleague, name="sign-out"),
    path("<int:pk>/second-factor/", staff_account_views.save_second_factor_reset, name="forget-factor"),
    path("<int:pk>/link/", staff_account_views.send_password_link, name="link"),
    path("requests/<int:pk>/", staff_account_views.save_role_answer, name="answer"),
]
