"""The addresses of the site in demo mode; tests run in another mode, which has not got them."""

from django.urls import include, path

from clinicleader import urls

handler403, handler404 = urls.handler403, urls.handler404
urlpatterns = [*urls.urlpatterns, path("demo/", include("people.demo_urls"))]
