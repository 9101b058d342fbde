"""Words that say nothing of what a text is about, in Swedish and English; closed classes, and the words one asks by.

A large house learns them from its own statistics. In a small one *how* and *hur* are as rare as *corrosion*, so they are
left out of questions; the index keeps them, for phrases and for texts of nothing else.
"""

_SWEDISH = """
och att det den i en ett som är på för av till med de dom inte om har jag vi du ni han hon man mig dig sig oss er min din sin mitt ditt
sitt mina dina sina vår vårt våra ert era deras hans hennes dess denna detta dessa där här då nu när hur vad vem vilka vilken vilket
varför så men eller utan från kan kunde ska skall skulle vill ville må måste får fick bli blir blev blivit var vara varit vore hade ha haft
göra gör gjorde gjort går gick gå gått kommer kom komma kommit finns fanns finnas tar tog ta tagit ser såg se sett vet visste veta ju väl nog
bara också även än ändå mer mest mycket mindre lite något någon några inget ingen inga allt alla andra annan annat annars samma sådan sådant
sådana över under efter före innan vid hos mot mellan genom ut in upp ned ner bort fram igen sedan redan alltid aldrig ofta ibland båda
känner känna kände känt någonting nåt nån nåra ingenting undrar fråga frågar hjälp hjälpa hjälper snälla
varje hel hela helt enligt kring runt utom åt ur per tills dock därför eftersom medan samt eftersom ens vart både
"""
_ENGLISH = """
the a an of to and in is it its that this these those for on with as be are was were been being am by at or from but not no nor have has
had having do does did doing done i you we they he she me him her us them my your our their his hers ours yours theirs mine who whom whose
which what when where why how all any both each few more most much many other others some such only own same so than too very can could may
might must shall should will would just about above after again against before below between beneath during into through over under up down
out off then once here there if because until while also even ever never always often still yet get gets got getting go goes going gone went
come comes came make makes made take takes took see seen saw say says said one two like let us want wants really quite rather per via upon
know knows knew known ask asks asked asking found find finds tell please wonder wonders wondering
every either neither something anything nothing everything someone anyone nobody everybody way ways thing things lot bit i'm it's don't
"""
FUNCTION_WORDS = frozenset((_SWEDISH + _ENGLISH).split())
