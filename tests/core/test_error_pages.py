import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_an_error_page_needs_no_database_no_context_and_no_built_front_end(code, settings, tmp_path):
    settings.DJANGO_VITE = {"default": {"manifest_path": tmp_path / "nothing.json"}}

    html = render_to_string(f"{code}.html")

    assert f'<p class="code">{code[:3]}</p>' in html
    assert "standalone.css" in html
    assert "<script" not in html
