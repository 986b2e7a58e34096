import { Copy, Ellipsis, RotateCw, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { messenger } from '../model/messenger';
import type { Person } from '../model/people';
import type { Row } from '../model/rows';
import { words } from '../words';
import { dateAndTimeOf, timeOf } from '../words/dates';
import { Confirm } from './Confirm';
import { Action, Icon } from './controls';
import { Delivery } from './Delivery';
import { LetterText } from './LetterText';

interface MessageRowProps {
  row: Row & { kind: 'letter' };
  person: Person;
  focusable: boolean;
}

/** One letter in its bubble, with its time, how far it got, and what can be done with it. */
export const MessageRow = memo(function MessageRow({ row, person, focusable }: MessageRowProps) {
  const { letter, first, last } = row;
  const failed = letter.state === 'FAILED';
  const [deleting, setDeleting] = useState(false);
  const shape = [letter.mine ? 'mine' : 'theirs', first ? 'first' : '', last ? 'last' : ''].join(' ');
  const settled = letter.state === 'READ' || letter.state === 'RECEIVED';
  const arrived = settled || letter.state === 'DELIVERED';
  return (
    <div role="listitem" className={`letter ${shape}`} tabIndex={focusable ? 0 : -1} data-letter={letter.id}>
      <span className="visually-hidden">{letter.mine ? words.conversation.byYou : words.conversation.by(person.name)}</span>
      <div className="bubble">
        <LetterText id={letter.id} text={letter.text} />
        <span className={`meta ${last || !settled ? '' : 'on-demand'}`}>
          <time dateTime={new Date(letter.sentAt).toISOString()} title={dateAndTimeOf(letter.sentAt)}>
            {timeOf(letter.sentAt)}
          </time>
          <Delivery letter={letter} />
        </span>
      </div>
      <LetterMenu letter={letter} reachable={focusable} askDelete={() => setDeleting(true)} />
      {failed && (
        <div className="failed" role="status">
          <span className="small">
            {letter.failure === null ? words.state.FAILED : (words.problem[letter.failure] ?? words.problem.UNEXPECTED).join(' ')}
          </span>
          <div className="actions">
            <Action icon={RotateCw} onPress={() => void messenger.retry(letter).catch(() => {})}>
              {words.tryAgain}
            </Action>
            <Action icon={Trash2} onPress={() => setDeleting(true)}>
              {words.delete}
            </Action>
          </div>
        </div>
      )}
      <Confirm
        isOpen={deleting}
        close={() => setDeleting(false)}
        confirmed={() => void messenger.delete(letter).catch(() => {})}
        title={words.conversation.deleteTitle}
        text={letter.mine && arrived ? words.conversation.deleteText(person.name) : words.conversation.deleteOwnText}
        yes={words.delete}
      />
    </div>
  );
});

interface LetterMenuProps {
  letter: MessageRowProps['row']['letter'];
  reachable: boolean;
  askDelete: () => void;
}

function LetterMenu({ letter, reachable, askDelete }: LetterMenuProps) {
  return (
    <MenuTrigger>
      <Button className="icon-action letter-menu" aria-label={words.conversation.more} excludeFromTabOrder={!reachable}>
        <Icon as={Ellipsis} />
      </Button>
      <Popover className="popover menu-popover" placement="bottom end">
        <Menu
          className="menu"
          onAction={(key) => {
            if (key === 'copy') void navigator.clipboard.writeText(letter.text);
            if (key === 'delete') askDelete();
          }}
        >
          <MenuItem id="copy" className="menu-item">
            <Icon as={Copy} />
            {words.conversation.copyText}
          </MenuItem>
          <MenuItem id="delete" className="menu-item">
            <Icon as={Trash2} />
            {words.conversation.deleteHere}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
