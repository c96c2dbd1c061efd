"""How many schools each district of East Kazakhstan gets, and names for the villages they stand in.

The numbers are invented: roughly by population, fewer and larger schools in the cities. The villages are invented too,
from words that name villages all over the region.
"""

from typing import NamedTuple


class Name(NamedTuple):
    kk: str
    ru: str
    en: str


class Share(NamedTuple):
    schools: int
    in_the_centre: int
    centre_is_a_city: bool = False


SHARES = {
    "oskemen": Share(58, 52, True),
    "semey": Share(66, 48, True),
    "ridder": Share(18, 14, True),
    "kurchatov": Share(5, 5, True),
    "abay": Share(17, 2),
    "altai": Share(34, 13, True),
    "ayagoz": Share(43, 10, True),
    "beskaragay": Share(25, 2),
    "borodulikha": Share(35, 2),
    "glubokoye": Share(35, 3),
    "katonkaragay": Share(33, 3),
    "kokpekty": Share(33, 2),
    "kurchum": Share(31, 3),
    "shemonaikha": Share(27, 6, True),
    "tarbagatay": Share(37, 3),
    "ulan": Share(35, 2),
    "urzhar": Share(50, 4),
    "zaysan": Share(30, 6, True),
    "zharma": Share(35, 3),
}

# A city is its own centre; the reference names the centres of districts only.
CITIES = {
    "oskemen": Name("Өскемен", "Усть-Каменогорск", "Oskemen"),
    "semey": Name("Семей", "Семей", "Semey"),
    "ridder": Name("Риддер", "Риддер", "Ridder"),
    "kurchatov": Name("Курчатов", "Курчатов", "Kurchatov"),
}

VILLAGES_IN_KK_RU_EN = """
    Ақбұлақ/Акбулак/Akbulak Қарабұлақ/Карабулак/Karabulak Көкбұлақ/Кокбулак/Kokbulak Тасбұлақ/Тасбулак/Tasbulak
    Ұзынбұлақ/Узынбулак/Uzynbulak Қайнарбұлақ/Кайнарбулак/Kainarbulak Ақсу/Аксу/Aksu Қарасу/Карасу/Karasu
    Көксу/Коксу/Koksu Сарысу/Сарысу/Sarysu Қызылсу/Кызылсу/Kyzylsu Қаратал/Каратал/Karatal Көктал/Коктал/Koktal
    Ақтал/Актал/Aktal Көктерек/Коктерек/Kokterek Байтерек/Байтерек/Baiterek Үштерек/Уштерек/Ushterek
    Теректі/Теректы/Terekty Қайыңды/Каинды/Kaiyndy Қарағайлы/Карагайлы/Karagaily Шыңғысты/Шынгысты/Shyngysty
    Ақтас/Актас/Aktas Қызылтас/Кызылтас/Kyzyltas Қаратас/Каратас/Karatas Көктас/Коктас/Koktas Сарытау/Сарытау/Sarytau
    Көктау/Коктау/Koktau Сарыбел/Сарыбель/Sarybel Белтерек/Бельтерек/Belterek Сарыөзен/Сарыозен/Saryozen
    Жаңаауыл/Жанааул/Zhanaauyl Жаңажол/Жанажол/Zhanazhol Ақжол/Акжол/Akzhol Жаңатілек/Жанатилек/Zhanatilek
    Бірлік/Бирлик/Birlik Ынтымақ/Ынтымак/Yntymak Достық/Достык/Dostyk Еңбек/Енбек/Enbek Алғабас/Алгабас/Algabas
    Шұғыла/Шугыла/Shugyla Жұлдыз/Жулдыз/Zhuldyz Арасан/Арасан/Arasan Маралды/Маралды/Maraldy Тоғайлы/Тогайлы/Togaily
    Жайлаукөл/Жайлауколь/Zhailaukol Сарыкөл/Сарыколь/Sarykol Қамыстыкөл/Камыстыколь/Kamystykol
    Берёзовка/Берёзовка/Berezovka Сосновка/Сосновка/Sosnovka Каменка/Каменка/Kamenka Луговое/Луговое/Lugovoye
    Подгорное/Подгорное/Podgornoye Заречное/Заречное/Zarechnoye Ключи/Ключи/Klyuchi Пихтовка/Пихтовка/Pikhtovka
"""
VILLAGES = [Name(*names.split("/")) for names in VILLAGES_IN_KK_RU_EN.split()]
