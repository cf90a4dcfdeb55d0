from django.urls import path

from insights.publications.member_checks import views

urlpatterns = [
    path("manage/member-checks/", views.show_member_checks, name="member-checks"),
    path("manage/member-checks/of/<int:release>/<slug:slug>/", views.begin_member_check, name="begin-member-check"),
    path("manage/member-checks/<int:pk>/", views.edit_member_check, name="write-member-check"),
    path(
        "manage/member-checks/<int:pk>/words/<str:language>/",
        views.edit_member_check_translation,
        name="translate-member-check",
    ),
    path(
        "manage/member-checks/<int:pk>/words/<str:language>/right/",
        views.save_member_check_confirmation,
        name="confirm-member-check-words",
    ),
    path("manage/member-checks/<int:pk>/publish/", views.publish_member_check, name="publish-member-check"),
    path("manage/member-checks/<int:pk>/discard/", views.discard_member_check, name="discard-member-check"),
]
