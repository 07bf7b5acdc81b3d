import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { directionOfLanguage, directionOfText, guessLanguage } from '../../src/text/language.ts'

test.each([
  ['en', 'The council met on Monday and it was agreed that the bridge is to be mended.'],
  ['de', 'Der Rat hat am Montag beschlossen, die Brücke zu reparieren, und niemand war dagegen.'],
  ['fr', 'Le conseil a décidé lundi de réparer le pont, et personne n’était contre ce projet.'],
  ['es', 'El consejo decidió el lunes reparar el puente y nadie estaba en contra de los planes.'],
  ['pt', 'O conselho decidiu na segunda-feira reparar a ponte e ninguém foi contra os planos da câmara.'],
  ['it', 'Il consiglio ha deciso lunedì di riparare il ponte e nessuno era contro i piani della città.'],
  ['nl', 'De raad heeft maandag besloten de brug te herstellen en niemand was tegen het plan van de stad.'],
  ['pl', 'Rada zdecydowała w poniedziałek, że most zostanie naprawiony, i nikt nie był przeciw.'],
  ['tr', 'Meclis pazartesi günü köprünün onarılması için karar aldı ve kimse bu plana karşı değil.'],
  ['ru', 'Совет решил в понедельник починить мост, и никто не был против этого плана.'],
  ['ar', 'قرر المجلس إصلاح الجسر في المدينة ولم يكن أحد ضد هذه الخطة التي طال انتظارها'],
  ['fa', 'شورا تصمیم گرفت که پل را در این شهر تعمیر کند و هیچ کس با آن مخالف نبود'],
  ['zh', '市议会星期一决定修好老桥，没有人反对。'],
  ['ja', '市議会は月曜日に橋を修理することを決めた。'],
  ['ko', '시의회는 월요일에 다리를 고치기로 했다.'],
])('%s', (language, text) => {
  const guess = guessLanguage(text)
  expect(guess.language).toBe(language)
  expect(guess.confidence).toBeGreaterThan(0.3)
})

test.each([
  [
    'zh',
    '本章讲解如何用 Spring Data Specification 动态创建查询语句，No AMOS，No LISREL，No Clementine，No Pirate Software。可以用R的sem包来完成你们的计算，不要围着商业软件打转转了，Garbage in, Garbage out的事情太容易发生。',
  ],
  ['ja', '市議会は Spring Data Specification と JpaSpecificationExecutor で橋を修理することを決めた。'],
  ['ko', '시의회는 Spring Data Specification 그리고 JpaSpecificationExecutor 로 다리를 고치기로 했다.'],
])('%s with many names in Latin letters', (language, text) => {
  const guess = guessLanguage(text)
  expect(guess.language).toBe(language)
  expect(guess.confidence).toBeGreaterThan(0.7)
})

test('a name in signs makes no text Chinese', () => {
  expect(guessLanguage('Words of 日本語.').language).not.toBe('zh')
  expect(guessLanguage('The council of 東京都 has decided.').language).toBe('en')
})

test.each([
  [
    'en',
    'The council met on Monday, and it was agreed that the old bridge (老桥) is to be repaired with the help of 市议会.',
  ],
  ['ru', 'Совет решил в понедельник починить старый мост (老桥), и никто не был против этого плана.'],
])('%s with some signs of another script', (language, text) => {
  expect(guessLanguage(text).language).toBe(language)
})

test('nothing to go by', () => {
  expect(guessLanguage('')).toEqual({ language: null, confidence: 0 })
  expect(guessLanguage('1234 — 5678')).toEqual({ language: null, confidence: 0 })
})

test.each([
  ['formulae', '$$ a_k + v_s = z_o, s_k = v_a $$ '.repeat(12), null],
  ['letters of formulae', 'a + v − s: k, z, o, i. '.repeat(12), null],
  ['code', 'a[i] = v[k] * z; s += o[i]; e = a;\n'.repeat(12), null],
  ['addresses', 'https://o.example.com/que/de/para/um/o?z=1&como=2 de@que.example '.repeat(12), null],
  [
    'words about formulae',
    'The matrix a has k rows and v columns; s is the sum of z and o over a. For k and v we have a s z k v o a. ',
    'en',
  ],
])('%s decide no language', (_, text, language) => {
  expect(guessLanguage(text).language).toBe(language)
})

test('a Czech text is one, formulae or not', () => {
  const text =
    'V pondělí se rada sešla a rozhodla, že most bude opraven. K mostu se o víkendu nikdo nedostane.'
  expect(guessLanguage(`${text} $a_k + v_s = z_o$`)).toMatchObject({ language: 'cs' })
})

test('more text, more confidence', () => {
  const sentence = 'The council met on Monday and it was agreed. '
  expect(guessLanguage(sentence.repeat(3)).confidence).toBeGreaterThan(guessLanguage('The bridge').confidence)
})

test('directions', () => {
  expect(directionOfLanguage('fa')).toBe('rtl')
  expect(directionOfLanguage('ar-EG')).toBe('rtl')
  expect(directionOfLanguage('az-Arab')).toBe('rtl')
  expect(directionOfLanguage('uk')).toBe('ltr')
  expect(directionOfText('سلام دنیا, and more of it')).toBe('ltr')
  expect(directionOfText('سلام دنیا، سلام به همه')).toBe('rtl')
})

test('the pages of the fixtures that name their language are guessed right', () => {
  const folder = join(import.meta.dirname, '../fixtures/page-text')
  for (const name of readdirSync(folder).filter(file => file.endsWith('.json'))) {
    const { expect: wanted } = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    if (wanted.language)
      expect(
        guessLanguage(readFileSync(join(folder, name.replace('.json', '.txt')), 'utf8')).language,
        name,
      ).toBe(wanted.language)
  }
})
