/**
 * Names in ideographs and in Hangul, and the forms in which newspapers of China, Japan and Korea sign. No capitals tell
 * a name from a word there; that it begins with one of the surnames that most people bear does.
 */

const surnames = new Set(
  '王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾鐘谭譚陆陸汪范石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤穆卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄窦戚岑景宫费費卜冷晏席卫衛米柏宗瞿桂佟应應臧闵苟邬卞姬仇栾隋刁沙荣榮巫寇桑郎甄丛仲虞敖巩佘池查苑迟邝',
)

const longSurnames =
  /^(?:[欧歐][阳陽]|司[马馬]|上官|[诸諸]葛|夏侯|皇甫|公[孙孫]|慕容|令狐|司徒|端木)\p{sc=Han}{1,2}$/u

/** Of Japan, two ideographs and more: of one ideograph few names can be told from words. */
const japaneseSurnames = new RegExp(
  `^(?:${'佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 斉藤 齋藤 清水 山崎 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田 石田 森田 上田 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 工藤 谷口 今井 高田 丸山 増田 杉山 村田 大塚 新井 藤本 小山 平野 河野 上野 武田 野口 松井 千葉 菅原 岩崎 木下 久保 佐野 野村 松尾 市川 菊地 菊池 杉本 古川 大西 島田 水野 桜井 櫻井 高野 渡部 吉川 山内 西田 飯田 西川 小松 北村 安田 五十嵐 川口 平田 中田 服部 岩田 土屋 川崎 福島 本田 樋口 秋山 田口 永井 山中 中西 吉村 川上 大橋 石原 松岡 浜田 馬場 森本 矢野 浅野 大島 熊谷 松下 松村 吉岡 大久保 久保田 小池 片山 松浦 福井 黒田 尾崎 川村 大石 望月 岸本 堀内 荒井 小沢 大沢 大谷 石橋 早川 宮田 村山 荒木 星野 黒木 関口 栗原 八木 須藤 内藤 成田 西山 三宅 小田 奥村 本間 川島 高山 高島 篠原 平井 大森 小西 松原 松永 白石 児玉 野田 伊東 広瀬 今村 柳田'.split(' ').join('|')})[\\s　]?[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー々]{1,4}$`,
  'u',
)

const koreanSurnames = new Set(
  '김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕',
)

/** Whether a name in ideographs begins as names of persons do. */
export function hasSurname(name: string): boolean {
  if (/^\p{sc=Hangul}+$/u.test(name))
    return name.length === 3 && koreanSurnames.has(name[0] ?? '') && !isKoreanDay(name)
  if (longSurnames.test(name) || japaneseSurnames.test(name)) return true
  return /^\p{sc=Han}{2,3}$/u.test(name) && surnames.has(name[0] ?? '')
}

const beginsAsName = (word: string) => koreanSurnames.has(word[0] ?? '') && !isKoreanDay(word)
const isKoreanDay = (word: string) => /^[월화수목금토일]요일$/.test(word)

/** Who signed, as a line in ideographs or Hangul says it. */
interface ScriptByline {
  names: string[]
  role: string | null
}

/** In UTF-16 code units: what is longer, or has sentences, is text that merely names who signed it. */
const maxByline = 80

const han = '\\p{sc=Han}{2,4}'
const japanese =
  '(?:\\p{sc=Han}{1,3}[ 　])?[\\p{sc=Han}々]{1,4}[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー々]{1,5}'
const behind =
  '(?!\\s?(?:[摄攝](?!影[报報][导導道])|供?[图圖]))(?=$|[\\s\\0）)】」|｜/／;；]|[報报][導导道]|[发發]|[摄攝]影)'
/** "本报记者 张三 李四", "（记者张三）", "記者張三／台北報導", "新华社记者 张三、李四". */
const reporters = new RegExp(
  `(?:^|[\\s\\0（(【□■◎●|｜:：/／]|\\p{sc=Han})(?:记者|記者|撰稿人|特约记者)\\s?[:：]?\\s?(${han}(?:[\\s、,，]+${han}){0,5})${behind}`,
  'u',
)
/** "文/张三 图/李四", "文｜张三", "作者张三". */
const writers = new RegExp(
  `(?:^|[\\s\\0（(【□■◎●])(?:(?:采写|撰文|撰稿|文)\\s?[:：/／|｜=＝]\\s?|(?:作者|记者)\\s?[:：/／|｜]?\\s?)(${han}(?:[\\s、,，]+${han}){0,5})${behind}`,
  'u',
)
/** "文＝山田太郎", "取材・文／山田太郎", "執筆者：山田太郎", "聞き手・山田太郎". */
const japaneseWriters = new RegExp(
  `^(?:(?:取材・)?(?:構成・)?文(?:・写真|・撮影)?|執筆者?|著者?|筆者|ライター|聞き手|取材・構成|構成)\\s?[:：=＝/／・]\\s?(${japanese}(?:[、,，]${japanese}){0,4})(?=$|[\\s　\\0、（(／/])`,
  'u',
)
/** "山田太郎記者", "社会部・山田太郎記者". */
const behindName = new RegExp(`(?:^|[・\\s])(${japanese})(記者)$`, 'u')
const hangul = '(?!선임|수석|인턴|객원|전문)\\p{sc=Hangul}{2,4}'
/** "(서울=연합뉴스) 홍길동 기자 =", "서울=홍길동 기자", "홍길동·김철수 기자", "홍길동 기자 외 1명". */
const koreanReporters = new RegExp(
  `(?:^|\\0\\s?)(?:(?!사진|그래픽|영상|출처|자료|편집)[[(【]?\\p{sc=Hangul}{2,8}(?:[·,]\\p{sc=Hangul}{2,8})?\\s?=\\s?(?:[\\p{sc=Hangul}A-Za-z\\d]{2,10}[\\])】]\\s?)?|(?:글|글·사진|취재)\\s?[=:]?\\s)?((?:${hangul}[\\s·ㆍ・,、]+){0,4}${hangul})\\s?((?:선임|수석|인턴|객원|전문)?\\s?(?:기자|특파원|논설위원))(?:\\s외\\s?\\d+명)?(?=$|[\\s\\0\\])】=·])`,
  'u',
)

/** Reads what newspapers of China, Japan and Korea print; null where a line has none of their forms. */
export function readScriptByline(text: string): ScriptByline | null {
  if (text.length > maxByline || !/[\p{sc=Han}\p{sc=Hangul}]/u.test(text) || /[。！？]|다\./u.test(text))
    return null
  if (/\p{sc=Hangul}/u.test(text)) return koreanByline(text)
  for (const form of [reporters, writers]) {
    const names = (form.exec(text)?.[1] ?? '').split(/[\s、,，]+/).filter(hasSurname)
    if (names.length > 0) return { names, role: null }
  }
  const signed = japaneseWriters.exec(text)?.[1]
  if (signed) return { names: signed.split(/[、,，]/), role: null }
  const [, name, role = null] = behindName.exec(text) ?? []
  return name && hasSurname(name) ? { names: [name], role } : null
}

/** Of several words before "reporter" only names count: "Seoul Hong Gildong". The last one is a name of any length. */
function koreanByline(text: string): ScriptByline | null {
  const [, list, role = null] = koreanReporters.exec(text) ?? []
  if (!list) return null
  const words = list.split(/[\s·ㆍ・,、]+/)
  const names = words.filter((word, at) => (at === words.length - 1 ? beginsAsName(word) : hasSurname(word)))
  return names.length > 0 ? { names, role } : null
}

const bracketed = `[（(]\\p{sc=Han}{0,8}?(?:记者|記者)\\s?(${han}(?:[\\s、,，]+${han}){0,5})(?:[\\s,，]\\P{sc=Latin}{0,20})?[）)]`
/** "本报讯（记者 张三、李四）", "新华社北京11月12日电（记者张三）" at the beginning of a text, before any sentence. */
const reportersBefore = new RegExp(
  `^(?:[^，。！？；,!?]{0,60}?[讯訊电電导導道息】）)])?\\s?${bracketed}`,
  'u',
)
/** The same behind the last sentence. */
const reportersBehind = new RegExp(`${bracketed}[\\s。]*(?:[（(]?完[）)]?)?$`, 'u')
/** "…と述べた。【山田太郎】", "…（山田太郎、鈴木花子）": who wrote it, behind the last sentence. */
const signedBehind = new RegExp(
  `(?:^|[。」』])\\s?(?:【|[（(])(${japanese}(?:[、・,，]${japanese}){0,3})(?:】|[）)])$`,
  'u',
)

/** Who signed within a paragraph that opens a text or ends it: it stays there, as datelines do. */
export function signedWithin(text: string, at: 'first' | 'last'): ScriptByline | null {
  const part = at === 'first' ? text.slice(0, 80) : text.slice(-40)
  if (at === 'first') {
    const korean = /^[[(【]?\p{sc=Hangul}{2,8}\s?=/u.test(part) ? koreanByline(part) : null
    if (korean) return korean
  }
  const forms = at === 'first' ? [reportersBefore] : [reportersBehind, signedBehind]
  const list = forms.map(form => form.exec(part)?.[1]).find(Boolean)
  const names = (list ?? '').split(/[\s、・,，]+/).filter(hasSurname)
  return names.length > 0 ? { names, role: null } : null
}
