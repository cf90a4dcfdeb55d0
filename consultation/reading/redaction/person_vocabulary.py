"""Vocabulary around people's names: titles, kin, staff roles, verbs, pets, stories."""

import re

I = re.IGNORECASE  # noqa: E741 - one letter keeps the patterns on their lines
COURTESY = frozenset("mr mrs miss ms mx dr mister missus".split())
TITLES = COURTESY | frozenset(
    "doctor prof professor sir madam madame mme coach sensei sifu nurse matron pc pcso dc ds di dci dcs wpc psni sgt "
    "sergeant sarge inspector insp superintendent constable officer councillor cllr imam qari hafiz hafez ustad "
    "ustadh ustadha ustaad ustaadh maulana molvi mufti pir granthi giani pandit reverend rev revd pastor vicar canon "
    "deacon minister bishop rabbi teacher tr pani pán pan pánovi paní doamna domnul domnule dna dl dnul mgr ing "
    "sheikh shaykh father fr sister midwife mentor captain chief justice judge baroness alderman alhaji "
    "chacha-ji".split()
)
# Titles that family or faith use too: staff only beside a word for staff.
FAMILY_TITLES = frozenset("sister father captain chief".split())
KIN = frozenset(
    "uncle auntie aunty aunt chacha chachi mamu mami khala phupho cousin nana bhai baji bhaji apa didi dada tio tia "
    "ciocia wujek unchi matusa tante bro sis grandad grandma nan nanny gran granny stepdad stepmum mama papa brother "
    "zio hooyo habo abti eeddo tata".split()
)
NICK = frozenset(
    "big lil little old fat skinny young crazy mad dirty dj mc captain baby boss slim tall wee auld papa mama don "
    "king lord doctor prof madman psycho uncle auntie black white red ginger shady".split()
)
ROLE = (
    r"(?:key|social|support|youth|outreach|detached|family|night|case|project|play|link|care|agency|early help"
    r"|engagement|participation|session)[ -]?workers?|workers?|staff members?|(?:teaching|learning|classroom) "
    r"(?:assistant|support)|teachers?|tutors?|coach(?:es)?|nurses?|midwife|health visitor|doctor|gp|consultant"
    r"|paediatrician|psychiatrist|psychologist|therapist|counsell?or|physio|mentor|staff|escort|caretaker"
    r"|cleaner(?:'s)?|interpreter|translator|receptionist|reception|advis[eo]r|pa|sergeant|officer|constable|police\w*"
    r"|iro|isva|idva|senco|ta|hlta|dinner lad(?:y|ies)|lollipop (?:lady|man)|ambulance (?:lady|man)|lunchtime (?:lady"
    r"|supervisor)|crossing (?:lady|man)|minibus|one[ -]to[ -]one|lawyer|solicitor|barrister|guardian|trainer|chef"
    r"|cook|librarian|volunteers?|trustee|warden|guide|leader|instructor|run by|runs the|manager|head ?teacher|deputy"
    r"|head of year|form tutor|careers?|careers (?:guy|lady|adviser)|scout|brown owl|akela|youth (?:club|offer|team"
    r"|centre|worker)|drop[ -]in|family hub|the hub|children's centre|charity|pastoral|commission|personal advis[eo]r"
    r"|camhs|surgery|clinic|gym|boxing|detached|councill?or|mp|imam|pastor|vicar|secretary|co-?ordinator|facilitator"
    r"|practitioner|clinician|therap\w+|bus driver|taxi escort|childminder|nanny|pani|pán|pánovi|doamna|domnul"
    r"|antrenor|trener|trenér|wychowawca|nauczyciel\w*|učiteľ\w*|profesor\w*|biblioteki?|lifeguard|referee|caseworker"
    r"|usher|magistrate|judge|housing officer|duty|our (?:lead|dsl)|designated lead|dsl|lado|advocates?|ewo|elsa"
    r"|chaplain|governors?|paramedics?|pharmacist|psychotherapist|bursar|welfare officer|keyworkers?|supervisor"
    r"|supervision|from the \w+ team|helped (?:me|us)|fella called|lady called|badge|on the desk"
)
WORKER = re.compile(rf"(?<![\w])(?:{ROLE})(?!\w)", I)
NEIGHBOUR = re.compile(
    r"\b(?:number \d+|next door|doors down|neighbours?|corner shop|my mum's|friend|foster|from \d+|grandmother|grandfather"
    r"|grandson|granddaughter|(?:his|her|the|their|my) (?:mother|father|mum|mam|dad|nan)|mother|across the road"
    r"|down the road"
    r"|over the road|belongs? to|who owns|who lives|lady call?e?d|old (?:lady|man)|pensioner|landlord|parents?)\b",
    I,
)
BONDS = (
    r"mates?|pals?|friends?|bestie|bff?|bf|gf|boyfriend|girlfriend|ex|brothers?|bro|sisters?|sis|cousins?|cuz|sons?"
    r"|daughters?|twins?|baby|uncle|auntie|aunty|aunt|nephew|niece|step ?dad|step ?mum|step ?brother|step ?sister"
    r"|grand(?:son|daughter|dad|ma|mother|father)|nan|neighbour|lodger|partner|husband|wife|fianc[eé]e?|boy|girl|lad"
    r"|lass|lassie|bloke|fella|man|woman|guy|kid|teammate|classmate|room ?mate|flat ?mate|foster (?:mum|dad|carer)"
    r"|carer|child|saheli|dost|beti|beta|bete|bhai|behan|bahen|baji|puttar|kolega|koleżanka|kolezanka|brat|siostra|syn"
    r"|córka|corka|kamarát|kamarátka|kamarat|kamaratka|dcéra|dcera|prieten(?:ul|a)|fiul|fiica|colegul|colega|vărul"
    r"|verișorul|sora|fratele|fetița|băiatul|student|pupil|patient|client|yp|service user|hooyo|walaal|yute|bredrin|g"
    r"|brudda"
)
BOND = re.compile(rf"\b(?:{BONDS})\s+(?:meu\s+|mea\s+|mój\s+|moja\s+)?$", I)
CALLED = re.compile(
    r"(?:\b(?:called|named|name is|name's|names|name|goes by|known as|call (?:him|her|them)|driver|this is|signed|it's"
    r"|its|i am|i'm|im|ask for|spoke to|speak to|talk to|tell|told|thanks to|thank you to|thank you|thanks|cheers to"
    r"|safe to|shout ?out to|love from|regards,?|yours,?|sincerely,?|faithfully,?|from|with|hi|hello|dear|by|met|saw"
    r"|seen|miss|like|love|hate|naam|nam|imię|imie|nazywam się|volám sa|volam sa|mă numesc|mă cheamă|cheamă|numele"
    r"|meno|reported by)\W{1,3}|\(\s*)$", I
)  # fmt: skip
# After these even an unknown word in small letters is a name.
CALLED_SMALL = re.compile(
    r"\b(?:called|named|my name is|my names|my name's|his name is|his names|her name is|her names|their name is"
    r"|goes by|they call (?:him|her)|nam[eu]? is|mam na imię|volám sa|mă numesc|mă cheamă)\s+$",
    I,
)
# `its called`, `an app called`: a thing, not a person.
THING_CALLED = re.compile(
    r"\b(?:it's|its|it is|that's|thats|we're|we are|were|are|thing|app|game|group|team|band|film|show|book|place"
    r"|website|site|course|programme|program|project|charity|shop|club|cafe|street|school|road|service|scheme|song"
    r"|word|bit|stuff|drug)\s+(?:called|named)\s+$", I
)  # fmt: skip
NICK_NEAR = re.compile(
    r"\b(?:goes by|known as|everyone calls|calls? (?:him|her|me|us|them)(?:self|selves)?|nickname|street name"
    r"|they call|calls himself|calls herself|aka|a\.k\.a\.?)\b[^.]{0,15}$",
    I,
)
NICK_HERE = re.compile(
    r"\b(?:goes by|known (?:\w+ )?as|calls? (?:him|her|them|me|us)(?:self|selves)?|nicknamed|nickname(?: is|'s)?|call ?sign"
    r"|a\.?k\.?a\.?|am called|called him|called her|refers to (?:him|her)self as"
    r"|street name(?: is|'s)?|they call (?:him|her|me)|(?:lad|man|bloke|boy|girl|someone|guy|fella|kid|one) (?:they"
    r"|we) (?:all )?call|every(?:one|body) calls (?:him|her|me))\s+$",
    I,
)
# `Jelly Legs is what they call me`, `Dada Motorbike they call me`
NICKED = re.compile(
    r"^,?\s+(?:is (?:what|how)\s+)?(?:they|everyone|everybody|people|we|my mates|the lads|he|she)\s+(?:all\s+)?calls?\s"
    r"(?:me|him|her|us)\b|^\s+(?:as|for)\s+(?:name|short|a nickname)\b|^,?\s+(?:that's|thats)\s+[A-Z]\w+ to you\b", I
)  # fmt: skip
NICK_SHAPE = re.compile(r"^(?:[a-z]{1,4}(?:zza|zz|z|zy|sy|ster)|[a-z]-[a-z]+|[a-z]{2,5}gz)$", I)
SPEAKS = re.compile(
    r"^(?:['’]?s)?\s+(?:is|was|wasn't|isn't|said|says|sends|couldnt|can|can't|keeps|kept|gets|got|has|hasn't|had|came"
    r"|comes|told|lets|let|who|who's|and (?:me|i|them|his|her)|does|doesn't|never|always|takes|took|makes|made|runs"
    r"|helps|helped|knows|knew|gave|gives|went|goes|left|wants|wanted|thinks|thought|asked|asks|walked|hit|hits|pushed"
    r"|punched|grabbed|sells|sold|deals|waits|waited|rides|rode|nicks|nicked|robs|robbed|owes|smokes|bullies|bullied"
    r"|threatens|threatened|follows|followed|texts|films|filmed|kicks|kicked|throws|threw|chases|chased|steals|stole"
    r"|buys|bought|touched|touches|shouted|shouts|cried|cries|stopped|stays|stayed|looks|looked|works|worked|plays"
    r"|played|picks|picked|won't|wouldn't|would not|didn't|needs|needed|likes|loves|hates|used to|tried|started|sits"
    r"|sat|lives|lived|called|rang|messaged|texted|drives|drove|teaches|taught|listens|listened|cares|brought|brings"
    r"|put|puts|sent|locked|locks|wrote|ko|ne|ke|ki|ka|se|bohat|nu|nie|sa|má|je|jest|ma|a|este|nu|are|e)\b"
    r"|^['’]s\s+(?:mum|mam|dad|nan|house|mate|brother|sister|room|phone|party|car|van|son|daughter|lad|boyfriend"
    r"|girlfriend|friend|uncle|auntie|carer)\b|^\s+(?:mum|mam|dad|nan)\b|^,\s+(?:my|our|his|her|who|you|aged?|from|the"
    r"|if|please)\b|^,?\s+\(?\d{1,2}\b(?!:)", I,
)  # fmt: skip
WEAK_SPEAKS = re.compile(
    r"^(?:['’]s)?\s+(?:said|says|told|keeps|kept|walked|hit|hits|pushed|punched|grabbed|took|takes|gave|gives|came"
    r"|comes|went|goes|wants|got|gets|left|asked|asks|never|always|is (?:my|the|a|so|always|really|nice|kind|good"
    r"|sound|lovely|great|brill)|was (?:my|the|a|so|really|nice|kind|good|sound|lovely|great|there)|helped|helps|makes"
    r"|made|lets|taught|teaches|listens|from (?:the|our|my)|has been|who|and me|runs|does)\b", I
)  # fmt: skip
PETS = (
    r"dogs?|pupp(?:y|ies)|cats?|kittens?|hamsters?|fish|goldfish|rabbits?|bunny|bunnies|guinea pigs?|budgies?|parrots?"
    r"|pony|ponies|horses?|tortoises?|gerbils?|rats?|snakes?|lizards?|geckos?|chickens?|hens?|donkeys?|pets?|teddy"
    r"|teddies|toys?|dolls?|robots?|spiders?|snails?|ducks?|lambs?|goats?|conkers?|band|song|app|game|team|side|group"
    r"|pisica|câine\w*|kot|pies"
)
PET = re.compile(
    rf"\b(?i:(?:{PETS})(?:'s name)?(?:,? (?:which|who|that))?(?:\s+(?:is|are|was|were))?(?:\s+(?:called|named"
    r"|names?(?: (?:is|are))?|name's))?),?\s+(?:(?:[A-Z][\w'-]+\s+(?:and\s+)?){1,2}|[a-z]+\s+and\s+)?$|\b(?i:cars?"
    r"|vans?|bikes?|scooters?|boats?|motors?|caravans?|tents?|snowm[ae]n|plants?|trees?|hoovers?|phones?)\s+(?i:(?:is"
    rf"|are|was)\s+)?(?i:called|named)\s+$|\b(?i:{PETS})\b[^.!?]{{0,30}}\b(?i:(?:it|it's|its|he|she|he's|she's|who"
    r"|which) (?:is )?(?:called|named))\s+$"
)  # fmt: skip
IS_PET = re.compile(rf"^\s+(?:is|was)\s+(?:my|our|the|a|his|her|me)\s+(?:\w+\s+){{0,2}}?(?:{PETS})\b", I)
STORY = re.compile(
    r"\b(?:films?|movies?|books?|story|stories|play about|the play|school play|musical|panto|nativity|character"
    r"|episode|series|novel|poems?|songs?|albums?|concert|gig|cartoon|disney|netflix|telly|watch(?:ed|ing)?|read (?:us"
    r"|me)|reading|minecraft|roblox|fortnite|pantomime|puppets?|boxer|olympics|world cup|england|tv|video|youtube"
    r"|youtubers?|wrestler|poster|mascot|statue|superhero|hero|strong like|clever like|looks? like|beard like|princess"
    r"|villain|syllabus|set text|gcse|lit|shakespeare|costume|dress(?:ed)? up|dressed as|league|goals?|scored|transfer"
    r"|rapper|singer|listen(?:ing|s)? to|music|playlist|screen|worksheet|case study|example|lyrics|beaker|and juliet"
    r"|romeo|tate|is clear of|doing)\b", I
)  # fmt: skip
INITIALS = re.compile(r"(?<![\w.])[A-Z]\.\s?[A-Z]\.(?!\w)")
INITIALS_NAME = re.compile(r"(?<![\w.])(?:[A-Z]\.\s?){1,2}[A-Z][\w'’-]{2,}")
NOT_INITIALS = frozenset("a.m p.m e.g i.e o.t p.t p.s n.b p.e r.e t.v u.k u.s i.t g.p a.e l.a".split())
OFFICE = re.compile(r"\b(?:PC|WPC|PCSO|DC|DS|DI|Sgt|Officer|pc|pcso)\s+(?:no\.?\s*)?\d{2,6}\s+([A-Z][\w'’-]+)")
SMALL_TITLES = frozenset(
    "pani pan pán paní pánovi pana panu doamna doamnei domnul domnului coach sensei nurse pc pcso pastor imam qari "
    "ustad ustadh cllr councillor sgt sergeant dr mr mrs ms madam".split()
)
INSULTS = frozenset(
    "a an the it that this his her my our your names name fat stupid thick ugly weird gay retard idiot slow special "
    "liar princess babe darling sweetheart gorgeous sexy snitch grass rat freak loser mental crazy psycho nothing out "
    "over champ back in up every all everything something things what when if at on because cos for from and or but "
    "to".split()
)
