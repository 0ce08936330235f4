"""Django forms rendered with our components: `{{ form }}` and `{{ field.as_field_group }}` look like <c-field>."""

from django.forms.renderers import TemplatesSetting


class ComponentRenderer(TemplatesSetting):
    """FORM_RENDERER of the product; needs django.forms in INSTALLED_APPS for the widgets' own templates."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"
