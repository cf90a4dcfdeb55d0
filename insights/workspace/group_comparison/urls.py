from django.urls import path

from insights.workspace.group_comparison import views

urlpatterns = [path("compare/", views.show_comparison, name="compare")]
