import manifest from '../package.json' with { type: 'json' }

// Runs before `npm publish`. The addresses are those of the place that the repository has found by then; a registry's page without them leads nowhere.
const wanted = ['repository', 'homepage', 'bugs']
const missing = wanted.filter(key => !(key in manifest))
if (missing.length > 0) {
  process.stderr.write(
    `package.json has no ${missing.join(', ')}: whoever finds the package could not find where it comes from.\n` +
      `Set them first: npm pkg set ${missing.map(key => `${key}=https://…`).join(' ')}\n`,
  )
  process.exitCode = 1
}
