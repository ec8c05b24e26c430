"""What the values for an index show to be wrong, as sentences."""

from __future__ import annotations

from sozplan.diagnostics import Text
from sozplan.model.periods import Period


def subject(name: str, *, changing: bool) -> Text:
    """A component as the beginning of a sentence: its values, or their change over the years."""
    if changing:
        return Text(f"Die Veränderung von „{name}“", f"The change of “{name}”")
    return Text(f"„{name}“", f"“{name}”")


def no_units(period: Period) -> Text:
    return Text(
        f"Auf dieser Ebene gibt es Ende {period} keine Gebietseinheiten.",
        f"There are no units of this level at the end of {period}.",
    )


def unknown(name: Text, period: Period) -> Text:
    return Text(
        f"{name.de} hat für {period} in keinem Gebiet einen Wert, der gezeigt werden darf. Tragen Sie die Daten nach, "
        "wählen Sie eine andere Periode oder nehmen Sie die Komponente heraus.",
        f"{name.en} has no value that may be shown in any area for {period}. Add the data, choose another period or "
        "take the component out.",
    )


def coarse(name: Text, period: Period) -> Text:
    return Text(
        f"{name.de} ist für {period} gröber unterdrückt, um kleine Zahlen zu schützen: Kein Gebiet dieser Ebene hat "
        "einen Wert, der gezeigt werden darf. Wählen Sie größere Gebiete oder nehmen Sie die Komponente heraus.",
        f"{name.en} is more coarsely suppressed for {period} to protect small counts: no area of this level has a "
        "value that may be shown. Choose larger areas or take the component out.",
    )


def internal(name: Text) -> Text:
    return Text(
        f"{name.de} ist nicht öffentlich. Rechnen Sie mit „--audience internal“, nicht zur Weitergabe, oder nehmen Sie "
        "die Komponente heraus.",
        f"{name.en} isn't public. Compute with “--audience internal”, not to be passed on, or take the component out.",
    )


def no_residents(name: str, period: Period) -> Text:
    return Text(
        f"Gewichtet wird nach „{name}“, aber dafür gibt es {period} in keinem Gebiet einen Wert über 0, der gezeigt "
        "werden darf. Tragen Sie die Daten nach oder streichen Sie „weighted_by“.",
        f"Weights come from “{name}”, but it has no value above 0 that may be shown in any area for {period}. Add the "
        "data or remove “weighted_by”.",
    )


def flat(name: Text | None, areas: int, period: Period) -> Text:
    """`name` is None where the components differ, but their sum doesn't."""
    if name is None:
        return Text(
            f"Der Index ist {period} in allen {areas} bewerteten Gebieten gleich (σ = 0); es gibt nichts zu ordnen.",
            f"The index is the same in all {areas} rated areas in {period} (σ = 0); there is nothing to put in order.",
        )
    if areas == 1:
        return Text(
            f"{name.de} ist für {period} nur aus einem bewerteten Gebiet bekannt und unterscheidet nichts (σ = 0). "
            "Tragen Sie die übrigen Werte nach oder nehmen Sie die Komponente heraus.",
            f"{name.en} is known from one rated area only for {period} and tells nothing apart (σ = 0). Add the other "
            "values or take the component out.",
        )
    return Text(
        f"{name.de} ist {period} in allen {areas} Gebieten gleich (σ = 0) und unterscheidet nichts. Nehmen Sie die "
        "Komponente heraus oder prüfen Sie die Daten.",
        f"{name.en} is the same in all {areas} areas in {period} (σ = 0) and tells nothing apart. Take the component "
        "out or check the data.",
    )


def none_rated(period: Period) -> Text:
    return Text(
        f"Für {period} bleibt kein Gebiet zu bewerten: Alle sind ausgeschlossen oder haben zu wenige Werte.",
        f"No area is left to rate for {period}: all are excluded or have too few values.",
    )


def no_city(name: Text, period: Period) -> Text:
    return Text(
        f"{name.de} hat für {period} keinen Stadtwert über 0, auf den die Gebiete bezogen werden könnten.",
        f"{name.en} has no value of the city above 0 for {period} that areas could be related to.",
    )


def negative(name: Text) -> Text:
    return Text(
        f"{name.de} hat Werte unter 0, aus denen es kein geometrisches Mittel gibt. Standardisieren Sie mit „min-max“, "
        "„goalposts“ oder „rank“.",
        f"{name.en} has values below 0, of which there is no geometric mean. Standardise by “min-max”, “goalposts” or "
        "“rank”.",
    )
