import { useEffect, useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { FormerText } from '../api/types';
import { messenger } from '../model/messenger';
import type { Letter } from '../model/rows';
import { words } from '../words';
import { dateAndTimeOf } from '../words/dates';
import { Action } from './controls';
import { LetterText } from './LetterText';
import { ProblemNote } from './ProblemNote';
import { useAction } from './useAction';

/** What a letter said before it was changed, the newest first. */
export function FormerTexts({ letter, close }: { letter: Letter; close: () => void }) {
  const [former, setFormer] = useState<FormerText[]>([]);
  const { problem, run, again } = useAction();

  useEffect(() => {
    void run(async () => setFormer(await messenger.client.history(letter.conversation, letter.id)));
  }, [letter]);

  const now: FormerText = { text: letter.text, writtenAt: letter.editedAt ?? letter.sentAt };
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={(open) => !open && close()} isDismissable>
      <Modal className="modal">
        <Dialog className="confirm">
          <Heading slot="title" level={2}>
            {words.say.historyTitle}
          </Heading>
          <p className="soft">{words.say.historyText}</p>
          <ol className="former" tabIndex={0} aria-label={words.say.historyTitle}>
            {[now, ...former.toReversed()].map(({ text, writtenAt }, index) => (
              <li key={index}>
                <p className="small soft">
                  {dateAndTimeOf(writtenAt)}
                  {index === 0 && ` · ${words.say.present}`}
                </p>
                <LetterText id={`${letter.id}-${index}`} text={text} />
              </li>
            ))}
          </ol>
          {problem !== null && <ProblemNote problem={problem} again={again} />}
          <div className="actions end">
            <Action onPress={close} autoFocus>
              {words.close}
            </Action>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
