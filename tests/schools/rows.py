"""Rows of a file of schools."""

NEW = {
    "code": "EK-0001",
    "district": "east-kazakhstan/ridder",
    "name_kk": "№ 1 мектеп",
    "name_ru": "Школа № 1",
    "name_en": "School No. 1",
    "kind": "Гимназия",
    "setting": "city",
    "locality_kk": "Риддер",
    "locality_ru": "Риддер",
    "locality_en": "Ridder",
    "pupils": 640,
    "floors": 3,
    "latitude": "50,3441",
    "longitude": "83.5129",
    "opened_on": "01.09.1972",
}
