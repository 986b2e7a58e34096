import { ArrowLeft, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { back, useWidth } from '../model/places';
import { words } from '../words';
import { IconAction } from './controls';

interface PaneProps {
  title: string;
  aside?: boolean;
  /** Whether the focus goes to the title, and not to something within. */
  titleFocus?: boolean;
  children: ReactNode;
}

/** A page of its own beside the conversations: a title, a way back, and room to scroll. */
export function Pane({ title, aside = false, titleFocus = true, children }: PaneProps) {
  const width = useWidth();
  const heading = useRef<HTMLHeadingElement>(null);
  const closable = aside ? width === 'wide' : width !== 'narrow';

  useEffect(() => {
    if (titleFocus) heading.current?.focus();
  }, [titleFocus]);

  return (
    <>
      <div className="bar">
        {!closable && <IconAction icon={ArrowLeft} label={words.back} className="mirror" onPress={back} />}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {closable && <IconAction icon={X} label={words.close} onPress={back} />}
      </div>
      <div className="pane-scroll" role="region" aria-label={title} tabIndex={0}>
        <div className="pane-content">{children}</div>
      </div>
    </>
  );
}
