import { type Call, createFaultKit, faults, type Place } from '../tests/faults/fault-kit.ts'

/*
 * The fault kit at its full size: each call in each place fails, the first, the second, … and from each on; then locks, several
 * processes at once, and kills. `npm run faults -- ledger` for one place, `-- 'state write'` for one call there; `-- kills 500` for so many kills.
 */
const [wanted = '', number = '500'] = process.argv.slice(2)
const kit = await createFaultKit()
if (!kit) {
  console.error('A C compiler (cc) is needed: apt-get install gcc libc6-dev')
  process.exit(2)
}
using _kit = kit
let failed = 0
const tell = (what: string, wrong: string[]) => {
  if (wrong.length > 0) failed++
  console.log(
    `${wrong.length > 0 ? 'FAILED' : 'ok    '} ${what}${wrong.map(it => `\n         ${it}`).join('')}`,
  )
}
for (const fault of faults.filter(({ place, call }) => `${place} ${call}`.startsWith(wanted)) satisfies {
  place: Place
  call: Call
}[])
  for (const count of [1, 1_000_000])
    for (let from = 1; ; from++) {
      const { hit, wrong } = await kit.underFault({ ...fault, from, count })
      if (!hit) break
      tell(
        `${fault.place} ${fault.call} ${fault.error}, ${count === 1 ? '' : 'from '}call ${from}${count === 1 ? '' : ' on'}`,
        wrong,
      )
    }
// A write that brings no id is no lesser one.
for (const fault of faults.filter(
  ({ place, call }) => place === 'ledger' && `known ${call}`.startsWith(wanted),
))
  for (let from = 1; ; from++) {
    const { hit, wrong } = await kit.underFault({ ...fault, from, count: 1_000_000 }, 'known')
    if (!hit) break
    tell(`nothing new: ledger ${fault.call} ${fault.error}, from call ${from} on`, wrong)
  }
if (wanted === '' || wanted === 'texts') tell('the state has lost its texts', await kit.underLostTexts())
if (wanted === '' || wanted === 'lock') tell('the state is locked', await kit.underLock())
if (wanted === '' || wanted === 'at-once')
  for (let round = 1; round <= 10; round++) tell(`three at once, ${round}`, await kit.atOnce())
if (wanted === '' || wanted === 'kills')
  tell(`${number} kills`, await kit.underKills(Number(number), Math.random))
console.log(failed === 0 ? 'All of it holds.' : `${failed} failed.`)
process.exitCode = failed > 0 ? 1 : 0
