"""Builds static/build/: one stylesheet, one font, htmx and Plotly from their packages. Nothing is downloaded.

The stylesheets are joined in the order of static/css/main.css, each in its cascade layer; only the
addresses of pictures change.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fontTools import subset

IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>\w+)\);')
UPWARDS = re.compile(
    r'url\("(?:\.\./)+'
)  # a joined file lies one folder below static/, wherever its source lay
FACE = """@font-face {
  font-family: Manrope; src: url("manrope.woff2") format("woff2"); font-weight: 200 800; font-display: swap;
}
"""
# Latin with its extensions (names of people), general punctuation, arrows, mathematical signs, currency.
LETTERS = ["U+0020-024F", "U+0259", "U+02BB-02DD", "U+0300-0304", "U+0306-030C", "U+0327-0328", "U+1E00-1EFF"]
SIGNS = ["U+2010-2027", "U+2030-205E", "U+2070-209F", "U+20A0-20BF", "U+2122", "U+2190-2193", "U+2202-2265"]
# Kerning, accents and figures of one width. No ligatures: this font would show "(c)" and "->" as other signs.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]
PLOTLY_RULES = re.compile(r'\{("X,X div":.+?)\};for\(', re.DOTALL)
PLOTLY_RULE = re.compile(r""""([^"]+)":(?:"([^"]*)"|'([^']*)')""")
# The bundle adds a <style> for maps unless an element of this id exists; we draw no maps.
PLOTLY_MAP_STYLE = re.compile(r'if\(!document\.getElementById\("[0-9a-f]{64}"\)\)')


class StaticBuild:
    """One build of `source` (the folder with css/) into `target`."""

    def __init__(self, source: Path, target: Path) -> None:
        self.source = source
        self.target = target
        self.stamp = target / "stamp.txt"

    def run(self) -> bool:
        """Build if anything changed since the last time; says whether it did."""
        if self.stamp.exists() and self.stamp.read_text() == self.fingerprint:
            return False
        self.target.mkdir(parents=True, exist_ok=True)
        (self.target / "app.css").write_text(FACE + "".join(self.stylesheets()))
        (self.target / "htmx.min.js").write_bytes(HTMX.read_bytes())
        self.plotly()
        self.font()
        self.stamp.write_text(self.fingerprint)
        return True

    @cached_property
    def fingerprint(self) -> str:
        """Changes with any stylesheet, with this file and with the packages that files are taken from."""
        digest = hashlib.sha256(Path(__file__).read_bytes())
        for path in sorted((self.source / "css").rglob("*.css")):
            digest.update(path.as_posix().encode() + path.read_bytes())
        for package in ("django-htmx", "plotly", "font-manrope", "fonttools"):
            digest.update(f"{package} {version(package)}".encode())
        return digest.hexdigest()

    def stylesheets(self) -> Iterator[str]:
        """The layers' order, then each imported file inside its layer."""
        main = (self.source / "css" / "main.css").read_text()
        yield next(line for line in main.splitlines() if line.startswith("@layer")) + "\n"
        for found in IMPORT.finditer(main):
            text = UPWARDS.sub('url("../', (self.source / "css" / found["path"]).read_text())
            yield f"/* {found['path']} */\n@layer {found['layer']} {{\n{text}}}\n"

    def plotly(self) -> None:
        """Plotly's bundle, and the rules it would add to the page as a file that the policy allows."""
        script = PLOTLY.read_text()
        rules = PLOTLY_RULES.search(script)
        script, changed = PLOTLY_MAP_STYLE.subn("if(!1)", script)
        if rules is None or changed != 1:
            raise ValueError(
                "This version of Plotly writes its styles in another way; adapt web/static_build.py"
            )
        (self.target / "plotly.min.js").write_text(script)
        (self.target / "plotly.css").write_text("".join(plotly_rules(rules[1])))

    def font(self) -> None:
        """Manrope, all weights, reduced to the letters and signs above."""
        options = subset.Options(flavor="woff2", layout_features=FEATURES, notdef_outline=True)
        font = subset.load_font(str(MANROPE), options)
        letters = subset.parse_unicodes(",".join([*LETTERS, *SIGNS]).replace("U+", ""))
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=letters)
        subsetter.subset(font)
        subset.save_font(font, str(self.target / "manrope.woff2"), options)


def plotly_rules(table: str) -> Iterator[str]:
    """CSS lines of the bundle's table of rules, with the same substitutions that the bundle makes."""
    for selector, double, single in PLOTLY_RULE.findall(table):
        full = (
            re.sub(r"^,", " ,", selector)
            .replace("X", ".js-plotly-plot .plotly")
            .replace("Y", ".plotly-notifier")
        )
        yield f"{full} {{ {double or single} }}\n"


def inside(package: str, path: str) -> Path:
    """A file of an installed package, without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(spec.submodule_search_locations[0]) / path


HTMX = inside("django_htmx", "static/django_htmx/htmx-2.min.js")
PLOTLY = inside("plotly", "package_data/plotly.min.js")
MANROPE = inside("font_manrope", "files/Manrope-VariableFont_wght.ttf")
