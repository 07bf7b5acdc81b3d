/**
 * Every diagnostic Broadsheet can give. A code is a permanent name: scripts match on it, the documentation explains it,
 * and a test looks each one up there. `hint` is what to do when the finding itself suggests nothing better.
 */
export const diagnosticCodes = {
  // Settings
  'settings-syntax': [
    'error',
    'Mend this line; text stands in quotes, lists in [brackets]. https://toml.io has the rules.',
  ],
  'settings-unknown': ['error', 'Remove the setting, or write the name of one that there is.'],
  'settings-value': ['error', 'Give the setting a value of the kind that the message names.'],
  // Settings of other systems
  'system-settings-invalid': [
    'error',
    'Mend the file as its own system wants it; until then nothing of the folder is published.',
  ],
  'system-setting-type': ['warning', 'Write the setting as its own system documents it.'],
  'system-setting-unknown': ['warning', 'Say it in broadsheet.toml, as the message shows.'],
  'site-below': ['warning', 'Name the folder that the site lies in: `broadsheet check FOLDER`.'],
  // Files
  'file-unreadable': ['error', 'Make the file readable for the user that runs Broadsheet, or remove it.'],
  'file-special': ['error', 'Put a file in its place, or remove it: of what is no file nothing is read.'],
  'file-name-encoding': ['error', 'Give it another name, in UTF-8 (`convmv` renames many at once).'],
  'file-empty': ['error', 'Write or restore the article, or remove the file.'],
  'file-binary': [
    'error',
    'Only text can be an article. Move the file out of the folder, or give it its true extension.',
  ],
  'file-too-complex': ['error', 'Split the article.'],
  'file-too-large': ['error', 'Split the article, or raise `max_file_bytes` in broadsheet.toml.'],
  'file-outside': [
    'error',
    'Symbolic links that leave the folder are not followed. Copy the file into the folder.',
  ],
  'folder-link': [
    'warning',
    'Nothing is lost. Write the true path where an article leads through the link; name the link in `ignore`, and nothing more is said of it.',
  ],
  'file-link': [
    'warning',
    'Nothing is lost. Remove the link, or put a copy in its place if it is to be an article of its own.',
  ],
  'file-missing': ['error', 'Unpack the export completely.'],
  'file-unparsable': [
    'error',
    'This is a fault of Broadsheet: please report it, with the file if it may be shown.',
  ],
  'format-unread': ['error', 'Write the article in Markdown or HTML; convert it with pandoc, say.'],
  'article-invalid': ['error', 'Hand over an object with at least a title, a date and a body.'],
  'field-unknown': ['warning', 'Write the name of the field that was meant.'],
  'id-from-title': ['warning', 'Give the article an `id` that never changes: the number of its row, say.'],
  'file-no-body': ['error', 'An article needs at least one paragraph. Write one, or remove the file.'],
  // Encoding and characters
  'encoding-guessed': ['warning', 'Save the file as UTF-8.'],
  'encoding-invalid': ['warning', 'Save the file as UTF-8; the marked bytes are shown as U+FFFD.'],
  'character-forbidden': ['warning', 'Remove the character: XML 1.0 cannot carry it.'],
  'bidi-unbalanced': ['warning', 'Close the direction control in the same paragraph; it was closed for you.'],
  // Front matter
  'front-matter-unclosed': ['warning', 'End the front matter with the same line that opened it.'],
  'front-matter-cut': [
    'error',
    'Restore the file if it was cut; else end the front matter with the same line that opened it.',
  ],
  'front-matter-tolerated': ['warning', 'Quote the value, so that every tool reads it the same way.'],
  'front-matter-invalid': ['warning', 'Mend the front matter; the lines that could be read were used.'],
  'draft-uncertain': [
    'warning',
    'Write `draft: false` into front matter, if it is to be read; or take the line out. Else write `draft: true`.',
  ],
  'merge-conflict': ['warning', 'Settle the merge: keep one side, and take the lines of the marks out.'],
  'draft-by-name': [
    'info',
    'If it is to be read, write `draft: false` into its front matter, or move or rename it.',
  ],
  'program-hides': [
    'info',
    'Nothing is to be done. If it is to be read, write into the article what that program asks for.',
  ],
  'front-matter-missing': [
    'warning',
    'Begin the file with front matter, as the system whose folder it is wants it.',
  ],
  'front-matter-type': ['warning', 'Give the key a value of the expected type.'],
  // Fields
  'title-missing': ['warning', 'Give the article a title.'],
  'title-uncertain': ['info', 'Say the title in front matter, if this is not it.'],
  'date-missing': ['warning', 'Give the article a date, or set `undated = "first-seen"` in broadsheet.toml.'],
  'date-invalid': ['warning', 'Write the date as 2026-01-31 or 2026-01-31T09:30:00+01:00.'],
  'date-ambiguous': [
    'warning',
    'Set `date_order` for this source in broadsheet.toml ("dmy", "mdy" or "ymd").',
  ],
  'date-uncertain': ['info', 'Say the date in front matter.'],
  'date-zone-assumed': ['warning', 'Set `timezone` in broadsheet.toml.'],
  'date-gap-or-overlap': ['warning', 'Write the offset with the time: clocks were changed at that hour.'],
  'author-uncertain': ['info', 'Say the author in front matter.'],
  'list-too-long': ['warning', 'Name fewer: each has a page and feeds of its own.'],
  'text-glued': ['info', 'A space seems to be missing after a full stop; the text is left as it is.'],
  'text-markup': [
    'info',
    'Rename the file if its markup is to be read; its signs stand in the text as they are.',
  ],
  'text-two-articles': ['info', 'Part the file: each article is a file of its own.'],
  'text-boilerplate': [
    'info',
    'Set aside as not part of the article; `broadsheet check --json` lists it under `dropped`.',
  ],
  // Body
  'html-sanitised': ['warning', 'Active content is never published; remove it from the article.'],
  'html-hidden': [
    'info',
    'What a page hides is not published. Show it in the article if readers are to have it.',
  ],
  'html-simplified': ['info', 'How an article looks is left to readers; nothing of its text is missing.'],
  'remark-left-out': ['info', 'Write it outside of the remark if readers are to have it.'],
  'footnote-unreferred': ['warning', 'Refer to it where it belongs (`[^1]`), or take it out of the file.'],
  'markup-foreign': ['info', 'Shortcodes and template tags of other systems are not run.'],
  'markup-unresolved': [
    'warning',
    'Write in the article what the tag would show there; tags of other systems are not run.',
  ],
  'link-withheld': ['warning', 'Publish the article that it leads to, or take the link out.'],
  'link-unresolved': ['warning', 'Write an address that stands, or add the file to the folder.'],
  'media-outside': [
    'warning',
    'Symbolic links that leave the folder are not followed. Copy the file into the folder.',
  ],
  'media-missing': ['warning', 'Add the file to the folder, or mend the address.'],
  // Sound and film
  'sound-unplayable': ['warning', 'Put the true file in its place: players would take this one for broken.'],
  'sound-damaged': ['warning', 'Export the sound again; play it to its end before you publish it.'],
  'sound-mislabelled': ['warning', 'Give the file the extension of what it is.'],
  'sound-unread': ['warning', 'Name the sound under `audio`, or under `enclosures` where there are several.'],
  'sound-type-assumed': ['info', 'Say the type: `audio: {url: …, type: audio/mp4, length: 12345678}`.'],
  'video-elsewhere': ['info', 'Name the file of the film, if the feed is to carry it.'],
  'sound-notes-unreadable': ['warning', 'Mend the file, or take it out of the folder.'],
  'sound-notes-long': [
    'warning',
    'Put the picture beside the sound, `ep1.jpg` for `ep1.opus`, or a smaller one into it.',
  ],
  'feed-large': ['warning', 'Lower `limit`, set `max_feed_bytes`, or say `content = "summary"`.'],
  'podcast-cut': ['warning', 'Raise `max_feed_bytes`, or say `content = "summary"`.'],
  'podcast-wanting': ['warning', 'Mend it before you give the feed to a directory.'],
  'episode-picture-small': [
    'info',
    'Put a larger square picture of the sound’s name beside it, or leave it so.',
  ],
  'episode-silent': ['info', 'Name its sound in front matter, or call the sound as the article is called.'],
  'episode-untitled': ['warning', 'Write a title into the tags of the sound, or put notes beside it.'],
  'setting-file-missing': ['warning', 'Add the file to the folder, or mend the setting in broadsheet.toml.'],
  'link-as-text': [
    'warning',
    'Write `[words](file.md)`; or say `--preset obsidian`, if the folder is a vault.',
  ],
  'permalink-unfilled': ['warning', 'Give the article a plain `permalink`, or a pattern in broadsheet.toml.'],
  'slug-taken': ['warning', 'Give one of the two articles another `slug`.'],
  'article-twice': [
    'warning',
    'Where it is one article twice, remove one of the files, or name it in `ignore`.',
  ],
  'id-taken': ['error', 'Two files cannot share an id: remove one, or its `id`.'],
  'id-kept': ['warning', 'Remove the new `id` from the file, or give it to another article.'],
  'export-invalid': ['error', 'Export the publication again; this file cannot be read as an export.'],
} as const satisfies Record<string, readonly ['error' | 'warning' | 'info', string]>

export type DiagnosticCode = keyof typeof diagnosticCodes
