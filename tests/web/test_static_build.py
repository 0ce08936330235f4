"""What `manage.py build_static` writes."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from web.static_build import IMPORT, StaticBuild

SOURCE = Path(settings.BASE_DIR) / "static"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("build")
    assert StaticBuild(SOURCE, target).run()
    return target


def test_a_second_build_does_nothing(built: Path) -> None:
    before = (built / "app.css").stat().st_mtime_ns

    assert not StaticBuild(SOURCE, built).run()
    assert (built / "app.css").stat().st_mtime_ns == before


def test_every_stylesheet_is_joined_once(built: Path) -> None:
    main = (SOURCE / "css" / "main.css").read_text()
    imported = [found["path"] for found in IMPORT.finditer(main)]
    present = {path.relative_to(SOURCE / "css").as_posix() for path in (SOURCE / "css").rglob("*.css")}

    assert sorted(imported) == sorted(present - {"main.css"})
    text = (built / "app.css").read_text()
    assert [text.count(f"/* {path} */") for path in imported] == [1] * len(imported)


def test_pictures_are_found_from_the_joined_file_and_from_its_sources(built: Path) -> None:
    joined = re.findall(r'url\("(\.\./[^"]+)"\)', (built / "app.css").read_text())
    sources = [
        source.parent / address
        for source in (SOURCE / "css").rglob("*.css")
        for address in re.findall(r'url\("(\.\./[^"]+)"\)', source.read_text())
    ]

    assert len(joined) == len(sources) > 0
    assert [address for address in joined if not (SOURCE / "build" / address).resolve().exists()] == []
    assert [path for path in sources if not path.resolve().exists()] == []


def test_font_has_the_letters_of_names_and_all_weights(built: Path) -> None:
    font = TTFont(built / "manrope.woff2")

    letters = font.getBestCmap()
    assert [letter for letter in "AzÄéŁşğőñŵ–’…€×−≥→" if ord(letter) not in letters] == []
    assert [(axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [(200, 800)]
    assert (built / "manrope.woff2").stat().st_size < 60_000


def test_plotly_comes_with_its_rules_and_adds_no_style_element(built: Path) -> None:
    rules = (built / "plotly.css").read_text()
    script = (built / "plotly.min.js").read_text()

    assert rules.count("{") == rules.count("}") >= 60
    assert ".js-plotly-plot .plotly .main-svg { position:absolute;" in rules
    assert "X " not in rules
    assert not re.search(r'if\(!document\.getElementById\("[0-9a-f]{64}"\)\)', script)
