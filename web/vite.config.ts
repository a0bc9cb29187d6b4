import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds the platform. */
const emulator = process.env.PARLANCE_URL ?? 'http://127.0.0.1:8700';

/** One entry page for each face. crates/faces embeds what comes out, under the same names. */
const faces = ['phone'];

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // All faces share their assets, under the prefix that the platform reserves for what is not Meta's.
  base: '/_parlance/web/',
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: faces.map((face) => `${face}.html`) },
  },
  server: {
    proxy: { '^/(_parlance/(?!web/)|v\\d|ig_messaging_cdn)': { target: emulator, changeOrigin: true } },
  },
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
