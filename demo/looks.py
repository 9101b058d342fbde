"""What the portraits are made of: how each person looks, the colours, and the shapes as `draw.py` reads them.

Tables of words and numbers alone. A new person needs no line: what is not said follows from their id and title.
"""

import re

# Sex and age, and then any words of the lists below, where a name, a title or a paragraph calls for them.
LOOKS = """
astrid = w25 fair blond braid beanie fleece | bjorn = m58 rosy grey receding full square shirt | ulla = w57 rosy grey nape chef
sofia = w37 fair wheat bob round knit | mikko = m41 fair wheat short stubble boiler muffs | hanna = w36 fair blond bun knit bare
marit = w47 rosy ginger wavy blazer bare | joost = m50 rosy ash curly goatee hivis | emma = w34 golden brown tail blazer bare
lennart = m67 rosy white bald moustache round cardigan | noor = w35 olive black wavy rollneck bare
petra = w52 fair auburn pixie round cardigan | jussi = m55 rosy grey short trimmed beanie knit bare
karin = w49 fair silver fringe square rollneck | oskar = m31 fair brown messy stubble boiler bare | liv = w37 fair wheat wavy knit
camilla = w44 golden dark nape blazer lanyard | ellen = w38 golden dark braids helmet hivis bare | asa = w50 fair blond bob fleece
abdi = m21 umber black afro hivis clean bare | tuomas = m46 fair ash short full boiler | gunvor = w60 fair grey bob round knit
farid = m44 olive black part moustache boiler | lisbeth = w51 rosy ginger pixie hivis | malin = w42 fair wheat tail fleece
isak = m39 golden dark short stubble helmet hivis | hector = m48 tan black part trimmed shirt | aino = w34 fair ash bob crew round
anita = w53 rosy wheat curls chef bare | pekka = m57 rosy grey buzz moustache boiler | sunniva = w33 golden brown braid knit
viktor = m35 fair ginger short trimmed beanie fleece | dawit = m29 cocoa black buzz trimmed boiler
klara = w30 fair blond tail square boiler | sirpa = w48 fair auburn curls cardigan | magnus = m54 fair grey part shirt
rasha = w43 olive dark nape round blazer | kent = m62 rosy white receding trimmed boiler | tove = w39 fair wheat nape fleece
yasmin = w22 olive black bun boiler bare | heikki = m64 rosy white bald boiler | lena = w45 fair brown tail hivis muffs
ihor = m43 fair ash quiff boiler | siv = w63 rosy white pixie square shirt birch | deniz = m36 olive black curly stubble hoodie
elin = w32 fair ginger fringe round cardigan | parisa = w41 olive black long blazer | priya = w31 cocoa black braid knit bare
tobias = m38 fair wheat messy trimmed fleece | gunilla = w59 fair silver nape round rollneck | ebba = w40 fair wheat long shirt
marek = m45 fair brown buzz stubble boiler | rolf = m63 rosy white part round shirt | leila = w37 golden black curls crew
fatuma = w40 ebony black hijab cloudberry bare | stig = m61 rosy grey receding moustache fleece | ingrid = w46 fair ash tail knit
maja = w24 fair brown braids hoodie | kari = w48 fair blond curls blazer | sander = m36 fair blond quiff hivis clean
fatima = w38 olive dark hijab lingon bare | agnieszka = w45 fair auburn long blazer | magda = w33 fair blond braid boiler
piotr = m47 fair dark short full helmet hivis | henning = m42 rosy ginger messy full fleece | stefan = m53 rosy ash part shirt
mehmet = m49 olive black receding moustache hivis | rasmus = m40 fair wheat part stubble square shirt
yusuf = m28 ebony black locs trimmed hoodie bare | catarina = w52 golden blond bob blazer earrings
kirsi = w44 fair ash pixie blazer earrings | jorgen = m41 rosy wheat curly shirt | saskia = w39 fair dark wavy blazer
pawel = m38 fair brown part round shirt | nils = m36 golden dark short knit | agneta = w56 fair silver bob square blazer
silje = w34 fair blond long rollneck | mona = w47 fair brown curls crew | arvid = m44 fair ginger part round cardigan
zahra = w39 olive dark fringe shirt | bengt = m62 fair grey receding round cardigan | hamid = m50 tan grey curly full shirt
anneli = w47 fair auburn nape square cardigan | gustaf = m58 rosy silver quiff shirt | cecilia = w54 fair ash bob blazer earrings
hakan = m60 rosy grey buzz trimmed square blazer | johanna = w46 fair wheat tail crew | aparna = w36 cocoa black nape round shirt
samir = m42 olive black short trimmed hoodie lanyard | linnea = w29 fair ginger braids round cardigan
bosse = m61 rosy white bald full beanie boiler | ritva = w58 fair silver bun blazer earrings | hilde = w50 fair ginger curls knit
mariana = w57 tan dark wavy cardigan earrings | eskil = m37 fair wheat bun trimmed crew muffs
jens = m52 rosy grey messy goatee knit | kaj = m55 rosy wheat bald stubble knit | evalena = w51 fair auburn long round blazer
amal = w27 umber black hijab birch bare
"""

SKIN = "fair #f3d3bb, rosy #eec2a6, golden #e5b48d, olive #d3a077, tan #c48b60, cocoa #a87450, umber #8c5c40, ebony #6f4836"
HAIR = """blond #e3c078, wheat #c99a55, ash #a68a68, ginger #c2683a, auburn #8b4530, brown #6a4630, dark #46312a, black #2a2426,
grey #9a9a98, silver #c4c5c3, white #e9e7e1"""
CLOTH = """birch #ece3d2, blueberry #3a4580, cloudberry #d98a2b, spruce #2f6b51, lingon #a83a41, mist #8d979b, sky #7f9cc0,
moss #7c8a55, clay #b5705a, ink #2e3344"""
BOILER, HELMET = "navy #3a4580, petrol #2f5d7c, spruce #2f6b51, orange #c9702c", "white #f5f2e8, yellow #f0b437, orange #d9622b"
FRAME = "night #2b2230, horn #6b3f2a, blueberry #3a4580, bronze #8a6a2f, gold #e0b65a"
GROUND = """birch #e6dcc7, haze #c6cde6, blueberry #8f9bcb, morning #f1c981, cloudberry #e5ab50, dew #a9cbb8, spruce #6f9f88,
heather #e6b3aa, mist #c9d3d4, slate #9fb0b5, lingon #d98d85"""
FIXED = """white #fbf8f1, night #2b2230, amber #f2b72f, mirror #e9edea, rust #c9702c, pearl #c9d0cf, red #a83a41, glint #fff7dd,
blood #7a2f2a, flush #d9574a, wine #96292f, gum #4a1420"""
# Paints mixed of two others, and how much of the second.
MIXED = """shade skin blood 0.2, line skin blood 0.3, lip skin wine 0.55, cheek skin flush 0.15, mouth skin gum 0.75,
sclera skin white 0.55, bristle skin hair 0.3, deep hair night 0.16, shine hair white 0.16, fold cloth night 0.2,
plain cloth white 0.25, accent second white 0.3, hill ground night 0.08, dusk skin night 0.5, brow hair dusk 0.5"""

WOMEN = ["long", "bob", "bun", "nape", "tail", "braid", "braids", "curls", "pixie", "wavy", "fringe"]
MEN = ["short", "part", "quiff", "curly", "buzz", "messy", "short", "part", "receding", "bald"]
BEARDS = ["clean", "clean", "stubble", "clean", "trimmed", "full", "goatee", "moustache"]
OFFICE = ["shirt", "knit", "crew", "rollneck", "blazer", "cardigan", "hoodie", "fleece"]
FIELD = ["boiler", "hivis", "fleece", "boiler", "knit", "hivis"]
GEAR = ["helmet", "beanie", "muffs", "lanyard", "earrings"]
IN_THE_FIELD = re.compile(r"(?i)tekniker|mont|technician|mechanic|mekaniker|elektriker|electrician|svets|weld|rigg|operator")

# Each cut: the line of the hair on the forehead from the right temple to the left, and how high and how wide the hair stands out.
CUTS = """
long = curtain 8 6 | wavy = swept 10 8 | bob = swept 8 8 | fringe = fringe 8 7 | bun = back 4 2 | nape = swept 5 3
tail = back 6 3 | braid = swept 7 4 | braids = curtain 6 4 | curls = even 8 6 | afro = even 10 6 | locs = even 8 5
pixie = swept 9 4 | short = even 8 2 | part = part 10 3 | quiff = back 8 2 | curly = even 8 3 | buzz = peaks 2 0
messy = part 10 4
"""
# The drawings: a verb, a paint and points, where 0,0 is the middle of the face. A star does it on the other side too, and a tilde
# makes one shape of a right half and its mirror image. Parts of a shape that meet in corners have a slash between them.
DRAWINGS = """
sun = oval hill 0,4 104,104 | slope = shape hill -180,60 -60,14 30,50 180,-20 190,180 -190,180
torso = shape~ cloth 0,78 24,78 42,91 75,99 97,110 108,130 116,180
neck = flat~ skin 23,30 23,84 0,99; oval skin 0,84 26,15
ears = oval* skin 46,8 9,13; oval* shade 47,9 4,7 | cheeks = oval* cheek 27,25 12,8
eyes = oval* sclera 20,2 6.6,5.6; oval* night 20,2 4.2,5; oval white 21.4,0.2 1.2,1.4; oval white -18.6,0.2 1.2,1.4
lashes = line*:2 night 16,-1 20,-3.4 24,-2 27,-3.5 | older = line*:1.6 shade 15,12 21,14 27,12
old = line*:1.6 shade 16,25 22,31 23,38
soft w = line*:3 brow 12,-14 21,-16.5 30,-12 | soft m = line*:4.2 brow 12,-14 21,-16.5 30,-12
high w = line*:3 brow 12,-16 21,-19.5 30,-15 | high m = line*:4.2 brow 12,-16 21,-19.5 30,-15
level w = line*:3 brow 12,-15 21,-16 30,-14 | level m = line*:4.2 brow 12,-15 21,-16 30,-14
small = line:3 line 1,6 6,17 -2,19 | long = line:3 line 1,6 6,21 -2,23 | broad = line:3 line 1,6 7,19 -4,21
smile = line:3.6 lip -12,37 0,42 12,36.5 | calm = line:3.6 lip -11,38 0,40 11,37 | wry = line:3.6 lip -11,38.5 2,41 12,35
grin = shape mouth -12,34 0,36 12,34 / 12,34 7,43 0,46 -7,43 -12,34;
  shape white -10,35.3 0,37.2 10,35.3 / 10,35.3 6,39.6 -6,39.6 -10,35.3
long behind = shape~ deep 0,-70 40,-60 56,-20 57,40 64,88 56,122 0,126
wavy behind = shape~ deep 0,-70 40,-60 58,-20 56,10 68,40 60,66 72,94 52,112 0,100
bob behind = shape~ deep 0,-70 40,-60 57,-20 60,22 57,50 38,60 0,58
fringe behind = shape~ deep 0,-70 40,-60 57,-20 59,22 58,62 38,74 0,70
bun behind = oval deep 0,-80 25,22; line:2 hair -14,-84 0,-92 14,-84 | nape behind = oval deep 40,44 24,22
tail behind = shape deep 20,-62 52,-66 74,-34 70,16 80,62 60,56 48,16 44,-20
braid before = oval hair 47,33 10,12; oval hair 52,46 13,13; oval deep 55,64 13,13; oval hair 57,82 12,12;
  oval deep 57,99 11,11; oval hair 56,114 9,10
braids before = oval* hair 47,33 9,12; oval* hair 51,46 11,12; oval* deep 54,62 11,12; oval* hair 57,79 11,11;
  oval* deep 58,95 10,10; oval* hair 58,109 8,9
receding before = shape* hair 46,12 52,-6 50,-30 40,-48 39,-28 41,-8
messy before = shape hair -46,-52 -30,-82 -14,-60; shape hair -22,-62 -2,-90 14,-62; shape hair 2,-64 30,-86 38,-54;
  shape hair 26,-60 50,-70 48,-40
quiff before = shape hair -44,-36 -44,-62 -24,-78 10,-87 36,-77 46,-52 45,-32 30,-50 0,-45 -26,-47;
  line:3 shine -30,-62 -10,-74 12,-77
hijab behind = shape~ cloth 0,-80 42,-68 60,-24 58,30 66,84 40,120 0,130
hijab before = shape fold -44,44 -24,64 0,68 24,64 44,44 56,72 34,98 -8,106 -52,86; line:3 cloth -46,58 -8,82 42,76;
  line:3 cloth -50,74 -12,97 30,94; ring:18 cloth 0,2 47,66; ring:3 fold 0,2 38,57
crew = line:7 second -29,83 -17,97 0,102 17,97 29,83
knit = line:9 cloth -29,82 -17,97 0,102 17,97 29,82; line:2 fold -35,86 -20,103 0,109 20,103 35,86;
  line*:3 second 0,122 9,115 17,121 27,112 35,116 45,106 54,109 65,100 76,104
rollneck = shape~ cloth 0,72 29,62 33,92 0,106; line:2.5 fold -29,80 0,90 29,80; line:2.5 fold -33,92 0,106 33,92
shirt = flat skin -25,80 25,80 0,116; line:2.5 fold 0,116 0,140; oval fold 6,128 2.4,2.4; flat* plain 0,116 30,78 38,92 22,120
blazer = flat white -30,80 30,80 0,142; flat skin -24,80 24,80 0,112; flat* fold 34,76 46,96 30,112 38,118 6,146 4,142 20,104;
  flat* white 0,112 27,76 33,88 18,114
cardigan = flat second -40,80 40,80 0,150; oval skin 0,83 23,12; line:5 second -28,84 -17,97 0,102 17,97 28,84;
  line*:6 fold 42,82 24,114 6,142; oval white 12,134 3,3
hoodie = shape~ fold 34,70 64,92 40,114 0,112; line:9 cloth -32,82 -20,102 0,111 20,102 32,82; line*:3 white 14,108 16,136
fleece = flat* second 0,112 6,104 28,74 38,84 32,102 4,126; line:3 white 0,112 0,142
boiler = flat skin -25,80 25,80 0,112; line:3 white 0,112 0,142; flat* fold 0,114 28,76 40,92 22,118;
  flat* second 66,101 82,108 88,142 70,142; flat fold 30,122 56,122 56,142 30,142
hivis = line:8 second -29,83 -17,97 0,102 17,97 29,83; flat* amber 36,86 82,102 94,142 4,142 4,134;
  flat* mirror 60,94 74,99 82,142 66,142; line*:2 rust 36,86 5,136
chef = flat* white 0,116 30,78 40,90 26,120; oval* pearl 12,132 3.2,3.2; flat~ red 0,100 14,96 30,82 26,98 0,110;
  flat red -5,104 5,104 10,124 -8,124
helmet before = shape~ hard 0,-40 52,-30 50,-66 26,-90 0,-95; shape~ rust 0,-46 58,-28 52,-21 0,-34;
  flat glint -9,-95 9,-95 8,-44 -8,-44
beanie before = shape~ second 0,-40 50,-28 54,-56 34,-84 0,-92; shape~ accent 0,-31 53,-20 55,-38 0,-50; oval accent 0,-92 11,11
muffs under = line:6 night -42,96 -34,68 0,56 34,68 42,96
muffs = shape* red 30,92 44,86 54,98 50,118 34,116; shape* night 26,96 34,92 38,112 30,114
lanyard = line*:4 red 34,86 20,116 3,140 | earrings before = oval* amber 47,26 3.4,4.6
round = ring*:2.6 frame 20,3 14.5,14; line:2.6 frame -6,0 0,-2.5 6,0; line*:2.6 frame 34,1 43,3
square = line*:2.6 frame 5,-7 20,-8 35,-7 34,11 30,14 10,14 6,11 5,-7; line:2.6 frame -6,-2 0,-4 6,-2; line*:2.6 frame 35,-2 43,1
stubble face = shape~ bristle 56,76 52,0 42,12 31,26 14,28 0,29 | trimmed face = shape~ hair 56,76 52,0 42,14 32,30 15,29 0,30
goatee face = shape~ hair 0,28 15,31 19,46 13,68 0,72 | full beard = shape~ hair 0,88 26,80 48,44 49,0 42,14 31,26 14,27 0,28
moustache beard = shape~ hair 0,34 18,35 9,27 0,29
chef before = shape~ white 48,-66 60,-92 34,-106 0,-101; flat white -46,-72 46,-72 47,-36 -47,-36;
  shape~ pearl 0,-50 48,-42 48,-34 0,-42
locs behind = line*:13 deep 7.2,-50 11.4,10 13,92; line*:13 deep 14.4,-50 22.8,10 25,100; line*:13 deep 21.6,-50 34.2,10 38,88;
  line*:13 deep 28.8,-50 45.6,10 50,96; line*:13 deep 36,-50 57,10 63,84; line:13 deep 0,-50 0,84
curls behind = cloud deep 0,-6 50,62 24,14 0.62,1.76 | afro behind = cloud deep 0,-6 50,62 24,14 0.7,1.6
curls before = cloud hair 0,-4 46,54 15,10 1.02,0.96 | afro before = cloud hair 0,-4 46,54 15,10 1.02,0.96
curly before = cloud hair 0,-4 46,54 15,10 1.02,0.96
"""
LINES = """
even = 45,4 41,-20 29,-37 0,-41 -29,-37 -41,-20 -45,4 | part = 45,4 42,-18 33,-33 6,-38 -22,-50 -35,-36 -42,-18 -45,4
fringe = 46,12 43,-12 22,-17 0,-18 -22,-17 -43,-12 -46,12 | curtain = 47,30 43,0 30,-28 0,-52 -30,-28 -43,0 -47,30
swept = 47,26 43,-8 26,-28 -24,-52 -38,-30 -44,0 -47,26 | back = 45,0 41,-24 25,-43 0,-48 -25,-43 -41,-24 -45,0
peaks = 45,2 41,-22 32,-44 16,-46 0,-38 -16,-46 -32,-44 -41,-22 -45,2
"""
