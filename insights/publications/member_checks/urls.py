from django.urls import path

from insights.publications.member_checks import views

urlpatterns = [
    path("manage/checks/", views.show_member_checks, name="checks"),
    path("manage/checks/of/<int:release>/<slug:slug>/", views.begin_member_check, name="begin-check"),
    path("manage/checks/<int:pk>/", views.edit_member_check, name="write-check"),
    path("manage/checks/<int:pk>/words/<str:language>/", views.edit_member_check_translation, name="translate-check"),
    path(
        "manage/checks/<int:pk>/words/<str:language>/right/",
        views.save_member_check_confirmation,
        name="confirm-check-words",
    ),
    path("manage/checks/<int:pk>/publish/", views.publish_member_check, name="publish-check"),
    path("manage/checks/<int:pk>/discard/", views.discard_member_check, name="discard-check"),
]
