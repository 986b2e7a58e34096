import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button, type ButtonProps } from 'react-aria-components';

/** An icon in the size of the text around it; the words beside it, or the label of its button, say what it means. */
export function Icon({ as: Shape }: { as: LucideIcon }) {
  return <Shape className="icon" size="1.25em" strokeWidth={1.75} aria-hidden />;
}

type ActionProps = Omit<ButtonProps, 'className'> & {
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: LucideIcon;
  children: ReactNode;
};

/** A button with words on it. */
export function Action({ look = 'plain', icon, children, ...rest }: ActionProps) {
  return (
    <Button {...rest} className={`action ${look}`}>
      {icon && <Icon as={icon} />}
      <span>{children}</span>
    </Button>
  );
}

type IconActionProps = Omit<ButtonProps, 'className' | 'children'> & {
  icon: LucideIcon;
  label: string;
  /** What hover and focus show, where the label is longer than that. */
  tip?: string;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
};

/** A button that shows only an icon, and its words on hover and focus. */
export function IconAction({ icon, label, tip = label, className = '', ...rest }: IconActionProps) {
  return (
    <Button {...rest} aria-label={label} className={`icon-action ${className}`}>
      <Icon as={icon} />
      <span className="tip" aria-hidden>
        {tip}
      </span>
    </Button>
  );
}
