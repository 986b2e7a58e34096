import { BadgeCheck } from 'lucide-react';
import { initials, plainName } from '../model/text';
import { words } from '../words';

/** A name somebody chose for themself, kept from turning the text around it. */
export function Name({ of }: { of: string }) {
  return <bdi className="name">{plainName(of)}</bdi>;
}

export function VerifiedMark() {
  return (
    <span className="verified-mark">
      <BadgeCheck size="1.1em" strokeWidth={2} aria-hidden />
      <span className="visually-hidden">{words.people.verified}</span>
    </span>
  );
}

export function Picture({ of }: { of: string }) {
  return (
    <span className="picture" aria-hidden>
      {initials(of)}
    </span>
  );
}
