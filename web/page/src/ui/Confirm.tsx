import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { words } from '../words';
import { Action } from './controls';

interface ConfirmProps {
  title: string;
  text: string;
  yes: string;
  isOpen: boolean;
  close: () => void;
  confirmed: () => void;
}

/** Asks before something that cannot be undone. */
export function Confirm({ title, text, yes, isOpen, close, confirmed }: ConfirmProps) {
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={(open) => !open && close()} isDismissable>
      <Modal className="modal">
        <Dialog role="alertdialog" className="confirm">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <p>{text}</p>
          <div className="actions end">
            <Action look="plain" onPress={close} autoFocus>
              {words.cancel}
            </Action>
            <Action
              look="danger"
              onPress={() => {
                close();
                confirmed();
              }}
            >
              {yes}
            </Action>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
