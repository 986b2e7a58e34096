import { Fragment, memo, useMemo, useState } from 'react';
import { blocksOf, type Block, type Inline, type Link } from '../model/markdown';
import { cutOf, isOnlyEmoji } from '../model/text';
import { words } from '../words';
import { Action } from './controls';

/** Letters that were opened to their end stay so while the page lives, also when they leave the screen. */
const opened = new Set<string>();

/** What somebody wrote: elements made from a tree, never from a string of HTML. */
export const LetterText = memo(function LetterText({ id, text }: { id: string; text: string }) {
  const cut = useMemo(() => cutOf(text), [text]);
  const [open, setOpen] = useState(opened.has(id));
  const whole = cut.whole || open;
  const shown = whole ? text : cut.shown;
  const blocks = useMemo(() => blocksOf(shown), [shown]);
  return (
    <>
      <div className={`letter-text ${isOnlyEmoji(text) ? 'only-emoji' : ''}`} dir="auto">
        <Blocks blocks={blocks} />
        {!whole && '…'}
      </div>
      {!whole && (
        <Action
          look="quiet"
          onPress={() => {
            opened.add(id);
            setOpen(true);
          }}
        >
          {words.say.showAll(text.length)}
        </Action>
      )}
    </>
  );
});

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  const [only] = blocks;
  if (blocks.length === 1 && only?.kind === 'paragraph') return <Inlines inlines={only.inside} />;
  return blocks.map((block, index) => <BlockOf key={index} block={block} />);
}

function BlockOf({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p dir="auto">
          <Inlines inlines={block.inside} />
        </p>
      );
    case 'code':
      return (
        <pre dir="ltr" tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'quote':
      return (
        <blockquote dir="auto">
          <Blocks blocks={block.inside} />
        </blockquote>
      );
    case 'list':
      return <ListOf start={block.start} items={block.items} />;
  }
}

function ListOf({ start, items }: { start: number | null; items: Inline[][] }) {
  const lines = items.map((item, index) => (
    <li key={index} dir="auto">
      <Inlines inlines={item} />
    </li>
  ));
  return start === null ? <ul>{lines}</ul> : <ol start={start}>{lines}</ol>;
}

function Inlines({ inlines }: { inlines: readonly Inline[] }) {
  return inlines.map((inline, index) => <Fragment key={index}>{elementOf(inline)}</Fragment>);
}

function elementOf(inline: Inline) {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return <code dir="auto">{inline.text}</code>;
    case 'link':
      return <LinkOf link={inline} />;
    case 'strong':
      return (
        <strong>
          <Inlines inlines={inline.inside} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Inlines inlines={inline.inside} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Inlines inlines={inline.inside} />
        </s>
      );
  }
}

/** Isolated, so that nothing before it can turn its letters around; nothing of it is fetched before it is clicked. */
function LinkOf({ link }: { link: Link }) {
  return (
    <bdi>
      <a href={link.address} title={link.address} target="_blank" rel="noopener noreferrer" referrerPolicy="no-referrer">
        <bdi dir={link.plain ? 'ltr' : 'auto'}>{link.text}</bdi>
      </a>
      {!link.plain && (
        <span className="true-host" dir="ltr">
          {' '}
          ({link.host})
        </span>
      )}
    </bdi>
  );
}
