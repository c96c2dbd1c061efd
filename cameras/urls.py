from django.urls import path

from cameras import views

app_name = "cameras"

# Below the address of the school: schools/<code>/cameras/
urlpatterns = [
    path("<int:pk>/condition/", views.camera_condition, name="camera_condition"),
]
