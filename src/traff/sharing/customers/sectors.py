"""Sectors in the language of the page. The register says them in its own words, mostly Swedish; the usual ones are known here."""

from django.utils.translation import get_language

ENGLISH = {
    "Bank och försäkring": "Banking and insurance",
    "Bygg": "Construction",
    "Datahallar": "Data centres",
    "Energi": "Energy",
    "Fiskodling": "Fish farming",
    "Fjärrvärme": "District heating",
    "Fordon": "Vehicles",
    "Försvar": "Defence",
    "Gruvor": "Mines",
    "Hamnar": "Ports",
    "Handel": "Retail",
    "Järnväg": "Railways",
    "Kemi": "Chemicals",
    "Kommuner": "Municipalities",
    "Kraftnät": "Power grids",
    "Livsmedel": "Food",
    "Läkemedel": "Pharmaceuticals",
    "Massa och papper": "Pulp and paper",
    "Offentlig sektor": "Public sector",
    "Rederier": "Shipping companies",
    "Skog": "Forestry",
    "Stål": "Steel",
    "Telekom": "Telecom",
    "Transport": "Transport",
    "Vattenkraft": "Hydropower",
    "Verkstadsindustri": "Engineering",
    "Vindkraft": "Wind power",
    "Vård": "Health care",
    "Vätgas": "Hydrogen",
}


def sector_said(sector: str) -> str:
    """As the register says it where it is not known here, or the page is in Swedish."""
    return sector if get_language() == "sv" else ENGLISH.get(sector, sector)
