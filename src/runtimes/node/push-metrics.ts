import type { HubNumbers } from '../../push/hub.ts'
import { type MetricFamily, metric } from './exposition.ts'

export function pushFamilies(numbers: HubNumbers): MetricFamily[] {
  const { subscriptions, waiting, oldest, arrived, failed, givenUp } = numbers
  return [
    metric('gauge', 'broadsheet_push_subscriptions', 'Subscriptions that hold.', subscriptions),
    metric('gauge', 'broadsheet_push_waiting', 'Messages that are to be sent.', waiting),
    metric(
      'gauge',
      'broadsheet_push_oldest_timestamp_seconds',
      'When the message that waits the longest was put in the queue; absent: none waits.',
      oldest && oldest / 1000,
    ),
    {
      name: 'broadsheet_push_messages_total',
      type: 'counter',
      help: 'Attempts to tell somebody, by what became of them.',
      samples: [
        [{ outcome: 'arrived' }, arrived],
        [{ outcome: 'failed' }, failed],
        [{ outcome: 'given_up' }, givenUp],
      ],
    },
  ]
}
