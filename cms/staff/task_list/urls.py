from django.urls import path

from cms.staff.task_list.views import show_task_list

app_name = "task-list"
urlpatterns = [path("", show_task_list, name="board")]
