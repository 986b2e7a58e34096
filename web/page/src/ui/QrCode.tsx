import encodeQR from 'qr';
import { useMemo } from 'react';

const BORDER = 4;

/** A code to scan: always dark on white, whatever the theme, with the margin that scanners need. */
export function QrCode({ content, label }: { content: string; label: string }) {
  const { size, path } = useMemo(() => drawing(content), [content]);
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function drawing(content: string): { size: number; path: string } {
  const modules = encodeQR(content, 'raw', { ecc: 'medium', border: BORDER });
  const path = modules
    .map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join(''))
    .join('');
  return { size: modules.length, path };
}
