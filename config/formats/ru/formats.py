"""Russian, where Django's own forms differ from use: 09:05 and not 9:05, 25 августа and not 25 Август."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j E Y г., H:i"
MONTH_DAY_FORMAT = "j E"
