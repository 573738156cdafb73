"""Writes cldr.txt: what states and some places are called in other languages, from Unicode's CLDR.

    npm pack cldr-localenames-full && tar xzf cldr-localenames-full-*.tgz
    python3 cldr.py package > cldr.txt

A name is left out where the list has it without a language already, or where two would share it.
"""

import json
import pathlib
import re
import sys
import unicodedata

LANGUAGES = ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "ar", "fa"]
ALTERNATIVES = ["", "-alt-short", "-alt-variant"]
# Actors without a country's code, or with that of the country they belong to.
OTHERS = {
    "africa": "002", "asia": "142", "central-america": "013", "europe": "150", "european-union": "EU",
    "falkland-islands": "FK", "french-guiana": "GF", "gibraltar": "GI", "greenland": "GL", "guadeloupe": "GP",
    "guam": "GU", "hong-kong": "HK", "latin-america": "419", "macau": "MO", "new-caledonia": "NC",
    "puerto-rico": "PR", "south-america": "005", "united-nations": "UN", "western-sahara": "EH",
}
# What two states are called.
AMBIGUOUS = {"Congo", "Kongo", "Конго", "الكونغو", "کنگو"}


def fold(name):
    """The name without what matching overlooks."""
    parts = unicodedata.normalize("NFD", name.lower().replace("ı", "i"))
    return "".join(part for part in parts if part.isalnum())


def actors(folder):
    """Each id with its country and the names that the files give it in every language."""
    found = {}
    for file in sorted(folder.glob("*/*.txt")):
        if file.parent.name in ("people", "names"):
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            columns = [column.strip() for column in line.split("|")]
            if line.startswith("#") or len(columns) < 2:
                continue
            columns += [""] * (4 - len(columns))
            details = dict(detail.split("=", 1) for detail in re.split(r";\s*", columns[3]) if "=" in detail)
            names = [columns[1], *columns[2].split(";"), *details.get("people", "").split(",")]
            for language in LANGUAGES:
                names += details.get(language, "").split(",")
            code = details.get("country", "").upper() if file.parent.name == "states" else None
            code = OTHERS.get(columns[0], code)
            found[columns[0]] = (code, {fold(name) for name in names})
    return found


def territory_names(package, language):
    """The territories' names in a language, by code and form."""
    file = package / "main" / language / "territories.json"
    names = json.loads(file.read_text(encoding="utf-8"))
    return names["main"][language]["localeDisplayNames"]["territories"]


def main():
    package, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).resolve().parent
    known = actors(here.parent)
    taken = {name for _, names in known.values() for name in names}
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["cldrVersion"]
    print(f"# Names of states and places in other languages, from Unicode CLDR {version}: see README.md.")
    print("# Made by cldr.py; do not edit, correct the files of states instead.\n")
    territories = {language: territory_names(package, language) for language in LANGUAGES}
    for actor in sorted(known):
        code = known[actor][0]
        details = []
        for language in LANGUAGES if code else []:
            names = []
            for form in ALTERNATIVES:
                if code in ("HK", "MO") and form == "":
                    continue
                name = territories[language].get(code + form, "")
                # A name with its explanation: "Mjanma (Birma)", "Hongkong (SVR)".
                name = re.sub(r"\s*\(.*\)", "", name).strip()
                usable = name and not set(name) & {",", "،"} and name not in AMBIGUOUS and "." not in name and len(fold(name)) > 1
                if usable and fold(name) not in taken and fold(name) not in map(fold, names):
                    names.append(name)
            if names:
                details.append(f"{language}={', '.join(names)}")
        if details:
            print(f"{actor} | {'; '.join(details)}")


main()
