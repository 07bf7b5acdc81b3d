import { renderArchivePage } from './archive-page.ts'
import { renderArticlePage } from './article-page.ts'
import { renderCollectionPage } from './collection-page.ts'
import { renderFeedsPage } from './feeds-page.ts'
import { renderHomePage } from './home-page.ts'
import { renderGonePage, renderNotFoundPage } from './missing-page.ts'
import type { PageFrame } from './page-frame.ts'
import type {
  ArchiveView,
  ArticleView,
  CollectionView,
  FeedsView,
  HomeView,
  MissingView,
  SubscribeView,
} from './page-views.ts'
import { renderSubscribePage } from './subscribe-page.ts'

/**
 * One function for each kind of page: what it shows comes in as a view, and a whole HTML document goes out. A page is
 * made anew only when its view is another one, so a template must depend on nothing else. It may wrap the standard one
 * (`standardPages.article(view, frame)`) or fill the frame with a main part of its own (`frame.render({ … })`).
 */
export interface PageTemplates {
  home(view: HomeView, frame: PageFrame): string
  collection(view: CollectionView, frame: PageFrame): string
  archive(view: ArchiveView, frame: PageFrame): string
  article(view: ArticleView, frame: PageFrame): string
  subscribe(view: SubscribeView, frame: PageFrame): string
  feeds(view: FeedsView, frame: PageFrame): string
  notFound(view: MissingView, frame: PageFrame): string
  gone(view: MissingView, frame: PageFrame): string
}

export const standardPages: PageTemplates = {
  home: renderHomePage,
  collection: renderCollectionPage,
  archive: renderArchivePage,
  article: renderArticlePage,
  subscribe: renderSubscribePage,
  feeds: renderFeedsPage,
  notFound: renderNotFoundPage,
  gone: renderGonePage,
}
