import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with one plain line that a program can read: `1204 passed, 0 failed`. Runs after the reporter for people. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const states = modules.flatMap(module => [...module.children.allTests()].map(test => test.result().state))
    const number = (state: string) => states.filter(found => found === state).length
    // A hook that failed took its tests along; a file may not even be collected; errors happen outside every test.
    const suites = modules.flatMap(module => [module, ...module.children.allSuites()])
    const broken = suites.filter(suite => suite.errors().length > 0).length + unhandledErrors.length
    console.log(`${number('passed')} passed, ${number('failed') + broken} failed`)
  }
}
