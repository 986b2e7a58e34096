import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Relative addresses and no inlined files: the content security policy allows neither data: nor inline code.
export default defineConfig({
  base: './',
  plugins: [react()],
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
