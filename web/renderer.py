"""Django forms rendered with our components: `{{ form }}` looks like <c-field> for each field."""

from django.forms.renderers import TemplatesSetting


class ComponentRenderer(TemplatesSetting):
    """FORM_RENDERER of the product; needs django.forms in INSTALLED_APPS for the widgets' own templates."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"
