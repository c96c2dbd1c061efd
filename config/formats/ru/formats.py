"""Russian, where Django's own forms differ from use: 09:05 and not 9:05, 25 августа and not 25 Август."""

DATE_FORMAT = "j E Y\xa0г."  # a space that does not break the line
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j E Y\xa0г., H:i"
YEAR_MONTH_FORMAT = "F Y\xa0г."
MONTH_DAY_FORMAT = "j E"
