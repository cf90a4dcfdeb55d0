from django.urls import path

from insights.comparing import views

urlpatterns = [path("compare/", views.compare, name="compare")]
