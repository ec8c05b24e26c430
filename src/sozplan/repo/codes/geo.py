"""What can be wrong with a file of borders, geometry by geometry."""

from __future__ import annotations

from sozplan.diagnostics import Code, Severity, text

_PATH = "indicators/geo/bezirke.geojson"
_HEAD = '{"type": "FeatureCollection", "features": [\n'


def _declared(crs: str = "EPSG:25832", mark: str = "", path: str = _PATH) -> str:
    return (
        "# plans/territory/gebiete.yaml\n"
        "boundaries:\n"
        f"  - path: {path}{mark}\n"
        "    level: bezirk\n"
        "    property: schluessel\n"
        f'    crs: "{crs}"\n'
        "    boundary: 2025-12-31\n"
        "    licence: CC0 1.0\n"
        "    source: Stadt Beispielstadt, Vermessungsamt\n"
    )


def _feature(
    key: str, west: int, *, ring: str | None = None, mark: str = "", quoted: bool = True, end: str = ","
) -> str:
    told = f'"{key}"' if quoted else key
    around = ring or f"[{west},5930000],[{west + 900},5930000],[{west + 900},5931000],[{west},5930000]"
    return (
        f'{{"type": "Feature", "properties": {{"schluessel": {told}}},'
        f' "geometry": {{"type": "Polygon", "coordinates": [[{around}]]}}}}{end}{mark}\n'
    )


_FIRST = _feature("01", 565000) + _feature("02", 566000)
_THIRD = _feature("03", 567000, end="")
_GOOD = f"{_declared()}# {_PATH}\n{_HEAD}{_FIRST}{_THIRD}]}}\n"


def _bad(features: str, declared: str = "") -> str:
    return f"{declared or _declared()}# {_PATH}\n{_HEAD}{features}]}}\n"


FILE_MISSING = Code(
    id="geo.file-missing",
    severity=Severity.ERROR,
    message=text(
        de="Die Datei „{path}“ mit den Grenzen fehlt. Grenzen liegen in indicators/geo/ und enden auf .geojson.",
        en="The file “{path}” with the borders is missing. Borders lie in indicators/geo/ and end in .geojson.",
    ),
    title=text(de="Datei mit Grenzen fehlt", en="Missing file of borders"),
    why=text(
        de="Ohne Grenzen gibt es keine Karte. Legen Sie die Datei ab, oder berichtigen Sie den Pfad.",
        en="Without borders there is no map. Put the file there or correct the path.",
    ),
    bad=_declared(mark="  # <- geo.file-missing"),
    good=_GOOD,
)

NOT_DECLARED = Code(
    id="geo.not-declared",
    severity=Severity.WARNING,
    message=text(
        de="Diese Karte wird nicht gelesen: Unter „boundaries“ in plans/territory/ steht sie nicht. Nennen Sie dort"
        " Pfad, Ebene, Eigenschaft mit dem Schlüssel, Koordinatensystem, Gebietsstand, Lizenz und Quelle.",
        en="This map is not read: “boundaries” in plans/territory/ doesn't name it. Name its path, level, the property"
        " with the key, coordinate system, boundary date, licence and source there.",
    ),
    title=text(de="Karte ohne Beschreibung", en="Map without description"),
    why=text(
        de="Eine Karte sagt nicht selbst, welche Ebene sie zu welchem Tag zeichnet und wer sie nutzen darf.",
        en="A map doesn't say itself which level it draws for which day, and who may use it.",
    ),
    bad=f"# {_PATH} (whole)  # <- geo.not-declared\n{_HEAD}{_FIRST}{_THIRD}]}}\n",
    good=_GOOD,
)

NOT_GEOJSON = Code(
    id="geo.not-geojson",
    severity=Severity.ERROR,
    message=text(
        de="Das lässt sich nicht als GeoJSON lesen. {what}.",
        en="This can't be read as GeoJSON: {what}.",
    ),
    title=text(de="Kein GeoJSON", en="Not GeoJSON"),
    why=text(
        de="Was nur fast JSON ist, liest jedes Programm anders. Speichern Sie die Karte aus dem"
        " Geoinformationssystem noch einmal als GeoJSON.",
        en="What is only nearly JSON is read differently by every program. Save the map from the geographical"
        " information system as GeoJSON again.",
    ),
    bad=_bad(
        f"{_FIRST}{_feature('03', 0, ring='[NaN,5930000],[567900,5930000]', mark='  # <- geo.not-geojson', end='')}"
    ),
    good=_GOOD,
)

TOO_MUCH = Code(
    id="geo.too-much",
    severity=Severity.ERROR,
    message=text(
        de="Die Karte hat mehr als {limit} {what} und wird nicht gelesen. Vereinfachen Sie die Grenzen im"
        " Geoinformationssystem, oder teilen Sie die Datei.",
        en="The map has more than {limit} {what} and is not read. Simplify the borders in the geographical"
        " information system or split the file.",
    ),
    title=text(de="Karte zu umfangreich", en="Map too large"),
    why=text(
        de="Für eine Karte im Bericht genügen wenige tausend Punkte; mehr hielte jede Prüfung auf.",
        en="A few thousand points are enough for a map in a report; more would hold up every check.",
    ),
    bad=f"{_declared()}# {_PATH} (whole)  # <- geo.too-much\n"
    '{"type": "FeatureCollection", "x": «[×70»«]×70», "features": []}\n',
    good=_GOOD,
)

KEY = Code(
    id="geo.key",
    severity=Severity.ERROR,
    message=text(
        de="Geometrie Nr. {number}: {fault}.",
        en="Geometry no. {number}: {fault}.",
    ),
    title=text(de="Geometrie ohne brauchbaren Schlüssel", en="Geometry without usable key"),
    why=text(
        de="Geometrie und Gebietseinheit finden über den Schlüssel zusammen. Als Zahl verliert er seine führende Null,"
        " und „01“ ist nicht „1“.",
        en="Geometry and unit are joined by the key. As a number it loses its leading zero, and “01” is not “1”.",
    ),
    bad=_bad(f"{_FIRST}{_feature('3', 567000, quoted=False, mark='  # <- geo.key', end='')}"),
    good=_GOOD,
)

DUPLICATE_KEY = Code(
    id="geo.duplicate-key",
    severity=Severity.WARNING,
    message=text(
        de="Geometrie Nr. {number} hat denselben Schlüssel „{key}“ wie Nr. {first} (Zeile {line}); beide werden als"
        " Teile einer Gebietseinheit gezeichnet. {hint}",
        en="Geometry no. {number} has the same key “{key}” as no. {first} (line {line}); both are drawn as parts of one"
        " unit. {hint}",
    ),
    title=text(de="Schlüssel zweimal in der Karte", en="Key twice in the map"),
    why=text(
        de="Manche Karten führen jede Insel für sich. Oft ist es aber ein Versehen: Zwei Gebiete gleichen Namens haben"
        " denselben Schlüssel bekommen, und eines von beiden trägt auf der Karte die Zahlen des anderen. Was"
        " zusammengehört, fassen Sie zu einem MultiPolygon zusammen.",
        en="Some maps hold each island by itself. But often it is a mistake: two areas of the same name have got the"
        " same key, and one of them shows the other's figures on the map. Join what belongs together into a"
        " MultiPolygon.",
    ),
    bad=_bad(f"{_FIRST}{_feature('03', 567000)}{_feature('03', 568000, mark='  # <- geo.duplicate-key', end='')}"),
    good=_GOOD,
)

INVALID = Code(
    id="geo.invalid",
    severity=Severity.ERROR,
    message=text(
        de="Geometrie Nr. {number} (Schlüssel {key}) lässt sich nicht zeichnen: {fault}. Berichtigen Sie sie im"
        " Geoinformationssystem.",
        en="Geometry no. {number} (key {key}) can't be drawn: {fault}. Correct it in the geographical information"
        " system.",
    ),
    title=text(de="Ungültige Geometrie", en="Invalid geometry"),
    why=text(
        de="Ein offener oder überkreuzter Umriss hat kein Innen und kein Außen; auf der Karte entstünden Löcher oder"
        " Flächen, die es nicht gibt. Die Gebietseinheit fehlt auf der Karte, bis er stimmt.",
        en="An open or crossing outline has no inside and no outside; the map would show holes or areas that don't"
        " exist. The unit is missing on the map until it is right.",
    ),
    bad=_bad(
        _FIRST
        + _feature(
            "03",
            0,
            ring="[567000,5930000],[567900,5931000],[567900,5930000],[567000,5931000],[567000,5930000]",
            mark="  # <- geo.invalid",
            end="",
        )
    ),
    good=_GOOD,
)

CRS = Code(
    id="geo.crs",
    severity=Severity.ERROR,
    message=text(
        de="Das Koordinatensystem stimmt nicht: {fault}.",
        en="The coordinate system doesn't fit: {fault}.",
    ),
    title=text(de="Anderes Koordinatensystem", en="Another coordinate system"),
    why=text(
        de="Im falschen Koordinatensystem liegt die Stadt im Meer, oder die Karte ist verzerrt. Geprüft wird, ob die"
        " Koordinaten in Deutschland liegen und ob die Datei selbst ein anderes System nennt.",
        en="In the wrong coordinate system the town lies in the sea, or the map is distorted. It is checked whether the"
        " coordinates lie in Germany and whether the file itself names another system.",
    ),
    bad=f"{_declared('EPSG:4326')}# {_PATH}\n{_HEAD}"
    f"{_feature('01', 565000, mark='  # <- geo.crs')}{_feature('02', 566000)}{_THIRD}]}}\n",
    good=_GOOD,
)

MISSING = Code(
    id="geo.missing",
    severity=Severity.WARNING,
    message=text(
        de="Die Gebietseinheit „{unit}“ (Schlüssel „{key}“, {name}) hat in {path} keine Geometrie und fehlt auf jeder"
        " Karte.",
        en="The unit “{unit}” (key “{key}”, {name}) has no geometry in {path} and is missing on every map.",
    ),
    title=text(de="Gebietseinheit ohne Geometrie", en="Unit without geometry"),
    why=text(
        de="Ein Loch in der Karte liest sich wie ein Gebiet ohne Zahlen. Gesucht werden die Einheiten der Ebene, die am"
        " Gebietsstand der Datei gelten.",
        en="A hole in the map reads like an area without figures. The units of the level that are in force on the"
        " file's boundary date are looked for.",
    ),
    bad=f"{_declared(mark='  # <- geo.missing')}# {_PATH}\n{_HEAD}{_FIRST.rstrip(chr(10)).rstrip(',')}\n]}}\n",
    good=_GOOD,
)

SURPLUS = Code(
    id="geo.surplus",
    severity=Severity.WARNING,
    message=text(
        de="{subject} gehört zu keiner Gebietseinheit der Ebene „{level}“, die am {day} galt. {hint}",
        en="{subject} belongs to no unit of the level “{level}” that was in force on {day}. {hint}",
    ),
    title=text(de="Geometrie ohne Gebietseinheit", en="Geometry without unit"),
    why=text(
        de="Entweder fehlt die Gebietseinheit in plans/territory/, oder der Schlüssel, die Ebene oder der Gebietsstand"
        " ist ein anderer.",
        en="Either the unit is missing in plans/territory/, or the key, the level or the boundary date is another one.",
    ),
    bad=_bad(f"{_FIRST}{_feature('03', 567000)}{_feature('99', 568000, mark='  # <- geo.surplus', end='')}"),
    good=_GOOD,
)

CODES = (
    FILE_MISSING,
    NOT_DECLARED,
    NOT_GEOJSON,
    TOO_MUCH,
    KEY,
    DUPLICATE_KEY,
    INVALID,
    CRS,
    MISSING,
    SURPLUS,
)
