import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type ChildServer, endWithBench, stopChild, untilUp } from './child-server.ts'

/** nginx as somebody sets it up for files: one worker, `gzip_static`, keep-alive, a lifetime. */
export async function startNginx(root: string): Promise<ChildServer> {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-nginx-'))
  const port = await freePort()
  mkdirSync(join(folder, 'logs'))
  const settings = join(folder, 'nginx.conf')
  writeFileSync(settings, settingsOf(folder, root, port))
  const child = spawn('nginx', ['-p', folder, '-c', settings, '-e', join(folder, 'error.log')], {
    stdio: 'inherit',
  })
  endWithBench(child)
  const url = `http://127.0.0.1:${port}/`
  await untilUp(url)
  return { url, process: child, stop: () => stopChild(child) }
}

const settingsOf = (folder: string, root: string, port: number) => `
${process.getuid?.() === 0 ? `user ${userInfo().username};` : ''}
daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  types { application/rss+xml xml; application/feed+json json; text/html html; text/css css; }
  charset utf-8; charset_types application/rss+xml application/feed+json text/css;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port} backlog=4096; root ${root};
    gzip_static on; gzip_vary on;
    add_header Cache-Control "public, max-age=300";
  }
}
`

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
