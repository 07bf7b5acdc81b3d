import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import { broadsheet, datedArticle, temporaryFolder } from '../runtimes/command-line.ts'

/** What may lie in the place of a file. */
const others: [string, (path: string) => void][] = [
  ['a folder', path => mkdirSync(path)],
  ['a link to nothing', path => symlinkSync('nowhere', path)],
  ['a link that leads out', path => symlinkSync('/etc/hosts', path)],
  ['a device', path => symlinkSync('/dev/zero', path)],
  ['a pipe', path => execFileSync('mkfifo', [path])],
]

const jekyll = { '_posts/2026-01-02-a.md': '---\ntitle: Marmalade\n---\n\nWords.\n' }
const sites: [string, Record<string, string>][] = [
  ['hugo.toml', { 'content/posts/a.md': datedArticle('Marmalade') }],
  ['_config.yml', jekyll],
  ['pelicanconf.py', { 'content/a.md': 'Title: Marmalade\nDate: 2026-01-02\n\nWords.\n' }],
  ['.eleventyignore', { 'eleventy.config.js': 'export default {}\n', 'a.md': datedArticle('Marmalade') }],
  [
    'posts/posts.json',
    { 'eleventy.config.js': 'export default {}\n', 'posts/a.md': datedArticle('Marmalade') },
  ],
  ['package.json', { 'a.md': datedArticle('Marmalade') }],
]

test.each(sites)('nothing is published where %s is there and can’t be read', async (path, files) => {
  for (const [what, put] of others) {
    using folder = temporaryFolder(files)
    put(folder.at(path))
    const { out, exitCode } = await broadsheet('check', folder.path)
    expect([what, exitCode]).toEqual([what, 1])
    expect(out).toContain('system-settings-invalid')
    expect(out).toContain(`The settings in ${path} can't be read`)
    const built = await broadsheet('get', '/feed.json', folder.path)
    expect(built.out).not.toContain('Marmalade')
  }
})

test.each([
  ['export.xml', {}],
  ['ep1.chapters.json', { 'ep1.mp3': 'ID3' }],
  ['ep1.mp3', {}],
])('it is said where %s is no file', async (path, files) => {
  for (const [what, put] of others.filter(([what]) => what === 'a pipe' || what === 'a link to nothing')) {
    using folder = temporaryFolder({ 'a.md': datedArticle('A'), ...files })
    put(folder.at(path))
    const { out } = await broadsheet('check', folder.path, '--json')
    const { status, reason } = JSON.parse(out).files.find((file: { path: string }) => file.path === path)
    expect([what, status]).toEqual([what, 'rejected'])
    expect(reason).toMatch(/^file-(?:special|unreadable)$/)
  }
})
