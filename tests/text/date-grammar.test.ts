import { describe, expect, test } from 'vitest'
import { type DateHints, readDates, readImpossibleDates } from '../../src/text/date-grammar.ts'

/** `2016-10-01`, with the time where one was read and the zone where one is named. */
function read(line: string, hints?: DateHints): string[] {
  return readDates(line, hints).map(({ local, precision, zone, alternative }) => {
    const time = precision === 'day' ? '' : `T${local.slice(11, precision === 'minute' ? 16 : 19)}`
    return `${local.slice(0, 10)}${time}${zone ? ` ${zone}` : ''}${alternative ? ` or ${alternative.slice(0, 10)}` : ''}`
  })
}

describe('dates as languages write them', () => {
  test.each([
    ['en', '01 / October / 2016 04:47', '2016-10-01T04:47'],
    ['en', 'Jan. 28, 2020, at 5:55 AM', '2020-01-28T05:55'],
    ['en', 'Mar 12, 2020 @ 12:42 am', '2020-03-12T00:42'],
    ['en', 'Mon 20 Jan 2020 06.05 GMT', '2020-01-20T06:05 UTC'],
    ['en', 'October 1st, 2016', '2016-10-01'],
    ['de', '16. Dezember 2019', '2019-12-16'],
    ['de', 'Mi., 19.02.2020 - 17.25 Uhr', '2020-02-19T17:25'],
    ['de', '31 Donnerstag Okt 2019', '2019-10-31'],
    ['fr', 'Publié le 1er février 2020 à 18h37', '2020-02-01T18:37'],
    ['es', '19 FEB 2020 - 18:37 CET', '2020-02-19T18:37 +01:00'],
    ['es', 'martes, 3 de mayo de 2022 · 23:57', '2022-05-03T23:57'],
    ['pt', '9 de fevereiro de 2022, 07:59', '2022-02-09T07:59'],
    ['it', '14 gennaio 2020 ore 9:05', '2020-01-14T09:05'],
    ['nl', '3 maart 2021 om 14:05 uur', '2021-03-03T14:05'],
    ['pl', '19. lutego 2020, godz. 12:01', '2020-02-19T12:01'],
    ['ru', '19 февраля 2020 г., 18:37', '2020-02-19T18:37'],
    ['tr', '4 Şubat 2020 Salı, 12:30', '2020-02-04T12:30'],
    ['ar', 'الجمعة 8 فيفري 2019', '2019-02-08'],
    ['ar', '٨ كانون الثاني ٢٠١٩', '2019-01-08'],
    ['fa', 'شنبه ۱۰ مهر ۱۳۹۵ ساعت ۰۴:۴۷', '2016-10-01T04:47'],
    ['fa', '۱۳۹۵/۷/۱۰', '2016-10-01'],
    ['zh', '2021年5月3日 星期一 14:05', '2021-05-03T14:05'],
    ['ja', '2019年04月21日 12時00分更新', '2019-04-21T12:00'],
    ['ja', '２０１９年４月２１日 午後３時０５分', '2019-04-21T15:05'],
    ['ko', '2020년 2월 19일 오후 3:05', '2020-02-19T15:05'],
    ['ko', '2020. 2. 19. 15:05', '2020-02-19T15:05'],
    ['ar', 'الخميس 26/03/1442 هـ', '2020-11-12'],
    ['ar', '٢٦ ربيع الأول ١٤٤٢ هـ', '2020-11-12'],
    ['ar', '1442/3/26هـ', '2020-11-12'],
    ['en', '26 Ramadan 1442 AH, 10:15', '2021-05-08T10:15'],
    ['fa', '۲۲ آبان ۱۳۹۹ هجری شمسی', '2020-11-12'],
    ['ar', '22/8/1399 هـ.ش', '2020-11-12'],
    ['fa', '۱۴۴۲/۳/۲۶ هجری قمری', '2020-11-12'],
    ['ja', '令和2年11月12日 19時45分', '2020-11-12T19:45'],
    ['ja', '令和元年5月1日', '2019-05-01'],
    ['ja', '令和元年五月三日', '2019-05-03'],
    ['ja', '昭和六十三年十二月二十一日', '1988-12-21'],
    ['zh', '二〇二一年五月三日', '2021-05-03'],
    ['zh', '中華民國一一〇年五月三日', '2021-05-03'],
    ['zh', '民國110/05/03', '2021-05-03'],
    ['de', 'Von Anna, 12.15 am 3. Mai 2021', '2021-05-03'],
    ['en', 'Published: 20210503', '2021-05-03'],
    ['en', '20210503T143000Z', '2021-05-03T14:30:00 UTC'],
    ['en', '2:30 pm on Monday, May 3, 2021', '2021-05-03T14:30'],
    ['en', 'Posted at 2.30pm, 3 May 2021', '2021-05-03T14:30'],
    ['en', '14h30 • 3 May 2021', '2021-05-03T14:30'],
    ['en', 'Version 2.30, 3 May 2021', '2021-05-03'],
    ['en', '20210503T1430', '2021-05-03T14:30'],
    ['zh', '中華民國109年11月12日', '2020-11-12'],
    ['th', '12 พฤศจิกายน 2563 เวลา 19:45', '2020-11-12'],
    ['th', '๑๒ พฤศจิกายน พ.ศ. ๒๕๖๓', '2020-11-12'],
    ['vi', '12 tháng 11, 2020', '2020-11-12'],
    ['vi', 'Ngày 12 tháng 11 năm 2020', '2020-11-12'],
    ['hu', '2020. november 12. 19:45', '2020-11-12T19:45'],
    ['ro', '12 noiembrie 2020', '2020-11-12'],
    ['el', '12 Νοεμβρίου 2020', '2020-11-12'],
    ['bg', '12 ноември 2020 г.', '2020-11-12'],
    ['hi', '12 नवंबर 2020', '2020-11-12'],
    ['bn', '১২ নভেম্বর ২০২০', '2020-11-12'],
    ['ta', '12 நவம்பர் 2020', '2020-11-12'],
    ['he', '12 בנובמבר 2020', '2020-11-12'],
    ['ka', '12 ნოემბერი 2020', '2020-11-12'],
    ['lt', '2020 lapkričio 12', '2020-11-12'],
    ['lt', '2020 m. lapkričio 12 d.', '2020-11-12'],
    ['lv', '2020. gada 12. novembrī', '2020-11-12'],
    ['eu', '2020ko azaroaren 12a', '2020-11-12'],
    ['th', '12 พ.ย. 2563', '2020-11-12'],
    // Whose vowel signs alone tell March from January.
    ['th', '12 มี.ค. 63', '2020-03-12'],
    ['th', '12 ม.ค. 2563 19:45', '2020-01-12T19:45'],
    ['hr', '12. studenoga 2020.', '2020-11-12'],
    ['hr', '12 listopada 2020', '2020-10-12'],
    ['', '12. listopada 2020.', '2020-10-12'],
    ['pl', '12 listopada 2020', '2020-11-12'],
    ['cs', '12. listopadu 2020', '2020-11-12'],
  ])('%s: %s', (language, line, expected) => {
    expect(read(line, { language })).toEqual([expected])
  })
})

test.each([
  ['ByTravis Dec 9, 2016', '2016-12-09'],
  ['Name3.11.2023', '2023-11-03'],
  ['name28.09.1912:44', '2019-09-28T12:44'],
  ['9 de fevereiro de 202207:59 hs', '2022-02-09T07:59'],
  ['4.\u2009 2.\u2009 2022', '2022-02-04'],
  ['18:34 19.10.2019', '2019-10-19T18:34'],
  ['2020-02-19T16:20:30.000Z', '2020-02-19T16:20:30 UTC'],
  ['2020-02-19 16:20 +0330', '2020-02-19T16:20 +03:30'],
  ['14 Gennaio 20', '2020-01-14'],
  ['26.10.98', '1998-10-26'],
  ['00:01, Tue, Nov 19, 2019', '2019-11-19T00:01'],
  ['Published Wed, Nov 20 20194:29 AM EST', '2019-11-20T04:29 -05:00'],
])('glued, thin and short forms: %s', (line, expected) => {
  expect(read(line)).toEqual([expected])
})

test('two dates on a line are two', () => {
  expect(read('22. Dezember 201922. Dezember 2019 von X')).toEqual(['2019-12-22', '2019-12-22'])
  expect(read('Published: 28 Apr 2020. Updated: 29 Apr 2020 08:11 CET')).toEqual([
    '2020-04-28',
    '2020-04-29T08:11 +01:00',
  ])
})

test.each([
  'on Friday',
  'Sept. 22',
  'yesterday at 5 pm',
  'May 2020',
  '3 May 20 people',
  '1.2.3.2019',
  '14. – 20. Januar 2022',
  '10.1007/s10273-015',
  'https://news.example/2020/01/15/title',
  '31.02.2020',
  'Heinrich 1066',
  'vor 3 Stunden',
  '12:30',
  'Bug 20210503',
  '202105030 people',
  '20210503',
  'Raw data 20101203',
  '一九八九年六月四日的故事',
  '民國 8.5.3 版',
  '一月',
])('no date: %s', line => {
  expect(read(line)).toEqual([])
})

describe('day or month', () => {
  test('English without a country says nothing: both readings are given', () => {
    expect(read('10/05/2022', { language: 'en' })).toEqual(['2022-05-10 or 2022-10-05'])
  })
  test('a language with one custom, a country or the settings decide', () => {
    expect(read('10/05/2022', { language: 'es' })).toEqual(['2022-05-10'])
    expect(read('10/05/2022', { language: 'en-US' })).toEqual(['2022-10-05'])
    expect(read('10/05/2022', { language: 'es', order: 'mdy' })).toEqual(['2022-10-05'])
  })
  test('digits that allow one reading prove the order', () => {
    expect(readDates('10/13/16').map(date => date.proves)).toEqual(['mdy'])
    expect(readDates('13/10/16').map(date => date.proves)).toEqual(['dmy'])
    expect(read('05/05/2022', { language: 'en' })).toEqual(['2022-05-05'])
  })
})

test('offsets and raw words point into the line', () => {
  const line = 'By X | 3 May 2021, 14:05 | Sport'
  const [date] = readDates(line)
  expect(date!.raw).toBe('3 May 2021, 14:05')
  expect(line.slice(date!.start, date!.end)).toBe(date!.raw)
})

test.each([
  ['30 February 2021', '30 February 2021'],
  ['on 31/04/2021 at noon', '31/04/2021'],
  ['2021-02-30', '2021-02-30'],
  ['am 31. Juni 2020', '31. Juni 2020'],
])('%s holds a date that does not exist', (line, raw) => {
  expect(readDates(line)).toEqual([])
  expect(readImpossibleDates(line)).toEqual([{ raw, start: line.indexOf(raw) }])
})

test.each(['29 February 2020', 'version 1.45.2', 'nothing'])('%s holds none', line => {
  expect(readImpossibleDates(line)).toEqual([])
})
