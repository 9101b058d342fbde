"""What is sensitive from the start: subjects of GDPR art. 9, in Swedish and English. Administrators mark more, or unmark.

Health, faith and conviction, trade union, politics, orientation, origin, and what is near to them.
"""

NAMES = frozenset(
    """
    adhd aids alkoholism alcoholism alkoholproblem anorexi anorexia ateism atheism autism bipolär bipolar bisexuell bisexual
    bulimi bulimia buddhism burnout cancer demens dementia depression depressioner diabetes dyslexi
    dyslexia epilepsi epilepsy etnicitet ethnicity facket fackförbund fackföreningen fackföreningar fackklubben fackligt facklig
    fertilitet fertility flykting flyktingar förlossningsdepression gay hbtq hbtqi health-issues hinduism hiv hudfärg hälsoproblem
    infertilitet infertility islam ivf judendom judaism katolicism katolik catholic könsidentitet könskorrigering kristendom
    christianity kyrkan labour-union labor-union läggning lesbisk lesbian lgbt lgbtq lgbtqi long-covid migraine migrän missbruk
    missfall miscarriage moské mosque muslim muslimer nationella-minoriteter menopaus menopause neuropsykiatri politik
    politics partipolitik party-politics postpartum-depression pride psykisk-ohälsa psykiatri psychiatry mental-health
    mental-illness queer religion religioner rehabilitering romer roma sami samer samiskt sexual-orientation
    sexualitet sexuality sexuell-läggning sick-leave sjukdom sjukdomar sjukskriven sjukskrivning strejk
    synagoga synagogue tro faith trade-union trade-unions transgender transperson unionen utbränd utbrändhet
    utmattning utmattningssyndrom ätstörning ätstörningar eating-disorders överkänslighet övertygelse abort abortion
    """.split()
)
