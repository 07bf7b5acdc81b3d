import { expect, test } from 'vitest'
import { readPageText } from '../../src/page-text/page-text.ts'
import { plainContext } from '../support/page-text-pages.ts'

/** Who signed a page whose second line is asked. */
function authorsOf(byline: string): string[] {
  const page = [
    'The old bridge is repaired before the winter comes',
    byline,
    '2020-11-12',
    'The council decided on Monday evening, after two hours, to have the old bridge repaired before the winter.',
    'Nobody spoke against the plan. The costs are given as forty thousand, and the work shall take six weeks.',
  ]
  const { authors } = readPageText(page.join('\n\n'), 'a.txt', plainContext)
  return (authors?.value ?? []).map(({ name }) => name)
}

test.each([
  ['מאת: רונית שלו', 'רונית שלו'],
  ['מאת: רונית שלו ו־אבי ברק', 'רונית שלו', 'אבי ברק'],
  ['מאת רונית שלו ואבי ברק', 'רונית שלו', 'אבי ברק'],
  ['כתבה: רונית שלו', 'רונית שלו'],
  ['כתב: אבי ברק', 'אבי ברק'],
])('Hebrew: %s', (byline, ...names) => expect(authorsOf(byline)).toEqual(names))

test.each([
  ['เขียนโดย วิชัย สุขใจ', 'วิชัย สุขใจ'],
  ['ผู้เขียน: วิชัย สุขใจ', 'วิชัย สุขใจ'],
  ['ผู้เขียน วิชัย สุขใจ', 'วิชัย สุขใจ'],
  ['เรื่อง: วิชัย สุขใจ', 'วิชัย สุขใจ'],
  ['เรื่อง วิชัย สุขใจ ภาพ อรุณ ดีงาม', 'วิชัย สุขใจ'],
])('Thai: %s', (byline, ...names) => expect(authorsOf(byline)).toEqual(names))

test.each([
  ['本报记者 王海燕 陈立', '王海燕', '陈立'],
  ['（记者王海燕）', '王海燕'],
  ['（本报记者 王海燕、陈立）', '王海燕', '陈立'],
  ['新华社记者王海燕', '王海燕'],
  ['江滨晚报记者 王海燕', '王海燕'],
  ['江滨周报记者 王海燕 发自上海', '王海燕'],
  ['記者陳立明／台南報導', '陳立明'],
  ['文/王海燕 图/陈立明', '王海燕'],
  ['文｜欧阳海燕', '欧阳海燕'],
  ['作者王海燕', '王海燕'],
  ['□ 本报记者 王海燕', '王海燕'],
  ['特约撰稿人 王海燕', '王海燕'],
  ['来源：江滨晚报 作者：王海燕', '王海燕'],
])('Chinese: %s', (byline, ...names) => expect(authorsOf(byline)).toEqual(names))

test.each([
  ['文＝中村春子', '中村春子'],
  ['文=中村春子　写真=木村一郎', '中村春子'],
  ['取材・文＝中村春子', '中村春子'],
  ['取材・文／中村春子', '中村春子'],
  ['執筆者：中村春子', '中村春子'],
  ['聞き手・中村春子', '中村春子'],
  ['中村春子記者', '中村春子'],
  ['ライター：中村春子', '中村春子'],
])('Japanese: %s', (byline, ...names) => expect(authorsOf(byline)).toEqual(names))

test.each([
  ['부산=박지훈 기자', '박지훈'],
  ['(부산=한빛통신) 박지훈 기자', '박지훈'],
  ['[부산=한빛통신] 박지훈 특파원', '박지훈'],
  ['박지훈·최은영 기자', '박지훈', '최은영'],
  ['박지훈, 최은영 기자', '박지훈', '최은영'],
  ['부산 박지훈 기자 jihoon@example.org', '박지훈'],
  ['글 박지훈 사진 최은영', '박지훈'],
  ['글·사진 박지훈 기자', '박지훈'],
  ['기자명 박지훈', '박지훈'],
  ['입력 2020.11.12 09:00 박지훈 기자', '박지훈'],
])('Korean: %s', (byline, ...names) => expect(authorsOf(byline)).toEqual(names))

test.each([
  ['كتب: سامر يوسف وليلى حداد', 'سامر يوسف', 'ليلى حداد'],
  ['كتب: أحمد محمد وليد حسن', 'أحمد محمد وليد حسن'],
  ['الكاتب: سامر يوسف', 'سامر يوسف'],
  ['द्वारा मोहन वर्मा', 'मोहन वर्मा'],
  ['Bài và ảnh: Trần Thu Hà', 'Trần Thu Hà'],
  ['Bài: Trần Thu Hà', 'Trần Thu Hà'],
])('%s', (byline, ...names) => expect(authorsOf(byline)).toEqual(names))

test.each([
  '최종수정 2020.11.12 목요일',
  '수요일',
  '사진=최은영 기자',
  '最終更新日：2020年11月12日',
  '2020-11-12 浏览次数：2168',
  '2020-11-12 下一页',
  '2020-11-12 原创 江滨都市报',
  '摄影：陈立明',
  '本报记者 陈立明 摄',
  '记者陈立明摄',
  '写真＝木村一郎',
  'القارات الست',
  'الساحل الشرقي',
  'תצלום: רונית שלו',
  'ภาพ: อรุณ ดีงาม',
  'Haber Merkezi',
  'كتب جديدة',
  'כתב העת',
  'حوار البحر القديم',
  'گزارش استان ها',
  'نویسنده کتاب',
])('nobody signs: %s', line => expect(authorsOf(line)).toEqual([]))

const bodies = {
  zh: [
    '老桥将在冬季到来之前修缮完毕',
    '市议会周一晚间经过两个小时的讨论，决定在冬季到来之前对老桥进行修缮，工程预计需要六周的时间才能完成。',
    '没有人反对这项计划。据介绍，这项工程的费用约为四万元，施工期间桥梁将对所有车辆关闭，行人仍可通行。',
  ],
  ja: [
    '古い橋は冬が来る前に修理されることになった',
    '市議会は月曜日の夜、二時間の議論の末に、冬が来る前に古い橋を修理することを決めた。工事には六週間かかる見込みだ。',
    '計画に反対する人はいなかった。費用は四万円とされ、工事の間、橋はすべての車両に対して閉鎖されるという。',
  ],
  ko: [
    '오래된 다리가 겨울이 오기 전에 수리된다',
    '시의회는 월요일 저녁 두 시간의 논의 끝에 겨울이 오기 전에 오래된 다리를 수리하기로 결정했다고 밝혔다.',
    '계획에 반대하는 사람은 없었다. 비용은 약 사만 원이며 공사는 육 주가 걸릴 것으로 예상된다고 관계자는 말했다.',
  ],
}

test.each([
  ['zh', '本报讯（记者 王海燕、陈立明）', '', '王海燕', '陈立明'],
  ['zh', '新华社南京11月12日电（记者王海燕）', '', '王海燕'],
  ['zh', '', '（本报记者 王海燕）', '王海燕'],
  ['zh', '祖父见过记者（记者王海燕）和她的朋友。', ''],
  ['zh', '', '那天来了一位记者（记者王海燕），她只待了一天就走了。'],
  ['ja', '', '【中村春子】', '中村春子'],
  ['ja', '', '（中村春子、木村一郎）', '中村春子', '木村一郎'],
  ['ja', '', '（共同）'],
  ['ja', '', '【関連記事】'],
  ['ko', '(부산=한빛통신) 박지훈 기자 = ', '', '박지훈'],
  ['ko', '[부산=한빛통신]박지훈 최은영 기자 = ', '', '박지훈', '최은영'],
] as const)('who signs within the text stays in it: %s %s %s', (language, before, behind, ...names) => {
  const [headline, first, last] = bodies[language] as [string, string, string]
  const page = [headline, before + first, last + behind].join('\n\n')
  const { authors, html } = readPageText(page, 'a.txt', plainContext)
  expect((authors?.value ?? []).map(({ name }) => name)).toEqual(names)
  expect(html).toContain(before + first)
  expect(html).toContain(last + behind)
})

test.each(['【中村春子】', '（中村春子）'])(
  'who signs on a line below the text is no part of it: %s',
  line => {
    const { authors, html } = readPageText([...bodies.ja, line].join('\n\n'), 'a.txt', plainContext)
    expect((authors?.value ?? []).map(({ name }) => name)).toEqual(['中村春子'])
    expect(html).not.toContain(line)
  },
)
