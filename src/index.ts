/**
 * The library's front door: everything here runs on every runtime. What needs Node is in `broadsheet/node`.
 *
 * An article's way, step by step: `parseFile` reads one file; `inspect` reads a whole source and decides what is
 * published; `renderPublication` makes the documents; a store keeps them; `createApp` answers readers.
 */

// Pages
export type { PageContent, PageFrame, PageLanguage } from './documents/pages/page-frame.ts'
export { type PageTemplates, standardPages } from './documents/pages/page-templates.ts'
export type {
  ArchiveView,
  ArticleView,
  CollectionEntry,
  CollectionLink,
  CollectionView,
  FeedsView,
  HomeView,
  MissingView,
  Neighbour,
  SubscribeView,
} from './documents/pages/page-views.ts'
// Nouns
export type {
  Article,
  ArticleDate,
  Author,
  Enclosure,
  FileReport,
  LeadImage,
  ParsedArticle,
  WithheldReason,
} from './model/article.ts'
export type { Collection } from './model/collection.ts'
export type { Diagnostic, Severity } from './model/diagnostic.ts'
export { type DiagnosticCode, diagnosticCodes } from './model/diagnostic-codes.ts'
export { BroadsheetError, isBroadsheetError } from './model/errors.ts'
export { type FeedFormat, feedContentType, feedFormats, mediaTypeOf } from './model/formats.ts'
export type { Ledger, LedgerEntry } from './model/ledger.ts'
export {
  LedgerAccessError,
  LedgerConflictError,
  type LedgerStore,
  type StoredLedger,
} from './model/ledger-store.ts'
export type { PublicationEvent, PublicationObserver, WithdrawnArticle } from './model/observer.ts'
// Settings
export type { PresetFolder, PresetReading } from './model/preset.ts'
export { type Preset, type PresetName, presetNames } from './model/preset.ts'
export type { ParseContext } from './model/reading.ts'
export { type Site, type SourceSettings, siteDefaults } from './model/site.ts'
export type {
  BodyRef,
  ByteRange,
  MediaFile,
  Publication,
  RenderedDocument,
  Resource,
  Snapshot,
  Store,
  StoreReader,
  View,
} from './model/snapshot.ts'
export {
  isSourceError,
  type Source,
  SourceError,
  type SourceFile,
  type SourceListing,
} from './model/source.ts'
export type { ArticleRecord } from './parse/article-record.ts'
export { articleExtensions, isArticlePath, type ParseResult, parseFile } from './parse/parse-file.ts'
// Parse
export { sanitizeArticle } from './parse/sanitize-article.ts'
// Serve
export type { GivenArticle, GivenArticles } from './publish/given-articles.ts'
// Publish
export {
  createPipeline,
  type Inspection,
  type InspectOptions,
  inspect,
  type LookOptions,
  type Pipeline,
  type Totals,
} from './publish/inspect.ts'
export { type PublicationInputs, type PublicationOptions, renderPublication } from './publish/publication.ts'
export {
  ClockError,
  createPublisher,
  MassChangeError,
  type Plan,
  type PlannedPublication,
  type PublishedPlan,
  type Publisher,
  type PublisherOptions,
  type PublishOptions,
} from './publish/publisher.ts'
export type { ReadAgain, ReadingCache, ReadingMemory } from './publish/reading-cache.ts'
export { createRenderer, type Renderer } from './publish/renderer.ts'
export {
  type ArticlesAppOptions,
  type ArticlesPublication,
  createApp,
  createPublication,
  type StoreAppOptions,
} from './runtimes/library-app.ts'
export { resolveSite, type SiteOptions } from './settings/resolved-site.ts'
export type { Setting } from './settings/setting.ts'
export {
  readSettings,
  type SettingsOptions,
  type SettingsProblem,
  type SettingsReading,
} from './settings/settings.ts'
export { settingsTable, sourceSettingsTable } from './settings/settings-table.ts'
export { createMemoryStore, type MemoryStoreOptions } from './store/memory.ts'
export { recognisePreset } from './systems/recognise-preset.ts'
