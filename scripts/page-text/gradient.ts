/** Works out a function's value and writes its gradient. */
type Downhill = (at: Float64Array, gradient: Float64Array) => number

/** How many steps back are remembered. */
const memory = 8

/** The place where a smooth convex function is least, from 0 on (L-BFGS: Nocedal and Wright, algorithms 7.4 and 3.1). */
export function leastUnder(size: number, value: Downhill, maxSteps = 150): Float64Array {
  let place = new Float64Array(size)
  let gradient = new Float64Array(size)
  let height = value(place, gradient)
  const steps: { moved: Float64Array; turned: Float64Array; scale: number }[] = []
  for (let step = 0; step < maxSteps; step++) {
    const way = downhill(gradient, steps)
    const slope = dot(way, gradient)
    let length = step === 0 ? 1 / Math.sqrt(dot(gradient, gradient) + 1e-12) : 1
    const then = new Float64Array(size)
    const turned = new Float64Array(size)
    let now = Infinity
    for (let tries = 0; tries < 30; tries++, length /= 2) {
      for (let at = 0; at < size; at++) then[at] = (place[at] ?? 0) + length * (way[at] ?? 0)
      now = value(then, turned)
      if (now <= height + 1e-4 * length * slope) break
    }
    if (!(height - now > 1e-6 * Math.abs(height))) return now < height ? then : place
    const moved = then.map((one, at) => one - (place[at] ?? 0))
    const change = turned.map((one, at) => one - (gradient[at] ?? 0))
    const curve = dot(moved, change)
    if (curve > 1e-10) steps.push({ moved, turned: change, scale: 1 / curve })
    if (steps.length > memory) steps.shift()
    place = then
    gradient = turned
    height = now
  }
  return place
}

function downhill(
  gradient: Float64Array,
  steps: readonly { moved: Float64Array; turned: Float64Array; scale: number }[],
): Float64Array {
  const way = gradient.map(one => -one)
  const shares: number[] = []
  for (const { moved, turned, scale } of steps.toReversed()) {
    const share = scale * dot(moved, way)
    shares.push(share)
    add(way, turned, -share)
  }
  const last = steps.at(-1)
  if (last) {
    const size = dot(last.moved, last.turned) / dot(last.turned, last.turned)
    for (let at = 0; at < way.length; at++) way[at] = (way[at] ?? 0) * size
  }
  for (const { moved, turned, scale } of steps) {
    const share = shares.pop() ?? 0
    add(way, moved, share - scale * dot(turned, way))
  }
  return way
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0)
  return sum
}

function add(to: Float64Array, other: Float64Array, times: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] ?? 0) + times * (other[at] ?? 0)
}
