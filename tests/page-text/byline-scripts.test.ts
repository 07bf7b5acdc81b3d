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
  '写真＝木村一郎',
  'القارات الست',
  'الساحل الشرقي',
  'תצלום: רונית שלו',
  'ภาพ: อรุณ ดีงาม',
  'Haber Merkezi',
])('nobody signs: %s', line => expect(authorsOf(line)).toEqual([]))
