"""What a definition contradicts itself by, as sentences that say what to write instead."""

from __future__ import annotations

from sozplan.diagnostics import text

TURNED = text(de="„to“ liegt vor „from“.", en="“to” lies before “from”.")
TWICE = text(
    de="Diese Kennzahl ist schon Komponente. Soll sie mehr zählen, erhöhen Sie ihr Gewicht.",
    en="This indicator is a component already. If it shall count for more, raise its weight.",
)
NO_WEIGHT = text(
    de="Die Gewichte ergeben zusammen 0. Geben Sie mindestens einer Komponente ein Gewicht über 0.",
    en="The weights add up to 0. Give at least one component a weight above 0.",
)
NO_SIDE = text(
    de="Der Steckbrief sagt nicht, was besser ist. Schreiben Sie hier, welche Seite belastet ist: „burdened: higher“ "
    "(höher ist belastet) oder „burdened: lower“.",
    en="The sheet doesn't say what is better. Write here which side is burdened: “burdened: higher” or "
    "“burdened: lower”.",
)
NO_GOALPOSTS = text(
    de="Bei „goalposts“ braucht jede Komponente beide Grenzwerte: „low“ und „high“.",
    en="With “goalposts” each component needs both of them: “low” and “high”.",
)
IDLE_GOALPOSTS = text(
    de="Grenzwerte wirken nur mit „standardise: {method: goalposts}“. Streichen Sie sie oder ändern Sie das Verfahren.",
    en="Goalposts only work with “standardise: {method: goalposts}”. Remove them or change the method.",
)
TURNED_GOALPOSTS = text(
    de="„high“ muss größer sein als „low“; welche Seite belastet ist, sagt „burdened“.",
    en="“high” must be larger than “low”; which side is burdened is said by “burdened”.",
)
NOT_FREEZABLE = text(
    de="Ein Bezugsjahr gibt es nur bei „z“, „min-max“ und „relative“; bei Rängen und festen Grenzwerten nicht.",
    en="There is a reference only with “z”, “min-max” and “relative”; it doesn't work with ranks or fixed goalposts.",
)
IDLE_WEIGHT = text(
    de="Gewichten lassen sich nur Mittel und Standardabweichung („method: z“). Streichen Sie „weighted_by“.",
    en="Only mean and deviation can be weighted (“method: z”). Remove “weighted_by”.",
)
TURNED_SCORES = text(
    de="„highest“ muss größer sein als „lowest“.", en="“highest” must be larger than “lowest”."
)  # fmt: skip
NO_RANKS = text(
    de="Die exponentielle Umformung braucht Ränge: „standardise: {method: rank}“ oder „percentile“.",
    en="The exponential transformation needs ranks: “standardise: {method: rank}” or “percentile”.",
)
NEGATIVE = text(
    de="Ein geometrisches Mittel gibt es nur aus nicht negativen Werten. Nehmen Sie „min-max“, „goalposts“, „rank“ "
    "oder „percentile“ statt „z“, mit „lowest“ ab 0.",
    en="There is a geometric mean only of values that aren't negative. Take “min-max”, “goalposts”, “rank” or "
    "“percentile” instead of “z”, with “lowest” from 0.",
)
IDLE_LEAST = text(
    de="„least_components“ wirkt nur mit „missing: mean“ oder „missing: available“; bei „exclude“ müssen alle da sein.",
    en="“least_components” only works with “missing: mean” or “missing: available”; with “exclude” all must be there.",
)
TOO_MANY = text(de="So viele Komponenten gibt es nicht.", en="There aren't that many components.")
NO_SHARES = text(
    de="Nennen Sie „lower“, „upper“ oder beide, z. B. 0.05 und 0.95.",
    en="Name “lower”, “upper” or both, 0.05 and 0.95 say.",
)
TURNED_SHARES = text(de="„upper“ muss größer sein als „lower“.", en="“upper” must be larger than “lower”.")
ONE_KIND = text(
    de="Klassen entstehen entweder aus „bounds“ oder aus „quantiles“; genau eins von beiden muss dastehen.",
    en="Classes come either of “bounds” or of “quantiles”; exactly one of them must be there.",
)
CLASS_TWICE = text(de="Eine Klasse dieses Namens gibt es schon.", en="There is a class of that name already.")
ONE_CLASS = text(de="Eine Klasse allein teilt nichts ein.", en="One class alone classes nothing.")
NO_BOUND = text(
    de="Hier fehlt die obere Grenze („to“); nur die letzte Klasse bleibt offen.",
    en="The upper bound (“to”) is missing; only the last class is open.",
)
LAST_BOUND = text(
    de="Die letzte Klasse bleibt nach oben offen; streichen Sie ihr „to“, sonst fielen Gebiete darüber heraus.",
    en="The last class is open above; remove its “to”, else areas beyond it would fall out.",
)
UNORDERED = text(
    de="Die Grenzen müssen steigen, von geringer zu hoher Belastung; diese ist nicht größer als die vorige.",
    en="The bounds must rise, from low burden to high; this one isn't larger than the one before.",
)
EXCLUDED_TWICE = text(de="Dieses Gebiet ist schon ausgeschlossen.", en="This area is excluded already.")
OTHER_LEVEL = text(
    de="Dieses Gebiet liegt nicht auf der Ebene des Index und wird ohnehin nicht bewertet.",
    en="This area isn't of the index's level and isn't rated anyway.",
)
NO_CHANGE = text(
    de="Sagen Sie, über wie viele Jahre („years“), oder nennen Sie Kennzahlen, die selbst die Veränderung angeben "
    "(„components“).",
    en="Say over how many years (“years”), or name indicators that hold the change themselves (“components”).",
)
TWO_CHANGES = text(
    de="„components“ gibt schon Veränderungen an; „years“ würde daraus noch einmal welche bilden. Streichen Sie eins.",
    en="“components” hold changes already; “years” would make changes of these. Remove one of them.",
)
OWN_STANDARD = text(
    de="Veränderungen brauchen ein eigenes „standardise“, denn Grenzwerte und Stadtwert gelten für die Werte selbst.",
    en="Changes need a “standardise” of their own, for goalposts and the city's value are those of the values.",
)
