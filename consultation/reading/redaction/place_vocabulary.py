"""Vocabulary of names: head words of schools, streets, places and organisations."""

import re

SCHOOL = frozenset(
    "primary high academy infant infants junior juniors college grammar pru school schools nursery preschool "
    "pre-school secondary comp comprehensive beacon kindergarten sixth utc montessori ysgol".split()
)
SCHOOL_SMALL = (
    r"primary(?: school)?|infants?(?: school)?|juniors?(?: school)?|academy|high(?: school)?|comp|comprehensive"
    r"|grammar(?: school)?|college|pru|nursery|sixth form|school"
)
STREET = frozenset(
    "road rd street lane ln close avenue ave drive terrace grove crescent court mount walk way place rise row fold "
    "view ave slip nook gardens gdns parade mews yard brow steps croft garth villas bank approach broadway ginnel "
    "snicket wynd vennel brae loan quay quays chase spinney dell dene glade link loop backs passage alley bypass "
    "cottages".split()
)
PLACE = frozenset(
    "park station library estate estates arcade woods wood rec glen house hub centre hall square wharf mill fields "
    "field flats towers tower bridge baths pool precinct market interchange stop services hostel heights gate green "
    "hill top moor edge dale beck clinic hospital surgery church mosque masjid gurdwara temple underpass playground "
    "skatepark canal viaduct roundabout shops pike hollow cemetery reservoir lido hotel inn meadow meadows common "
    "heath copse orchard farm barn cottage villa chambers arches circus corner cross end side bottom plaza exchange "
    "terminus pier promenade beach bay harbour marina dock docks ferry weir lock locks lake pond burn falls tarn "
    "quarry allotments pavilion bandstand fountain monument memorial cathedral chapel abbey priory minster synagogue "
    "kirk castle manor grange stables stadium ground arena track courts village works moss fell crags crag cliff bowl "
    "depot carpark garage ridge reach slack dip bottoms point gates vale cabins shed hut crossing shelter rank mills "
    "valley ends multi-storey tramway towpath subway snicket barracks square hillside ramp brow fold croft rink alley "
    "mandir".split()
)
ORG = frozenset(
    "grill cafe café cars cabs taxis taxi pizza pizzeria kebab kebabs chippy takeaway karate boxing gym university "
    "radio club fc afc rfc rufc cc lettings lets counselling pharmacy chemist scouts guides brownies cubs beavers "
    "cadets music roofing play respite banqueting outlet climb trust project charity bakery bakers butchers barbers "
    "barber salon nails beauty tattoo vapes cod fryer fisheries tandoori balti spice sweets diner bistro bar kitchen "
    "rooms company co ltd plc llp academy's theatre dance dojo studio studios juniors united rovers harriers "
    "wanderers albion athletic rangers tigers lions eagles panthers sharks hawks colts swifts tuition tutors care "
    "homes ladies lads daughters sons foundation mission hire fellowship ministries collective network alliance "
    "association solicitors motors autos tyres carwash valeting scaffolding builders cleaning logistics transport "
    "travel coaches recruitment staffing housing properties stores superstore minimart supermarket newsagents bookies "
    "refuge shelter foodbank pantry larder playgroup forum crew lodge tots toddlers tenants residents tra jfc yfc "
    "explorers carers growers wheelers comets mavericks badgers aggregates haulage advice circle threads mothers "
    "fathers dads mums boys girls stars strikers warriors wolves bears falcons kestrels foxes jets rockets raiders "
    "titans giants knights celtic wasps hornets bees dynamos allstars joggers runners ramblers cyclists swimmers "
    "gymnastics majorettes cheer choir singers band brass orchestra players dramatics knitters gardeners makers "
    "menders weavers tigers' collective's partners associates consultants garages fashions fabrics carpets interiors "
    "bathrooms plumbing electrical heating joinery decorators removals scrap skips florist florists travels jewellers "
    "opticians dentists vets cattery kennels childcare childminding daycare crèche creche nurseries fitness pilates "
    "yoga judo taekwondo swim gymnasium fightclub amateur cricket dancers voices neighbours rlfc arlfc abc jfc "
    "gymnastics netball".split()
)
# Words of the sector: alone or together they name nobody.
SECTOR = frozenset(
    "mental health social services service family families youth community support crisis learning disability "
    "physical primary urgent emergency intensive day night adult adults children child young people person carers "
    "carer care home homes district continuing eye ear dental maternity antenatal early years intervention prevention "
    "education inclusion attendance safeguarding protection referral assessment access duty contact response outreach "
    "nurse nurses nursing medical general practice out patients outpatients patient patients unit ward team teams "
    "department clinic surgery hospital hospitals officer officers worker workers justice offending probation sexual "
    "public private local national regional northern central city town county borough council parish working together "
    "right easy read report remove law office after before school breakfast homework holiday summer play parents "
    "parent voice forum panel group groups club hub centre hotline helpline line fund food bank wellbeing talking "
    "therapies therapy first aid advice bus rail train police fire ambulance".split()
)
GENERIC = frozenset(
    "the a an my our your their this that high primary secondary junior infant youth community sports sport leisure "
    "bus train police fire health medical children's childrens family special academy school college church house "
    "town city virtual forest boarding state private islamic supplementary free mainstream specialist driving "
    "saturday sunday old new local main each every any some shopping retail social food warm nice best".split()
)
# With a town they name a public body: `Bradford Crown Court`.
OFFICIAL = frozenset(
    "crown county magistrates magistrates' city town royal council general united borough university airport".split()
)
SKIPPED = frozenset(
    "i at in on from the and our my but so when if it she he they we please ask near year go to is was are were you "
    "your his her their why what where who how this that there then because also only just not no yes can could would "
    "will do does did have has had get got make after before since until every each some any all".split()
)
NOT_SMALL = frozenset(
    "place way view bank row rise walk steps court ave rd ln ginnel snicket approach yard mount drive close gardens "
    "fold brow parade grove broadway link loop chase backs passage alley dell glade loan quay spinney dene".split()
)
STREET_SMALL = "|".join(sorted(STREET - NOT_SMALL))
STREET_ANY = "|".join(sorted(STREET | {"hill", "green", "mill", "gate", "wharf", "house", "end", "meadow", "heights"}))
# Street names that every town has: found in small letters too.
STREET_FIRST = (
    "church|chapel|mill|victoria|albert|alexandra|george|king|king's|kings|queen|queen's|queens|prince|princess|park"
    "|manor|grange|station|london|york|windsor|springfield|elm|ash|oak|beech|cedar|willow|holly|hawthorn|rowan|birch"
    "|poplar|lime|chestnut|sycamore|orchard|meadow|upper|lower|canal|castle"
    "|abbey|priory|quarry|railway|regent|wellington|nelson|waterloo|trafalgar|gladstone|cavendish"
    "|clarence|grosvenor|devonshire|stanley|carlton|highfield|woodlands|westfield|northfield|southfield"
)
CELTIC = {
    **dict.fromkeys("masjid jamia gurdwara mandir madrasah madrassah madrasa".split(), "PLACE"),
    **dict.fromkeys("szkoła szkola škola scoala școala przedszkole grădinița".split(), "SCHOOL"),
    **dict.fromkeys("cwm pont heol ffordd stryd tyddyn loch plas maes lôn parc bryn glan coed".split(), "PLACE"),
    **dict.fromkeys("ysgol scoil gaelscoil coleg meithrinfa".split(), "SCHOOL"),
}
INFLECTED = ("u", "e", "ie", "em", "a", "ul", "ului")
# Phrases that tie a person to a town, by moving or living there; not a day out, a bus or a course.
TAKES = re.compile(
    r"\b(?:mov(?:e|ed|es|ing)|plac(?:e|ed|ing)|tak(?:e|en|es|ing)|took|sen[dt]|liv(?:e|es|ed|ing)|stay\w*|sleep\w*"
    r"|surf\w*|end(?:ed|s)? up|come|bring|brought|deliver\w*|drop\w*|carry|meet|met|died|walk out|foster\w*|(?:say"
    r"|said|i|cant|can't) go|(?:phone|off|out|back|flight|flights|ticket|tickets|fly|flying|flown) to|you'll (?:love"
    r"|like)|married in|born in|(?:bloke|man|lad|lady|guy|girl|woman|called \w+|he's|hes|she's|shes|placement"
    r"|years) (?:from|in)|cousin in|dad in)\b[^.!?]{0,30}$", re.I,
)  # fmt: skip
PERSONAL = re.compile(
    r"\b(?:i|im|i'm|ive|me|my|he|hes|she|shes|him|her|his|they|them|mum|dad|cousin|brother|sister|friend|mate|lad|girl"
    r"|boy|man|bloke|lady|lives?|live|moved?|us)\b", re.I,
)  # fmt: skip
# Everyday words that are no school's name: `a really good school`, `my local primary`.
UNNAMED = (
    SKIPPED
    | GENERIC
    | SECTOR
    | frozenset(
        "about actually adult after against already alternative always and another anybody anyone arabic around art at "
        "auntie autumn b back bad basically bcos because before behind being better between big bilingual bit boring boys "
        "bradford british brother brothers bus buses by catholic cause cheap child children chinese christmas church city "
        "coming cooking cos council cousin cousins crap dad dads dance different drama during easter eight english entire "
        "even everybody everyone expensive faith few finish finished first five football for form four free french friday "
        "friend friends from full further gate gates getin getting girls go going good grandad great half hate having "
        "head health high higher home honestly hospital housing in infant inside into irish islamic junior just kids "
        "kinda ks last leave leaving leeds left like literally little local lot lots love low lower lush mainstream many "
        "mate mates maths mental middle minibus mixed monday more mosque most moved much mum mums music muslim nan nans "
        "near nearby nearest needs never next nice nine nobody normal nr nursery often only other outside over paid "
        "parent parents part past people person polish posh pretty primary private provision public pupil pupils quite "
        "quran reading really religious residential rough round rubbish run runs safe same saturday science second "
        "secondary sen send seven shit since sister sisters six sixth small so social some somebody someone sometimes "
        "spanish special sport sports spring staff start starting state still stuff summer sunday taxi teacher teachers "
        "ten term than the them these thing things those three through thursday till time to too trip tuesday two uncle "
        "under uni uniform until upper urdu usually very village walking wednesday well welsh went whole winter with "
        "without work year years yorkshire young yr ".split()
    )
)
# What stands before a head word without naming it: `play park`, `train station`.
KINDS = UNNAMED | frozenset(
    "car water theme retail business industrial trailer skate dog ball adventure play food tower apartment block flat "
    "open closed hot cold our my his her your their swimming tennis squash basketball crown magistrates county "
    "bowling ice fire police petrol train bus tube care halfway full safe empty opera publishing dance town village "
    "assembly dining school sports main public tree river charity clothes corner sweet phone coffee internet football "
    "cash data blood bottle piggy west east back front court step barn farm country guest lime wind paper steel power "
    "call own moving hip knee eye betting walkin walk discharge top bottom real trampoline civic leisure arts visitor "
    "detention garden shopping city job test vaccine covid conference drop fitness wellness which what this that "
    "these those each every any all both who where when while only getting using wrong right left new".split()
)
# Head words in small letters after a name.
TAIL = re.compile(
    r"(?:\s+(?:church|parish|play|bus|train|taxi|climbing|sports|community|youth|children's|scout|village|cricket|football"
    r"|tennis|family))?\s+(?:centre|center|crossing|pavilion|tramway|steps|bridge|shelter|rank|hut|rooms?|hall|wall|corner"
    r"|multi-storey|shops|skatepark|baths|surgery|rec|roundabout|car ?park|park|recreation ground|cemetery|allotments"
    r"|pitch(?:es)?|courts?|playground|towpath|underpass|lock|mosque|gym)\b(?!['’])"
)
SCHOOL_WORDS = re.compile(
    r"\b(?:school|teachers?|y(?:ea)?r ?\d{1,2}|lessons?|pupils?|homework|form|class|exclu\w+|kicked out|uniform"
    r"|gcses?|sats)\b",
    re.IGNORECASE,
)
