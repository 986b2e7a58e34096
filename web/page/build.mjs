// Builds the page for Maven: installs the pinned packages and bundles, each only when its inputs changed.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const inputs = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'index.html', 'public', 'src'];

function changedAt(path) {
  const stat = statSync(join(here, path), { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(join(here, path)).map((name) => changedAt(join(path, name))));
}

function npm(...args) {
  const { status, error } = spawnSync('npm', args, { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error?.code === 'ENOENT') {
    console.error('The page is built with Node.js: install node (20 or newer) and npm.');
  }
  if (status !== 0) process.exit(status ?? 1);
}

const lock = join(here, 'package-lock.json');
const installedLock = join(here, 'node_modules', '.installed-lock.json');
if (!existsSync(installedLock) || !readFileSync(installedLock).equals(readFileSync(lock))) {
  npm('ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
  copyFileSync(lock, installedLock);
}
if (changedAt('../target/page/im/waxwing/web/page/index.html') < Math.max(...inputs.map(changedAt))) {
  npm('run', '--silent', 'build', '--', '--logLevel', 'warn');
}
