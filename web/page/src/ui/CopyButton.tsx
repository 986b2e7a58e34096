import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { words } from '../words';
import { Action } from './controls';

export function CopyButton({ text, look = 'plain' }: { text: string; look?: 'plain' | 'primary' }) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <Action
      look={look}
      icon={copied ? Check : Copy}
      onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      <span aria-live="polite">{copied ? words.copied : words.copy}</span>
    </Action>
  );
}
