"""Words that everybody uses about everything: numbers, amounts, times, and the plainest verbs, nouns and adjectives, as written.

They match like any other word, and search finds them; but that two people both wrote "first" and "Tuesday" is no reason for them to
meet, and says nothing of whether a text is about the same matter. Compared by their stems, so one form stands for the others.
"""

import re
from functools import cache, lru_cache

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
nionde tionde elfte tolfte trettonde fjortonde femtonde tjugonde sjätte sjunde åttonde dussin tredjedel fjärdedel procent styck stycken
mängd rest resten enstaka flera flest fler färre hälften dubbelt tusentals massa antalet summan meter centimeter millimeter kilometer
liter kilo gram ton grader graden kronor öre euro sort sorts slag slags
själv själva själv ihop isär runt kring omkring igenom förbi emot längs bland utom vidare ungefär nästan ganska väldigt riktigt verkligen
faktiskt egentligen ofantligt precis exakt säkert troligen antagligen visst nog alls hittills dittills numera nuförtiden tidigare senast
senaste plötslig ibland sällan oftast vanligen annars dessutom ändå fortfarande tillräckligt alldeles helt delvis kvar undan ifrån varandra
bäst bästa sämsta värst värsta största minsta högsta lägsta första längsta äldsta yngsta nyaste flesta likadan likadana liknande lika
olik hela halva tom tomt full fullt tung lätt torr våt blöt kall kallt varm varmt het sval hård mjuk
snabb snabbt långsam långsamt tyst högt lågt snäll vänlig arg glad ledsen trött hungrig rädd stolt nöjd dum klok rolig roligt tråkig tråkigt
fin fint vacker ful konstig konstigt underlig märklig farlig viktig viktigt nödvändig möjlig möjligt omöjlig omöjligt verklig sann falsk
känd okänd främmande öppen stängd ledig upptagen redo beredd död levande frisk sjuk ren rent smutsig trasig trasiga hemlig
lyssna lyssnar lyssnade mäta mäter mätte mätt jämföra jämför jämförde undra undrar undrade ana anade gissa gissar gissade märka märker
märkte lova lovar lovade pröva prövar prövade prova provar provade försöka försöker försökte lyckas lyckades orka orkar orkade hinna hinner
hann slippa slipper slapp råka råkar råkade låta låter lät låtit vakna somna sova äta äter åt äta dricka dricker drack leka
vända vänder vände vrida vrider vred trycka trycker tryckte skaka skakar skakade röra rör rörde kasta kastar kastade tappa tappar tappade
rita ritar ritade klippa skära skär skar slå slår slog hugga knacka knackar knackade lyfta lyfter lyfte flytta flyttar flyttade samla
samlar samlade dela delar delade bygga bygger byggde laga lagar lagade hänga hänger hängde binda knyta fästa lossna lossnar spara sparar
sparade gömma glömmer glömde förlora vinna vinner vann betala betalar betalade sälja säljer sålde kosta kostar kostade lämna lämnar lämnade
följa följer följde möta möter mötte träffa träffar träffade besöka bjuda tacka tackar tackade lita litar hoppas hoppades älska hata
gilla gillar ångra klara klarar klarade duga räcka räcker räckte fattas saknas saknar saknade finnas finns fanns funnits växa växer växte
minska öka ökar ökade sjunka stiga stiger steg ändra ändrar ändrade förklara förklarar beskriva påstå lyda handla handlar handlade
värde nytta onödan mening tanke tankar idé råd tips hjälp lust lycka otur tur fel misstag hemlighet berättelse historia skäl orsak
början slut slutet mitten änden kanten hörn topp botten insida utsida baksida framsida avstånd riktning storlek form färg ljud lukt smak
känsla minne dröm liv död ålder namnet rubrik mening bokstav siffra siffror text rad bok böcker brev lista listan blad penna
nyckel pengar pris present påse väska ficka skor sko mössa jacka byxor tröja handduk filt tallrik kopp glas flaska sked gaffel kniv
mamma pappa mormor farmor morfar farfar bror syster son dotter fru fruga man make granne grannar gäst unge ungar herr fröken
företag firma kontor avdelning anläggning möte möten samtal besök resa semester fika rast paus skift pass tidpunkt tillfälle
land stad staden by gata torg
honom henne hans hennes deras oss er sant sanna alltså däremot dem dom många fort hårt drygt överst underst allihop någonstans ingenstans överallt gälla gäller gällde åka åker åkte åkt velat
lovat tveka tvekar stämma stämmer stämde försvinna försvinner försvann nämna nämn nämner nämnde vems vilkas dumt missnöjd ettan tvåan trean
fyran femman kaffet köket middag middagen golvet hörnet taket rummet våningen meningen lådan rutan rutor halvår halvåret favorit arbetsdagar
kund kunden kunder kunderna montör montören system systemet plan planen planer foto foton punkter punkt grejer fast spår syns
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
helps need needs needed use uses used wait waits waited stay run runs ran send sends sent fetch buy buys bought carry carries
change changed open opened close closed count counts weigh weighs nod laugh smile live pull fall falls fell keep keeps kept let lets make
makes made turn turns turned try tries tried work works worked bring brought leave leaves left move moved add added spend spent
good better best bad worse big bigger biggest large small smaller little long longer short new old young right wrong clear ready easy
simple high higher low lower same other another own different usual home outside inside away front behind beside near far up down
back here there above below middle hole side
thing things way ways word words picture photo photograph question answer problem reason example case place point hand hands head eye
eyes foot feet people person man woman child children boy girl friend friends colleague colleagues boss manager job jobs house door room
table chair floor wall window car coffee food cup box boxes lid drawer note paper binder yellow red blue white black grey green yes no
maybe also only just not much more most all none some something everything nothing hello thanks
ninth tenth eleventh twelfth thirteenth twentieth sixth seventh eighth dozen percent percentage several few fewer many amount total rest
remaining half metre metres meter meters millimetre millimetres centimetre litre litres kilo kilos gram grams tonne tonnes degree degrees
kroner kronor euro euros sort kind kinds type bunch lot lots
around across along among against toward towards through throughout without within beyond besides except despite instead together apart
almost quite rather very really actually exactly precisely probably perhaps certainly surely simply merely hardly barely nearly roughly
already recently lately usually normally rarely seldom frequently eventually meanwhile otherwise therefore however although though whether
still again once twice forward backward sideways everywhere somewhere anywhere nowhere anyone everyone somebody anybody everybody nobody
biggest smallest highest lowest longest shortest oldest newest youngest worst finest similar alike equal empty full heavy light
dry wet cold warm hot cool fast slow slowly quick quickly quiet loud kind nice angry happy sad tired
hungry afraid proud clever stupid funny boring fine pretty beautiful ugly strange odd weird dangerous important necessary possible
impossible real true false known unknown foreign closed free busy dead alive healthy sick clean dirty broken secret whole
listen listens listened listening measure measured compare compares compared wonder wonders wondered guess guessed notice noticed promise
promised test tested managed manage lose loses lost win wins won sleep slept eat eats ate drink drinks drank play played turned twist press
pressed shake shook touch touched throw threw drop dropped draw draws drew cut cuts hit hits knock knocked lift lifted push pushed pull
pulled collect collected share shared build builds built fix fixed repair repaired hang hung tie tied save saved hide hid pay pays paid
sell sells sold cost costs leave follow follows followed meet meets met visit visited thank thanked trust trusted hope hoped love loved
hate hated like liked likes regret survive enough lack missing exist exists grow grows grew increase decrease rise rises rose sink sank
explain explained describe claim matter matters happen become becomes became seemed appear appeared allow allowed choose chose decide decided
agree agreed break breaks broke catch caught check checked fill filled pick picked join joined arrive arrived return returned
stand standing sitting walking talking looking taking making getting putting going coming doing being having saying asking telling
value use mean sense thought idea advice tip tips help luck mistake mistakes story stories cause reason beginning end middle edge corner
top bottom inside outside side back front distance direction size shape colour color sound smell taste feeling memory dream life death age
title letter letters digit digits figure figures text line lines page pages book books list lists sheet pen pencil
key keys money price gift bag bags pocket shoes shoe hat coat trousers towel blanket plate glass glasses bottle spoon fork knife
mother father mum dad grandmother grandfather brother sister son daughter wife husband neighbour neighbours guest guests kid kids sir
company firm office department meeting meetings conversation trip holiday holidays break shift occasion moment
country town city village street square
i'll i'd i've it's that's don't can't cannot further given sign signed settle settled date dates english swedish norwegian finnish profile project projects customer customers
plan planned plans system systems south north east west apart marked loose warning decided retired original daughter opening openings
"""


# As written only, for a stem of theirs may be a matter: "gäng" is no "gänga", nor "specific" a "specification".
PLAIN = """
god goda nå når nås nådde erfarenhet erfarenheter trevlig trevligt gäng mobilen emot efter jul julen påsk midsommar nyår grattis födelsedag
födelsedagen tårta välkommen välkomna hejsan hälsning hälsningar kram hurra sjukt förkyld snöar försiktig försiktigt borde jobba jobbar
tillsammans gemensam gemensamt gemensamma team teamet stämning humör mugg paraply kickoff välkomnar hoppas undrar nyfiken tipsa efterlyses
erbjuda besluta bestämma bestämde betyda betyder betydelse enkelt fantastisk fantastiskt underbar underbart fortsatt fri fritt frihet
fullständig fungera fungerar funka funkar fylla fyller förbereda förändra förändring förklaring glädje gott helhet hål hålet hålen hållit
hänt intelligent inträffa kamrat kompis komplett konsekvens korrekt kärlek legat lämplig lämpligt lös löst missa missar missade nummer
nyligen närhet ofta ordna ordnar ovansida ovanpå passa passar plocka plockar plus minus poäng promenad rimlig rimligt rykte saga sannolik
sannolikt skilja skillnad skillnader släppa släpper släng slänga smart snacka snackar snygg snyggt sorg stilla stoppa stopp stort stund
stunden svårt svårighet svensk svenska svenskt engelsk engelska säker sönder tillfällig tillåta trick tröttare tydlig tydligt tydligen typ
typiskt tystnad undantag uppehåll upptäcka upptäckte utflykt utomhus inomhus utrymme vaken välja väljer vänster höger väntetid yngre äldre
äga åsikt åsikter ögonblick ökning öppning övre nedre söder norr öster väster norra södra östra västra nord syd väst nyfikenhet förlåt
ursäkt vits skämt åldern sådan sådant sådana bruka nyttig själ mod lugn lugnt lugna vana vanor rutin vardag arbetsdag arbetsplats kollegan
medarbetare deltagare starta startar startade able about abroad actual actually arrange asleep assume attempt aunt avoid awake bang belief
birthday cake congratulations welcome welcomed snowing carefully careful great greatest team teams mug calling working calls lunch dinner
hello please sorry dear regards cheers excited exciting enjoy enjoyed favourite favorite fun joke jokes news locker lockers easily basically
brilliant wonderful lovely fantastic famous fair familiar effort effortless entire especially even ever every everyday expect expected
experiences experienced extra finish finished forgotten free full general generally glad grateful gratitude hard honest horrible huge human
idea imagine important include including inform instance interested interesting kept knowledge laugh lazy likely look looks mind mood mostly
natural naturally necessary neither nobody normal obvious obviously okay opinion opinions ordinary others ought outdoors indoors past peace
personal personally pleased plenty prefer prize proper properly proud real really reply respect rest reward rough sad scared seem self
sensible serious seriously several shout soft something someone somewhere song soon special specific spot starting starts stick straight
strange stuff stupid success successful sudden suitable sum super sure surprise surprised surprising taught teach temporary terrible tough
topic toward trouble unusual useful usual various wake way willing wise worked worker workers worry worried worse worth worthy younger youth
everyone anybody alright amazing appreciate appreciated appreciation aware bored bother brief briefly chance chances choice choices clearly
itself himself herself themselves yourself ourselves myself step steps well comfortable common confident consider considered convinced
couple curious decent desk difference different difficult difficulty discover discovered
"""
AS_WRITTEN = frozenset(PLAIN.split())


@cache
def everyday(language: str) -> frozenset[str]:
    """The stems, in Swedish ("sv") or English ("en")."""
    words = {"sv": SWEDISH, "en": ENGLISH}[language].split()
    return frozenset(words) | frozenset(stem(word, language) for word in words)


def is_everyday(word: str) -> bool:
    """Whether it is a form of such a word in either language, or made of nothing else ("forty-one")."""
    parts = [part for part in word.lower().split("-") if part]
    return bool(parts) and all(
        part in AS_WRITTEN or any(part in everyday(tongue) or stem(part, tongue) in everyday(tongue) for tongue in ("sv", "en"))
        for part in parts
    )


SHORTEST = 3  # letters of a word that tells
SHORTEST_PART = 5  # of a part of a compound: "stad" of "verkstad" is none of its matter
# Verbs in the past, participles, adverbs and superlatives are told by their ends; these nouns end like them.
ENDS = re.compile(
    r"^\w{3,}ade[ts]?$|^\w{2,}(?<!e)tte[ts]?$|^\w+dde[ts]?$|^\w{3,}nde$|^\w{2,}(?<!e)ed$|^\w{3,}ly$|\w{3,}(?:ligt|ligen|vis|aste)$"
)
LIKE_NOUNS = """
anomaly anseende antagande assembly avseende barrikade beroende blockade boende brigade cascade decade erbjudande facade family fasade förfarande förhållande förtroende grenade inflytande infrared
lemonade lärande marmalade meddelande multiply ordförande palisade parade poly påstående reply subassembly supply upgrade uppträdande utlåtande utseende vetande yttrande åtagande
"""
NOUNS = frozenset(LIKE_NOUNS.split())


@lru_cache(20_000)
def tells(word: str, *, is_part: bool = False) -> bool:
    """Whether a word says what a text is about, and so may be said as a reason: like a noun, and not of everyday.

    `is_part`: of a compound, in whose place it would be said.
    """
    plain = word.lower()
    if len(plain) < (SHORTEST_PART if is_part else SHORTEST) or is_everyday(plain):
        return False
    return plain in NOUNS or not ENDS.search(plain)
