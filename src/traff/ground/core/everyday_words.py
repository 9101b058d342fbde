"""Words that everybody uses about everything: numbers, times, and the plainest verbs, nouns and adjectives, as they are written.

They match like any other word, and search finds them; but that two people both wrote "first" and "Tuesday" is no reason for them to
meet, and says nothing of whether a text is about the same matter. Compared by their stems, so one form stands for the others.
"""

from functools import cache

from traff.ground.core.language import stem

SWEDISH = """
noll ett en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo trettio fyrtio
femtio sextio sjuttio åttio nittio hundra tusen miljon hälft halv hel första andra tredje fjärde femte sista nästa förra enda ena dubbel
gång gånger gången bit del antal par rad rader
dag dagar dagen vecka veckor veckan månad månader år åren årets timme timmar minut minuter sekund kvart klockan natt natten nätter
morgon morgonen kväll kvällen eftermiddag förmiddag lunch helg helgen vår våren sommar sommaren somras höst hösten höstas vinter vintern
måndag tisdag onsdag torsdag fredag lördag söndag januari februari mars april maj juni juli augusti september oktober november december
idag igår imorgon nu då sedan snart redan ännu alltid aldrig ofta ibland länge tidigt sent senare genast äntligen plötsligt
är var vara bli blir blev blivit ha hade haft göra gör gjorde gjort gå går gick gått komma kommer kom kommit få får fick fått ge ger gav
ta tar tog tagit sätta sätter satte satt ställa ställer ställde lägga lägger la lade lagt ligga ligger låg stå står stod stått sitta
sitter hålla håller höll säga säger sa sade sagt tala talar talade prata pratar fråga frågar frågade svara svarar svarade berätta
berättar kalla kallar heta heter skriva skriver skrev skrivit läsa läser läste se ser såg sett titta tittar höra hör hörde känna känner
kände veta vet visste tro tror trodde tänka tänker tänkte tycka tycker tyckte mena menar förstå förstår lära minnas minns minne glömma
vilja vill kunna kan kunde måste ska skulle bör brukar börja börjar började sluta slutar slutade fortsätta visa visar visade verka
verkar hitta hittar hittade leta letar söka hända händer hände hjälpa hjälper behöva behöver behövde använda använder vänta väntar
väntat stanna springa köra kör ringa ringer ringde skicka skickar skickade hämta hämtar köpa köper bära bär byta byter bytte öppna
stänga räkna räknar nicka nickar skratta ler leva dra drar drog falla faller föll
bra bättre bäst dålig sämre stor större störst liten litet små mindre lång längre kort ny nytt nya gammal gamla ung rätt fel klar klart
färdig lätt svår enkel hög högre låg lägre samma annan annat andra egen eget olika vanlig vanligt hemma ute inne borta utanför framför
bakom bredvid nära långt upp ner fram tillbaka bort hem hit dit här där ovan under mitt
sak saker sätt ting namn ord bild bilder fråga svar problem anledning exempel fall plats ställe sida sidan vägen väg hand handen händer
huvud öga ögon fot folk människa människor person man kvinna barn pojke flicka vän vänner kollega kollegor chef chefen jobb jobbet jobben
arbete hus dörr rum bord stol golv vägg fönster bil kaffe mat kopp låda lådan lapp lappen papper pärm gul gult röd rött blå vit vita svart
grå grön ja nej kanske också bara inte mycket lite mer mest alla ingen någon något allt inget hej tack
"""
ENGLISH = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
thirty forty fifty sixty seventy eighty ninety hundred thousand million half whole first second third fourth fifth last next previous
only single double once twice time times piece part number pair row rows
day days week weeks month months year years hour hours minute minutes second seconds quarter clock night nights morning evening afternoon
noon lunch weekend spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday january february march april may
june july august september october november december today yesterday tomorrow now then since soon already still always never often
sometimes long early late later finally suddenly ago
be is was were been have had do does did done go goes went gone come comes came get gets got give gives gave take takes took taken put
puts set sets stand stands stood sit sits sat hold holds held lie lies lay say says said tell tells told talk talks ask asks asked asking
answer answers answered call calls called name named write writes wrote written read reads see sees saw seen look looks looked hear hears
heard feel feels felt know knows knew known think thinks thought believe mean means meant understand learn learnt learned remember
remembers forget forgot forgotten want wants wanted can could must shall should would will may might begin begins began start starts
started stop stops stopped end ends ended continue show shows showed seem seems find finds found search happen happens happened help
helps need needs needed use uses used wait waits waited stay run runs ran drive send sends sent fetch buy buys bought carry carries
change changed open opened close closed count counts weigh weighs nod laugh smile live pull fall falls fell keep keeps kept let lets make
makes made turn turns turned try tries tried work works worked bring brought leave leaves left move moved add added spend spent
good better best bad worse big bigger biggest large small smaller little long longer short new old young right wrong clear ready easy
hard simple high higher low lower same other another own different usual home outside inside away front behind beside near far up down
back here there above below middle hole side
thing things way ways word words picture photo photograph question answer problem reason example case place point hand hands head eye
eyes foot feet people person man woman child children boy girl friend friends colleague colleagues boss manager job jobs house door room
table chair floor wall window car coffee food cup box boxes lid drawer note paper binder yellow red blue white black grey green yes no
maybe also only just not much more most all none some something everything nothing hello thanks
"""


@cache
def everyday(language: str) -> frozenset[str]:
    """The stems, in Swedish ("sv") or English ("en")."""
    words = {"sv": SWEDISH, "en": ENGLISH}[language].split()
    return frozenset(words) | frozenset(stem(word, language) for word in words)


def is_everyday(word: str) -> bool:
    """Whether it is a form of such a word in either language, or made of nothing else ("forty-one")."""
    parts = [part for part in word.lower().split("-") if part]
    return bool(parts) and all(
        any(part in everyday(tongue) or stem(part, tongue) in everyday(tongue) for tongue in ("sv", "en")) for part in parts
    )
