import { Component, type ReactNode } from 'react';
import { words } from '../words';
import { Action } from './controls';
import { Threshold } from './FirstRun';

/** Shows a way out if the page itself fails, instead of nothing. */
export class Unbroken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Threshold title={words.broken.title}>
        <p>{words.broken.text}</p>
        <Action look="primary" onPress={() => location.reload()}>
          {words.broken.button}
        </Action>
      </Threshold>
    );
  }
}
