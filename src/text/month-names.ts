import { fullMonthNames } from './english-calendar.ts'

/**
 * Month names as dates write them, by language: full forms, genitives and usual abbreviations, from January (for the
 * Persian calendar from Farvardin) on. Spelling is folded before comparison (`foldWord`), so that case, accents and
 * Arabic letter variants need no entries of their own.
 */
const gregorian: Record<string, string> = {
  en: `${fullMonthNames.map(name => `${name} ${name.slice(0, 3)}`).join('|')}`.replace(
    'September',
    'September Sept',
  ),
  de: 'januar jänner jän jaen|februar feber|märz mär maerz|april|mai|juni|juli|august|september|oktober okt|november|dezember dez',
  fr: 'janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août|septembre|octobre|novembre|décembre déc',
  es: 'enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre set|octubre|noviembre|diciembre dic',
  pt: 'janeiro|fevereiro fev|março|abril|maio mai|junho|julho|agosto|setembro|outubro out|novembro|dezembro',
  it: 'gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre|ottobre ott|novembre|dicembre',
  nl: 'januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december',
  pl: 'stycznia styczeń sty|lutego luty lut|marca marzec|kwietnia kwiecień kwi|maja maj|czerwca czerwiec cze|lipca lipiec lip|sierpnia sierpień sie|września wrzesień wrz|października październik paź|listopada listopad lis|grudnia grudzień gru',
  ru: 'января январь янв|февраля февраль фев февр|марта март мар|апреля апрель апр|мая май|июня июнь июн|июля июль июл|августа август авг|сентября сентябрь сен сент|октября октябрь окт|ноября ноябрь ноя нояб|декабря декабрь дек',
  uk: 'січня січень|лютого лютий|березня березень|квітня квітень|травня травень|червня червень|липня липень|серпня серпень|вересня вересень|жовтня жовтень|листопада листопад|грудня грудень',
  tr: 'ocak oca|şubat şub|mart|nisan nis|mayıs|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|aralık ara',
  ar: 'يناير كانون-الثاني جانفي|فبراير شباط فيفري|مارس آذار|أبريل إبريل نيسان أفريل|مايو أيار ماي|يونيو حزيران جوان يونيه|يوليو تموز جويلية يوليه|أغسطس آب أوت غشت|سبتمبر أيلول شتنبر|أكتوبر تشرين-الأول|نوفمبر تشرين-الثاني نونبر|ديسمبر كانون-الأول دجنبر',
  fa: 'ژانویه|فوریه|مارس|آوریل|مه می|ژوئن|ژوئیه جولای|اوت آگوست|سپتامبر|اکتبر|نوامبر|دسامبر',
  sv: 'januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december',
  da: 'januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december',
  no: 'januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember des',
  fi: 'tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|lokakuuta|marraskuuta|joulukuuta',
  cs: 'ledna leden|února únor|března březen|dubna duben|května květen|června červen|července červenec|srpna srpen|září|října říjen|listopadu|prosince prosinec',
  // Of the languages below what those above do not have; Croatian “listopad” is another month than the Polish one (`otherMonths`).
  hu: '||március|április|május|június|július|augusztus|szeptember|||',
  ro: 'ianuarie|februarie|martie|aprilie||iunie|iulie||septembrie|octombrie|noiembrie|decembrie',
  el: 'ιανουαρίου|φεβρουαρίου|μαρτίου|απριλίου|μαΐου|ιουνίου|ιουλίου|αυγούστου|σεπτεμβρίου|οκτωβρίου|νοεμβρίου|δεκεμβρίου',
  bg: 'януари|февруари||април||юни|юли||септември|октомври|ноември|декември',
  sr: 'јануар|фебруар|||мај|јун|јул||септембар|октобар|новембар|децембар',
  srLatin: '|||||||avgust|septembar|oktobar|novembar|decembar',
  hr: 'siječnja siječanj|veljače veljača|ožujka ožujak|travnja travanj|svibnja svibanj|lipnja lipanj|srpnja srpanj|kolovoza kolovoz|rujna rujan||studenoga studeni|prosinca prosinac',
  sl: '||marec|||junij|julij|||||',
  sk: 'januára|februára||apríla||júna|júla|augusta|septembra|októbra|novembra|decembra',
  mk: 'јануари|||||јуни|јули|||||',
  be: 'студзеня студзень|лютага люты|сакавіка сакавік|красавіка красавік||чэрвеня чэрвень|ліпеня ліпень|жніўня жнівень|верасня верасень|кастрычніка кастрычнік|лістапада лістапад|снежня снежань',
  lt: 'sausio sausis|vasario vasaris|kovo kovas|balandžio balandis|gegužės gegužė|birželio birželis|liepos liepa|rugpjūčio rugpjūtis|rugsėjo rugsėjis|spalio spalis|lapkričio lapkritis|gruodžio gruodis',
  // With the ending that says when: Latvian's locative, Basque's genitive.
  lv: 'janvāris janvārī|februāris februārī|martā|aprīlis aprīlī|maijs maijā|jūnijs jūnijā|jūlijs jūlijā|augusts augustā|septembris septembrī|oktobris oktobrī|novembris novembrī|decembris decembrī',
  et: 'jaanuar|veebruar||aprill||juuni|juuli|||oktoober||detsember',
  is: '|||||||ágúst||||',
  ca: 'gener|febrer|març||maig|juny|juliol|agost|setembre|octubre||desembre',
  gl: 'xaneiro|febreiro||||xuño|xullo|||||decembro',
  eu: 'urtarrila urtarrilaren|otsaila otsailaren|martxoa martxoaren|apirila apirilaren|maiatza maiatzaren|ekaina ekainaren|uztaila uztailaren|abuztua abuztuaren|iraila irailaren|urria urriaren|azaroa azaroaren|abendua abenduaren',
  sq: 'janar|shkurt||prill||qershor|korrik|gusht|shtator|tetor|nëntor|dhjetor',
  hi: 'जनवरी|फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर',
  bn: 'জানুয়ারি|ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর',
  ta: 'ஜனவரி|பிப்ரவரி|மார்ச்|ஏப்ரல்|மே|ஜூன்|ஜூலை|ஆகஸ்ட்|செப்டம்பர்|அக்டோபர்|நவம்பர்|டிசம்பர்',
  te: 'జనవరి|ఫిబ్రవరి|మార్చి|ఏప్రిల్|మే|జూన్|జులై|ఆగస్టు|సెప్టెంబర్|అక్టోబర్|నవంబర్|డిసెంబర్',
  ml: 'ജനുവരി|ഫെബ്രുവരി|മാർച്ച്|ഏപ്രിൽ|മേയ്|ജൂൺ|ജൂലൈ|ഓഗസ്റ്റ്|സെപ്റ്റംബർ|ഒക്‌ടോബർ|നവംബർ|ഡിസംബർ',
  kn: 'ಜನವರಿ|ಫೆಬ್ರವರಿ|ಮಾರ್ಚ್|ಏಪ್ರಿಲ್|ಮೇ|ಜೂನ್|ಜುಲೈ|ಆಗಸ್ಟ್|ಸೆಪ್ಟೆಂಬರ್|ಅಕ್ಟೋಬರ್|ನವೆಂಬರ್|ಡಿಸೆಂಬರ್',
  mr: '|फेब्रुवारी||एप्रिल|मे||जुलै|ऑगस्ट|सप्टेंबर|ऑक्टोबर|नोव्हेंबर|डिसेंबर',
  gu: 'જાન્યુઆરી|ફેબ્રુઆરી|માર્ચ|એપ્રિલ|મે|જૂન|જુલાઈ|ઑગસ્ટ|સપ્ટેમ્બર|ઑક્ટોબર|નવેમ્બર|ડિસેમ્બર',
  pa: 'ਜਨਵਰੀ|ਫ਼ਰਵਰੀ|ਮਾਰਚ|ਅਪ੍ਰੈਲ|ਮਈ|ਜੂਨ|ਜੁਲਾਈ|ਅਗਸਤ|ਸਤੰਬਰ|ਅਕਤੂਬਰ|ਨਵੰਬਰ|ਦਸੰਬਰ',
  ur: 'جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر||نومبر|دسمبر',
  ne: '|फेब्रुअरी||||||अगस्ट|सेप्टेम्बर||नोभेम्बर|डिसेम्बर',
  th: 'มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม',
  lo: 'ມັງກອນ|ກຸມພາ|ມີນາ|ເມສາ|ພຶດສະພາ|ມິຖຸນາ|ກໍລະກົດ|ສິງຫາ|ກັນຍາ|ຕຸລາ|ພະຈິກ|ທັນວາ',
  km: 'មករា|កុម្ភៈ|មីនា|មេសា|ឧសភា|មិថុនា|កក្កដា|សីហា|កញ្ញា|តុលា|វិច្ឆិកា|ធ្នូ',
  my: 'ဇန်နဝါရီ|ဖေဖော်ဝါရီ|မတ်|ဧပြီ|မေ|ဇွန်|ဇူလိုင်|ဩဂုတ်|စက်တင်ဘာ|အောက်တိုဘာ|နိုဝင်ဘာ|ဒီဇင်ဘာ',
  ka: 'იანვარი|თებერვალი|მარტი|აპრილი|მაისი|ივნისი|ივლისი|აგვისტო|სექტემბერი|ოქტომბერი|ნოემბერი|დეკემბერი',
  hy: 'հունվարի հունվար|փետրվարի փետրվար|մարտի մարտ|ապրիլի ապրիլ|մայիսի մայիս|հունիսի հունիս|հուլիսի հուլիս|օգոստոսի օգոստոս|սեպտեմբերի սեպտեմբեր|հոկտեմբերի հոկտեմբեր|նոյեմբերի նոյեմբեր|դեկտեմբերի դեկտեմբեր',
  az: 'yanvar|fevral||aprel||iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr',
  uz: '||||||||sentabr|oktabr||',
  kk: 'қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан',
  // With the preposition that Hebrew writes into the word.
  he: 'ינואר בינואר|פברואר בפברואר|מרץ במרץ|אפריל באפריל|מאי במאי|יוני ביוני|יולי ביולי|אוגוסט באוגוסט|ספטמבר בספטמבר|אוקטובר באוקטובר|נובמבר בנובמבר|דצמבר בדצמבר',
  id: '||maret|||||agustus||||',
  ms: '||||||julai|ogos||||disember',
  fil: '|pebrero|marso|||hunyo|hulyo||setyembre|oktubre|nobyembre|disyembre',
  sw: '||machi|aprili||||agosti|septemba|oktoba|novemba|desemba',
  af: 'januarie|||||junie|julie|||||',
  cy: 'ionawr|chwefror|mawrth|ebrill||mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr',
  ga: 'eanáir|feabhra|márta|aibreán|bealtaine|meitheamh|iúil|lúnasa|meán-fómhair|deireadh-fómhair|samhain|nollaig',
  mt: 'jannar|frar|marzu||mejju|ġunju|lulju|awwissu|settembru|ottubru|novembru|diċembru',
  am: 'ጃንዋሪ|ፌብሩዋሪ|ማርች|ኤፕሪል|ሜይ|ጁን|ጁላይ|ኦገስት|ሴፕቴምበር|ኦክቶበር|ኖቬምበር|ዲሴምበር',
}

const persian =
  'فروردین farvardin|اردیبهشت ordibehesht|خرداد khordad|تیر tir|مرداد امرداد mordad|شهریور shahrivar|مهر mehr|آبان aban|آذر azar|دی dey|بهمن bahman|اسفند esfand'

const hijri =
  'محرم muharram|صفر safar|ربيع-الأول ربيع-أول rabiulawal|ربيع-الآخر ربيع-الثاني ربيع-آخر|جمادى-الأولى جمادى-الأول|جمادى-الآخرة جمادى-الثانية|رجب rajab|شعبان sha’ban syaban|رمضان ramadan ramadhan|شوال shawwal syawal|ذو-القعدة ذي-القعدة|ذو-الحجة ذي-الحجة'

/**
 * A word as the tables compare it: compatibility forms, accents, Arabic vowel signs and case set aside, Arabic yeh and
 * kaf as Persian ones, the Turkish dotless i as i.
 */
export function foldWord(word: string): string {
  if (/^[\x20-\x7e]*$/.test(word)) return word.toLowerCase()
  return word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ıيىك]/g, letter => alike[letter]!)
}

const alike: Record<string, string> = { ı: 'i', ي: 'ی', ى: 'ی', ك: 'ک' }

function indexOf(tables: string[]): ReadonlyMap<string, number> {
  const index = new Map<string, number>()
  for (const table of tables)
    for (const [month, names] of table.split('|').entries())
      for (const name of names.split(' ')) index.set(foldWord(name).replace('-', ' '), month + 1)
  return index
}

/** Folded name → month of the Gregorian calendar, 1 to 12. A name of two words has one space. */
export const gregorianMonths = indexOf(Object.values(gregorian))
/** Folded name → month of the Persian calendar, 1 to 12. */
export const persianMonths = indexOf([persian])
/** Folded name → month of the Islamic calendar, 1 to 12. */
export const hijriMonths = indexOf([hijri])

/** Thai abbreviations without their last full stop; folded, `มี.ค.` (March) and `ม.ค.` (January) would be one. */
export const thaiMonths: ReadonlyMap<string, number> = new Map(
  'ม.ค|ก.พ|มี.ค|เม.ย|พ.ค|มิ.ย|ก.ค|ส.ค|ก.ย|ต.ค|พ.ย|ธ.ค'.split('|').map((name, at) => [name, at + 1]),
)

/** Names that are another month in some languages, folded: “listopad” is November in Polish and October in Croatian. */
export const otherMonths: ReadonlyMap<string, { month: number; languages: readonly string[] }> = new Map([
  ['listopad', { month: 10, languages: ['hr', 'bs', 'sh'] }],
  ['listopada', { month: 10, languages: ['hr', 'bs', 'sh'] }],
])

/** Weekdays as they stand beside a date, folded on use: they neither make nor unmake one. */
const weekdays =
  'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun ' +
  'montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so ' +
  'lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim ' +
  'lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom ' +
  'segunda terça quarta quinta sexta feira segunda-feira terça-feira quarta-feira quinta-feira sexta-feira ' +
  'lunedì martedì mercoledì giovedì venerdì sabato domenica gio ' +
  'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo ' +
  'poniedziałek wtorek środa czwartek piątek sobota niedziela ' +
  'понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс ' +
  'måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai ' +
  'pondělí úterý středa čtvrtek pátek sobota neděle понеділок вівторок середа четвер пʼятниця субота неділя hétfő kedd szerda csütörtök péntek szombat vasárnap ' +
  'pazartesi salı çarşamba perşembe cuma cumartesi pazar ' +
  'الإثنين الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد ' +
  'شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه'
export const weekdayNames: ReadonlySet<string> = new Set(weekdays.split(' ').map(foldWord))
