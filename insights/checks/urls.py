from django.urls import path

from insights.checks import views

urlpatterns = [
    path("manage/checks/", views.overview, name="checks"),
    path("manage/checks/of/<int:release>/<slug:slug>/", views.begin, name="begin-check"),
    path("manage/checks/<int:pk>/", views.write, name="write-check"),
    path("manage/checks/<int:pk>/words/<str:language>/", views.translate, name="translate-check"),
    path("manage/checks/<int:pk>/words/<str:language>/right/", views.confirm, name="confirm-check-words"),
    path("manage/checks/<int:pk>/publish/", views.publish, name="publish-check"),
    path("manage/checks/<int:pk>/discard/", views.discard, name="discard-check"),
]
