#!/usr/bin/env node
// Any Node may be asked to run this file, so it imports nothing and uses no new syntax until it knows which one it is.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `broadsheet needs Node 22.18 or newer; this is Node ${process.versions.node}. https://nodejs.org has the newest.\n`,
  )
  process.exitCode = 3
} else {
  parse()
}

// `get … | head` has read what it wanted. The exit code stays that of the work so far.
process.stdout.on('error', error => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

function parse() {
  // Kept in the system's folder for temporary files: the next run starts sooner. NODE_DISABLE_COMPILE_CACHE=1 says no.
  process.getBuiltinModule('node:module').enableCompileCache()
  import('./cli/program.ts')
    .then(({ run }) => run(process.argv.slice(2)))
    .then(code => {
      process.exitCode = code
    })
}
