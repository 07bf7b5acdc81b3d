import { html } from 'hono/html'
import { feedFormatNames, feedFormats } from '../../model/formats.ts'
import { feedPath } from '../feed-channel.ts'
import { collectionName, headlineList } from './article-list.ts'
import type { Html } from './html.ts'
import type { PageFrame } from './page-frame.ts'
import type { SubscribeView } from './page-views.ts'
import type { SubscriptionWords } from './page-words.ts'
import { qrCode } from './qr-code.ts'
import { deviceLink, ownReaderPaths, serviceLinks } from './subscribe-services.ts'

/**
 * How to subscribe to a collection: what a person sees at the addresses of its feeds. Complete without script; with it
 * the address is copied by a button, and the link to one's own reader is put together.
 */
export function renderSubscribePage(view: SubscribeView, frame: PageFrame): string {
  const { collection, latest } = view
  const { site, address, asset } = frame
  const spoken = frame.speak(collection.kind === 'language' ? collection.name : site.language)
  const said = spoken.words.subscription
  const { text } = collectionName(collection, frame)
  const title = said.title(text)
  // Every reader takes RSS.
  const feed = address(feedPath(collection, 'rss'))
  const feeds = [
    {
      path: collection.path,
      title: collection.kind === 'all' ? site.title : `${collection.name} · ${site.title}`,
    },
  ]
  return frame.render({
    title,
    description: said.what,
    canonical: address(`${collection.path}subscribe/`),
    language: spoken.language,
    direction: spoken.direction,
    feeds,
    subscribePath: collection.path,
    head: html`<script src="${asset('/subscribe.js')}" defer></script>\n`,
    main: html`<header class="opening">
<p class="label">${spoken.words.kinds[collection.kind]}</p>
<h1>${title}</h1>
<p class="standfirst">${said.what}</p>
</header>
${addressBox(feed, said)}
${services(feed, said)}${ownReader(feed, said)}${formats(collection, said, frame)}<details class="fold">
<summary>${said.code}</summary>
<p>${said.codeNote}</p>
${qrCode(feed, said.code)}</details>
<p class="others"><a href="${address(collection.path)}" dir="auto">${text}</a> <a href="${address('/feeds/')}">${spoken.words.allFeeds} <span class="count">${spoken.number(view.feeds)}</span></a> <a href="${address('/opml.xml')}">OPML</a></p>
${latest.length > 0 ? html`<section>\n<h2 class="rubric">${said.now}</h2>\n${headlineList(latest, frame, spoken)}</section>\n` : ''}`,
  })
}

function addressBox(feed: string, said: SubscriptionWords): Html {
  return html`<div class="address">
<label for="feed-address">${said.address}</label>
<div><input id="feed-address" type="url" dir="ltr" readonly value="${feed}"><button type="button" class="button" data-copy="feed-address" data-done="${said.copied}" hidden>${said.copy}</button></div>
</div>
`
}

function services(feed: string, said: SubscriptionWords): Html {
  return html`<section class="step">
<h2>${said.services}</h2>
<ul class="services">
${serviceLinks(feed).map(({ name, target }) => html`<li><a class="button" href="${target}" rel="noopener nofollow" dir="ltr">${name}</a></li>\n`)}<li data-with-script hidden><a class="button" data-href="${deviceLink(feed)}">${said.device}</a></li>
</ul>
<p class="note">${said.servicesNote} <span data-with-script hidden>${said.deviceNote}</span></p>
</section>
`
}

/** The form is useless without script, which unhides it and puts it in the place of the patterns. */
function ownReader(feed: string, said: SubscriptionWords): Html {
  const readers = ownReaderPaths(feed)
  return html`<details class="fold">
<summary>${said.own}</summary>
<form data-own-reader hidden>
<p>${said.ownNote}</p>
<p><label for="own-reader">${said.reader}</label> <select id="own-reader" dir="ltr">
${readers.map(({ name, target }) => html`<option value="${target}">${name}</option>\n`)}</select></p>
<p><label for="own-address">${said.readerAddress}</label> <input id="own-address" inputmode="url" dir="ltr" placeholder="https://reader.example" autocomplete="url" autocapitalize="off" spellcheck="false" required data-wrong="${said.readerAddressWrong}"></p>
<p><button type="submit" class="button">${said.open}</button></p>
</form>
<div data-without-script>
<p>${said.ownPattern}</p>
<dl>
${readers.map(({ name, target }) => html`<dt>${name}</dt><dd><code dir="ltr">https://reader.example${target}</code></dd>\n`)}</dl>
</div>
</details>
`
}

function formats(
  collection: SubscribeView['collection'],
  said: SubscriptionWords,
  { address }: PageFrame,
): Html {
  return html`<section class="step">
<h2>${said.formats}</h2>
<p class="note">${said.formatsNote}</p>
<dl class="formats">
${feedFormatNames.map(format => {
  const feed = address(feedPath(collection, format))
  const { title } = feedFormats[format]
  return html`<dt><bdi dir="ltr">${title}</bdi></dt><dd><code dir="ltr">${feed}</code> <a href="${feed}?raw" aria-label="${`${said.raw}: ${title}`}">${said.raw}</a></dd>\n`
})}</dl>
</section>
`
}
