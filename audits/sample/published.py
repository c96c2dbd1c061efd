"""What was published about East Kazakhstan in August 2021. The sample is drawn to agree with it; nothing else knows it.

The source leaves open whether the ten schools whose cameras did not work are among the 533: here they are, and the ten
without cameras are not. How many of the equipped were never assessed is not published: here it is twelve.
"""

from datetime import date

SEED = 20210825
AS_OF = date(2021, 8, 25)
REGION = "east-kazakhstan"

ROLL = 647
EQUIPPED = 637
NON_COMPLIANT = 533
MALFUNCTIONING = 10

UNEQUIPPED = ROLL - EQUIPPED
UNASSESSED = 12
COMPLIANT = EQUIPPED - NON_COMPLIANT - UNASSESSED
