import { expect, test } from 'vitest'
import { isLocal, isPublicAddress } from '../../src/text/network-address.ts'

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.251',
  '239.255.255.250',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::7f00:1',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '[::1]',
  '[::ffff:7f00:1]',
  // What is no address at all is no public one.
  '',
  'localhost',
  '1.2.3',
  '1.2.3.4.5',
  '01.2.3.4',
  '256.1.1.1',
  '1::2::3',
  '2600:1:2:3:4:5:6:7:8',
  '2600:12345::1',
])('%s is not on the public internet', address => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each([
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '128.0.0.1',
  '168.63.129.17',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2001:200::1',
  '2606:4700::6810:84e5',
  '[2606:4700::6810:84e5]',
  '2600:1:2:3:4:5:6:7',
])('%s is', address => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  ['localhost', true],
  ['localhost.', true],
  ['LOCALHOST', true],
  ['news.localhost', true],
  ['10.0.0.1', true],
  ['[::1]', true],
  ['8.8.8.8', false],
  ['notlocalhost', false],
  ['localhost.example.org', false],
])('the host %s says by itself that it is local: %s', (host, local) => {
  expect(isLocal(host)).toBe(local)
})
