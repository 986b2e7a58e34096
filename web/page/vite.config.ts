import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Every browser that runs the page reads woff2: the older form of the emoji need not be carried. */
const onlyWoff2: Plugin = {
  name: 'only-woff2',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('/noto-color-emoji/') && id.endsWith('.css') ? code.replace(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, '') : null,
};

// Relative addresses and no inlined files: the content security policy allows neither data: nor inline code.
export default defineConfig({
  base: './',
  plugins: [react(), onlyWoff2],
  build: {
    outDir: '../target/page/im/waxwing/web/page',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
  },
});
