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
}

const persian =
  'فروردین farvardin|اردیبهشت ordibehesht|خرداد khordad|تیر tir|مرداد امرداد mordad|شهریور shahrivar|مهر mehr|آبان aban|آذر azar|دی dey|بهمن bahman|اسفند esfand'

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
    .replace(/ı/g, 'i')
    .replace(/[يى]/g, 'ی')
    .replace(/ك/g, 'ک')
}

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
  'pazartesi salı çarşamba perşembe cuma cumartesi pazar ' +
  'الإثنين الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد ' +
  'شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه'
export const weekdayNames: ReadonlySet<string> = new Set(weekdays.split(' ').map(foldWord))
