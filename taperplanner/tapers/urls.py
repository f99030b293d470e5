from django.urls import path

from .views import checks, drafts, packages, plans, products, revisions, versions

app_name = "tapers"
urlpatterns = [
    path("add/", plans.plan_add, name="plan_add"),
    path("<int:plan_number>/", plans.plan, name="plan"),
    path("<int:plan_number>/edit/", plans.plan_edit, name="plan_edit"),
    path("<int:plan_number>/end/", plans.plan_end, name="plan_end"),
    path("<int:plan_number>/revise/", revisions.plan_revise, name="plan_revise"),
    path("<int:plan_number>/hold/", revisions.plan_hold, name="plan_hold"),
    path("<int:plan_number>/compare/", revisions.compare, name="compare"),
    path("<int:plan_number>/products/add/", products.product_add, name="product_add"),
    path("<int:plan_number>/products/<int:product_number>/edit/", products.product_edit, name="product_edit"),
    path(
        "<int:plan_number>/products/<int:product_number>/retire/",
        products.product_retire,
        name="product_retire",
    ),
    path("<int:plan_number>/packages/", packages.packages, name="packages"),
    path(
        "<int:plan_number>/products/<int:product_number>/excipients/",
        packages.product_excipients,
        name="product_excipients",
    ),
    path("<int:plan_number>/draft/", drafts.draft_edit, name="draft_edit"),
    path("<int:plan_number>/draft/start/", drafts.draft_start, name="draft_start"),
    path("<int:plan_number>/draft/sign/", drafts.draft_sign, name="draft_sign"),
    path("<int:plan_number>/draft/discard/", drafts.draft_discard, name="draft_discard"),
    path("<int:plan_number>/versions/<int:version_number>/", versions.version, name="version"),
    path(
        "<int:plan_number>/versions/<int:version_number>/check/", checks.version_check, name="version_check"
    ),
]
