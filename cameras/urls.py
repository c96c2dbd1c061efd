from django.urls import path

from cameras.views import acts, adding, chosen, conditions, inventory

app_name = "cameras"

# Below the address of the school: schools/<code>/cameras/
urlpatterns = [
    path("", inventory.inventory, name="inventory"),
    path("chosen/", chosen.chosen, name="chosen"),
    path("systems/new/", adding.system_new, name="system_new"),
    path("systems/<int:number>/add/", adding.cameras_new, name="cameras_new"),
    path("systems/<int:number>/edit/", acts.system_act, {"act": acts.CORRECT_SYSTEM}, name="system_edit"),
    path("systems/<int:number>/decommission/", acts.system_act, {"act": acts.DECOMMISSION}, name="decommission"),
    path("<int:pk>/condition/", conditions.camera_condition, name="camera_condition"),
    path("<int:pk>/edit/", acts.camera_act, {"act": acts.CORRECT}, name="camera_edit"),
    path("<int:pk>/relocate/", acts.camera_act, {"act": acts.RELOCATE}, name="relocate"),
    path("<int:pk>/replace/", acts.camera_act, {"act": acts.REPLACE}, name="replace"),
    path("<int:pk>/remove/", acts.camera_act, {"act": acts.REMOVE}, name="remove"),
]
