import { expect, test } from 'vitest'
import { readSignals } from '../../src/page-text/line-signals.ts'
import { pageLines } from '../../src/page-text/page-lines.ts'

function signals(text: string) {
  return readSignals(pageLines(text), { order: 'dmy', language: 'en' }, new Map())[0]!
}

test.each([
  'Was this article helpful?',
  'Did you find this page useful?',
  'Was this page helpful to you? Yes No',
  'War dieser Artikel hilfreich?',
  'War diese Seite für Sie hilfreich?',
  'Wie hat Ihnen dieser Artikel gefallen?',
  'Cet article vous a-t-il été utile ?',
  '¿Te resultó útil este artículo?',
  'Este artigo foi útil para você?',
  'Questo articolo ti è stato utile?',
  'Was deze pagina nuttig voor u?',
  'Czy ten artykuł był pomocny?',
  'Была ли эта статья полезна?',
  'Bu makale size faydalı oldu mu?',
])('%s asks what readers think of the page', line => {
  expect(signals(line).boilerplate).toBe('interstitial')
})

test.each([
  'Was this article of the constitution helpful to the farmers?',
  'Did you find this letter of his useful at court?',
  'War der Artikel des Grundgesetzes hilfreich gegen Hunger?',
  'How helpful was this summer to the bridge?',
])('%s may be a headline', line => {
  expect(signals(line).boilerplate).toBeNull()
})

test.each(['845 shares', '12,400 views', '5 min read', 'Danke: 64', 'Views: 1.204', '12 просмотров'])(
  '%s counts something of the page',
  line => {
    expect(signals(line).boilerplate).toBe('count')
  },
)

test.each([
  'Reading time: 5 minutes',
  '⏱ 5 min read',
  'Lesezeit: ca. 3 Min.',
  '5 Minuten Lesezeit',
  'Temps de lecture : 4 minutes',
  '5 min de lectura',
  '3 min de leitura',
  '7 minuti di lettura',
  'Время чтения: 2 мин.',
  '5 dakika okuma',
  '3 menit membaca',
  '阅读时长：4 分钟',
  '読了時間: 3分',
  '읽는 시간 4분',
])('%s says how long the page takes to read', line => {
  expect(signals(line).boilerplate).toBe('count')
})

test.each(['5 minutes in the old bridge', 'Time to read', 'Read in 5 minutes'])(
  '%s may be a headline, too',
  line => {
    expect(signals(line).boilerplate).toBeNull()
  },
)

test.each(['}', '});', '64 bridges', 'Points: the new bridge', '12 points for the town'])(
  '%s counts nothing of the page',
  line => {
    expect(signals(line).boilerplate).toBeNull()
  },
)

test.each([
  'The mayor on the bridge on Monday| Photo: B. Sheet Jr./STF',
  'Der Rat auf der Brücke. Foto: B. Sheet/Blatt',
  'El alcalde, este domingo en el puente. EFE/ B. Sheet',
])('%s is a caption with its credit', line => {
  expect(signals(line).credit).toBe(true)
})

test('a sentence behind such a word is not a credit', () => {
  expect(signals('He showed us the photo: it was old. The bridge stood in it still').credit).toBe(false)
})

test.each([
  ['Diese Geschichte teilen', 'share'],
  ['Teile diesen Beitrag auf Social Media.', 'share'],
  ['Share this recipe with your friends', 'share'],
  ['Compartir esta noticia', 'share'],
  ['Die Kommentarfunktion ist geschlossen.', 'interstitial'],
  ['%d Bloggern gefällt das:', 'interstitial'],
  ['Receive our monthly newsletter to stay on top of it.', 'page-sentence'],
  ['Get the magazine delivered to your inbox', 'page-sentence'],
])('%s is of the page: %s', (line, kind) => expect(signals(line).boilerplate).toBe(kind))

test.each(['Share this burden', 'Die Geschichte teilen wir uns', 'The newsletter of 1920 told the story'])(
  '%s is not',
  line => expect(signals(line).boilerplate).toBeNull(),
)
