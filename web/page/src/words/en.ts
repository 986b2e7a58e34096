import type { InvitationView, MessageView, NetworkView, ProblemKind } from '../api/types';
import { isolate } from '../model/text';
import type { Reason, Role, Stop } from '../model/travel';
import { say } from './en.say';
import { pluralIn } from './plural';

const plural = pluralIn('en');

/** The networks there are words for: those that a person can choose. */
export type Network = 'federated' | 'onion' | 'relay';

/** Every sentence of the page. Another language is another file of this shape; names come in isolated. */
export const en = {
  app: 'Waxwing',
  you: 'You',
  back: 'Back',
  close: 'Close',
  cancel: 'Cancel',
  copy: 'Copy',
  copied: 'Copied',
  tryAgain: 'Try again',
  tryNow: 'Try now',
  delete: 'Delete',
  save: 'Save',
  understood: 'Understood',
  opening: 'Opening…',
  skipToWriting: 'Skip to writing',
  title: (unread: number) => (unread > 0 ? `(${unread}) Waxwing` : 'Waxwing'),

  gate: {
    title: 'This page opens from your computer',
    text: 'For your safety, only a fresh link lets a page in. In the folder of Waxwing, type:',
    command: './waxwing open',
    usedUp: 'A link works once; after that it opens nothing. Your letters are safe in their folder.',
  },

  gone: {
    title: 'Waxwing does not answer',
    text: 'Nothing is lost: your letters are on your disk. If you stopped the program, start it again with:',
    command: './waxwing',
    bar: 'Waxwing does not answer. Nothing is lost; what you write waits on this page, so keep it open.',
    reconnecting: 'Reconnecting to Waxwing…',
  },

  broken: {
    title: 'This page stumbled',
    text: 'Nothing is lost: your letters are in the program, not in the page. Load it again; what you had begun to write must be written anew.',
    button: 'Load again',
  },

  firstRun: {
    title: 'Welcome to Waxwing',
    text: 'Sealed letters to people you know. No phone number, no e-mail address, no form.',
    name: 'Your name',
    nameHelp: 'Only the people you write with will see it. You can change it later.',
    node: 'Where your letters wait for you',
    nodeHelp: 'A node keeps sealed letters while you are away. It cannot open them.',
    given: 'A node or an onion network I was given an address for',
    own: 'Run a node on this computer',
    ownHelp: 'It runs as long as this computer does. Others can write to you only if their computers can reach this one.',
    address: 'Address',
    addressHelp: 'The whole line that a node printed: host:port/KEY/TOKEN, or onion:host:port/ID for a network',
    onion: 'An onion network: your letters wait at five nodes at once, and go through three relays. No node learns both your internet address and which mailbox is yours.',
    addressMissing: 'Paste the address, or choose to run a node here.',
    nameMissing: 'Write a name, so that people know who you are.',
    begin: 'Begin',
    beginning: 'Making your keys…',
  },

  backupWord: {
    title: (name: string) => `One honest word, ${isolate(name)}`,
    text: 'There is no backup yet. Your account, your contacts and your letters are in one folder on this computer. If that folder is lost, the account is lost, and nobody can restore it: not we, not your node.',
    advice: 'Do not run two copies of the folder: each letter is opened with a key that is used once.',
    button: 'I understand',
  },

  people: {
    title: 'Conversations',
    search: 'Find a person',
    clearSearch: 'Clear the search',
    nothingFound: (text: string) => `Nobody here is called ${isolate(text)}.`,
    empty: 'Nobody here yet',
    emptyText: 'Waxwing has no list of members to search. You meet people by an invitation: make one, and hand it to somebody.',
    invite: 'Invite somebody',
    accept: 'Accept an invitation',
    settings: 'Settings',
    noLetters: 'No letters yet',
    youWrote: (text: string) => `You: ${text}`,
    unread: (count: number) => plural(count, { one: '# new letter', other: '# new letters' }),
    waiting: 'Waiting for an answer',
    lost: 'Not connected',
    keyChanged: 'Key changed',
    verified: 'Verified',
  },

  say,

  welcome: {
    title: 'Choose a conversation',
    text: 'Or invite somebody new.',
  },

  node: {
    NONE: 'No node yet',
    CONNECTING: 'Connecting to your node…',
    CONNECTED: 'Connected to your node',
    UNREACHABLE: 'Your node does not answer',
    REFUSING: 'Your node refuses your mailbox',
    IMPOSTOR: 'Something else answers instead of your node',
  },
  network: {
    CONNECTING: 'Connecting to the onion network…',
    CONNECTED: 'Connected to the onion network',
    UNREACHABLE: 'The onion network does not answer',
    DISTRUSTED: 'The onion network cannot be trusted just now',
  } satisfies Record<NetworkView['state'], string>,
  /** Beside the state: what was not lost, and what to do. */
  networkHelp: {
    CONNECTING: 'The first time takes some seconds: the list of its nodes is fetched and checked.',
    CONNECTED: '',
    UNREACHABLE:
      'Nothing is lost: letters take another way that you allow, or wait. If it stays so, ask whoever runs the network for another address of it.',
    DISTRUSTED:
      'Nothing is sent into it, and nothing is lost: letters take another way that you allow, or wait. Waxwing asks again by itself; if it stays so, ask whoever runs the network.',
  } satisfies Record<NetworkView['state'], string>,
  /** For who gives the address of a network as their only home. */
  networkOnly:
    'With no node beside it, letters to people who live at a node and in no network can only go straight to that node, if you allow this in Settings: its operator can then see your internet address.',
  retryAt: (time: string) => `Next attempt at ${time}.`,
  waitingLetters: (count: number) =>
    plural(count, {
      one: '# letter waits here and will go when there is a way.',
      other: '# letters wait here and will go when there is a way.',
    }),

  conversation: {
    label: (name: string) => `Conversation with ${isolate(name)}`,
    letters: 'Letters',
    details: 'Details',
    empty: (name: string) => `No letters yet. What you write here, only ${isolate(name)} can read.`,
    emptyButton: 'Write the first letter',
    today: 'Today',
    yesterday: 'Yesterday',
    newLetters: 'New letters',
    newest: 'Go to the newest letter',
    newBelow: (count: number) => plural(count, { one: '# new letter below', other: '# new letters below' }),
    by: (name: string) => `${isolate(name)}:`,
    byYou: 'You:',
    arrived: (name: string, text: string) => `${isolate(name)}: ${isolate(text)}`,
    more: 'More for this letter',
    copyText: 'Copy text',
    deleteHere: 'Delete here…',
    deleteTitle: 'Delete this letter here?',
    deleteText: (name: string) => `It disappears from your own computer. ${isolate(name)} keeps the copy that already arrived.`,
    deleteOwnText: 'It disappears from your own computer.',
    write: (name: string) => `Write to ${isolate(name)}`,
    send: 'Send',
    left: (bytes: number) => plural(bytes, { one: 'Room for # more character', other: 'Room for about # more characters' }),
    over: (bytes: number) =>
      plural(bytes, {
        one: 'Too long for one letter by # character. Shorten it, or send it in two.',
        other: 'Too long for one letter by about # characters. Shorten it, or send it in two.',
      }),
    waiting: (name: string) =>
      `${isolate(name)}’s device has not answered yet. You can write: your letters go there sealed and wait.`,
    lost: (name: string) =>
      `Somebody else used ${isolate(name)}’s invitation before you did, so this contact was never made. Nothing you wrote was read. Ask ${isolate(name)} for a new invitation.`,
    lostButton: 'Enter a new invitation',
    keyChanged: (name: string) =>
      `Letters came under another key than ${isolate(name)}’s and were refused. Perhaps ${isolate(name)} began anew on another device; perhaps somebody stands between you. Ask in another way before you go on.`,
    keyChangedButton: 'Compare safety numbers',
  },

  state: {
    SENDING: 'Waiting here',
    SENT: 'A node keeps it',
    DELIVERED: 'On their device',
    READ: 'Read',
    FAILED: 'Not sent',
    RECEIVED: '',
  } satisfies Record<MessageView['state'], string>,
  willGo: 'Waiting here; it goes as soon as there is a way',

  hands: {
    count: (stops: readonly Stop[], hands: number) => {
      const names = stops.map(({ role, host }) => stopName(role, host));
      if (names.length === 0) return 'No hands: straight to them';
      return plural(hands, { one: `# hand: ${names.join()}`, other: `# hands: ${names.join(', then ')}` });
    },
    label: 'How letters travel',
    title: 'How your letters travel',
    choose: 'Choose the ways',
    roles: {
      shared: 'The node you share',
      straight: 'Their node',
      first: 'Your node',
      last: 'Their node',
      guard: 'Your guard, the first relay',
      relays: 'Two relays',
      swarm: 'A swarm of five nodes',
    } satisfies Record<Role, string>,
    /** In place of a host: nobody chooses these, and they are others each time. */
    anew: {
      guard: 'drawn by chance, kept for months',
      relays: 'drawn anew for each letter',
      swarm: 'others each day, each with a copy',
    } as Partial<Record<Role, string>>,
    silent: 'does not answer',
    /** Word for word in docs/threat-model.md, beside the test that shows it. */
    knows: {
      shared: {
        can: 'It can see from which internet addresses you both come, and when, and guess from that who answers whom.',
        cannot: 'It cannot read a word, and nothing that it stores names anybody.',
        test: 'NodePrivacyTest',
      },
      straight: {
        can: 'It can see your internet address, and into which mailbox of the day you put something, and when.',
        cannot: 'It cannot read a word, and nothing that it stores names anybody.',
        test: 'NodePrivacyTest',
      },
      first: {
        can: 'It can see your internet address, and for which node you give it something, and when.',
        cannot: 'It cannot see for which mailbox there, or read a word: its layer opens to the name of the next node only.',
        test: 'PacketTest',
      },
      last: {
        can: 'It can see from which node something comes, and into which mailbox of the day it goes, and when.',
        cannot: 'It cannot see your internet address, or read a word: your app speaks to your own node only.',
        test: 'HandsTest',
      },
      guard: {
        can: 'It can see your internet address, that you use this network, and how much comes and goes, and when.',
        cannot: 'It cannot see to whom or into which mailbox anything goes, or read a word: its layer opens to the name of the next relay only.',
        test: 'PacketTest',
      },
      relays: {
        can: 'Each can see from which node something comes and to which node it goes next, and when.',
        cannot: 'Neither can see your internet address, the mailbox, or a word: no eight bytes in a row are the same before and behind a relay.',
        test: 'RelayTest',
      },
      swarm: {
        can: 'They can see into which mailbox of the day something goes, or that it is read, and when.',
        cannot: 'They cannot see your internet address, or read a word: your app speaks to its guard only.',
        test: 'OnionTest',
      },
    } satisfies Record<Role, { can: string; cannot: string; test: string }>,
    howWeKnow: 'How we know',
    shownBy: (test: string) => `Shown by ${test}, one of the tests in the source of Waxwing.`,
    together:
      'Both operators together, or whoever watches both nodes, can find out that you write to each other. They still cannot read a word.',
    togetherOnion:
      'Your guard and the swarm together, or whoever watches both ends, can guess by the time of things that you use that mailbox. They still cannot read a word.',
    none: 'Your letters go straight from your device to theirs. Nobody in between keeps them.',
    delay: 'No hand holds a letter back: it takes a moment when everybody is on line.',
    delayOnion:
      'A letter takes about a second. Where the network mixes, each hand holds it back for a moment of random length, so that time tells less: then it takes some seconds.',
  },

  ways: {
    title: 'Ways your letters may take',
    names: {
      federated: 'Through your node and theirs',
      onion: 'Through three relays to a swarm of five',
      relay: 'Straight to their node',
    } satisfies Record<Network, string>,
    shared: 'Through the node you share',
    sharedConsequence: 'One hand, and the quickest: its operator can see the internet addresses of you both.',
    /** What it means to allow it. */
    consequences: {
      federated:
        'Two hands: their node does not learn your internet address, and yours does not learn into which mailbox a letter goes.',
      onion:
        'Four hands: none of them learns both your internet address and the mailbox. It takes about a second, or some seconds where the network mixes.',
      relay: 'One hand: it works while your own node does not, but the operator of theirs can see your internet address.',
    } satisfies Record<Network, string>,
    only: {
      shared: (name: string) => `You and ${isolate(name)} live at one node. So there is one way: through it.`,
      onion: (name: string) => `${isolate(name)} lives in an onion network. So there is one way: through three relays.`,
      federated: (name: string) => `There is one way to ${isolate(name)}: through your node and theirs.`,
      relay: (name: string) => `You have no node of your own. So there is one way to ${isolate(name)}: straight to their node.`,
    },
    order: 'Allowed ways are tried from the top; the first that works is taken.',
    fromSettings: (name: string) => `As in Settings. A change here is for ${isolate(name)} alone.`,
    chosenHere: (name: string) => `Chosen for ${isolate(name)} alone.`,
    likeOthers: 'As in Settings again',
    oneMustStay: 'One way must stay allowed, or nothing could go.',
    inUse: 'In use now',
    silent: (host: string) => `${isolate(host)} does not answer`,
    blocked: 'The operators of your node and theirs do not deal with each other',
    networkSilent: 'The network does not answer',
    earlier: 'Try earlier',
    earlierOf: (way: string) => `Try earlier: ${way}`,
    later: 'Try later',
    laterOf: (way: string) => `Try later: ${way}`,
    place: (way: string, place: number, of: number) => `${way}: tried as number ${place} of ${of}`,
    settingsText:
      'This holds for all conversations without a choice of their own. A way is taken where it is possible: people who live at your own node are reached through it, and relays lead to those who have entered an onion network.',
  },

  roaming: {
    now: {
      federated: 'Now through your node and theirs.',
      onion: 'Now through three relays.',
      relay: 'Now straight to their node.',
    } satisfies Record<Network, string>,
    /** With the reason, where there is one to tell. */
    detour: {
      federated: {
        THEIRS: 'Now through your node and theirs; theirs does not answer you straight.',
        NETWORK: 'Now through your node and theirs; the onion network does not answer.',
      },
      onion: {
        OURS: 'Now through three relays; the node you share does not answer.',
        MINE: 'Now through three relays; your node does not answer.',
        THEIRS: 'Now through three relays; their node does not answer.',
        BLOCKED: 'Now through three relays; your node and theirs do not deal with each other.',
      },
      relay: {
        NETWORK: 'Now straight to their node; the onion network does not answer.',
        MINE: 'Now straight to their node; yours does not answer.',
        THEIRS: 'Now straight to their node; yours does not reach it.',
        BLOCKED: 'Now straight to their node; yours and theirs do not deal with each other.',
      },
    } as Record<Network, Partial<Record<Reason, string>>>,
    again: {
      federated: 'Again through your node and theirs.',
      onion: 'Again through three relays.',
      relay: 'Again straight to their node.',
    } satisfies Record<Network, string>,
    sharedNow: 'Now through the node you share.',
    sharedAgain: 'Again through the node you share.',
    waiting: (reason: Reason, host: string, letters: number) => {
      const cause = waitsFor(reason, host);
      if (letters === 0) return `${cause}.`;
      return `${cause} — ${plural(letters, { one: '# letter waits', other: '# letters wait' })}.`;
    },
    allow: {
      federated: 'Allow the way through your node',
      onion: 'Allow the way through three relays',
      relay: 'Allow the way straight to their node',
    } satisfies Record<Network, string>,
  },

  details: {
    title: (name: string) => `About ${isolate(name)}`,
    verified: 'Verified',
    notVerified: 'Not verified yet',
    verifiedText: (name: string) => `You compared safety numbers with ${isolate(name)}: nobody stands between you.`,
    notVerifiedText: (name: string) =>
      `To be sure that nobody stands between you and ${isolate(name)}, compare the safety number below: together, or on the telephone.`,
    number: 'Safety number',
    numberLabel: (digits: string) => `Safety number: ${digits}`,
    numberHelp: (name: string) => `${isolate(name)} sees the same 60 digits under “Safety number”.`,
    qrLabel: 'Your safety number as a code to scan',
    match: 'They match: mark as verified',
    unmark: 'Remove the mark',
    scan: 'Scan theirs',
    scanMatched: (name: string) => `The codes match. ${isolate(name)} is verified.`,
  },

  scan: {
    camera: 'Use the camera',
    stop: 'Stop the camera',
    picture: 'Choose a picture',
    paste: 'You can also paste a picture of the code here.',
    looking: 'Hold the code before the camera…',
    noCamera: 'The camera cannot be used here. A picture of the code works as well.',
    nothing: 'No code was found in that picture. A sharper one, with the whole code on it, works best.',
    preview: 'What the camera sees',
  },

  invite: {
    title: 'Invitations',
    text: 'An invitation brings one person to you. Hand the link over in a way you trust: whoever opens it first is the one.',
    life: 'Good for',
    day: '1 day',
    week: '1 week',
    threeWeeks: '3 weeks',
    make: 'Make an invitation',
    making: 'Making it…',
    link: 'Invitation link',
    qrLabel: 'The invitation as a code to scan',
    linkHelp: 'Works for one person. Send all of it, from “waxwing:” to its end.',
    preparing: 'Your node does not hold it yet. It opens as soon as your node answers; you can hand it over already.',
    list: 'Your invitations',
    none: 'You have made no invitations yet.',
    show: 'Show',
    revoke: 'Take back',
    revokeTitle: 'Take this invitation back?',
    revokeText: 'Nobody can use it any more. People who already used it stay your contacts.',
    made: (date: string) => `Made ${date}`,
    until: (date: string) => `good until ${date}`,
    ended: (date: string) => `was good until ${date}`,
    state: {
      PREPARING: 'Being prepared',
      OPEN: 'Open',
      USED: 'Used',
      REVOKED: 'Taken back',
      EXPIRED: 'Expired',
    } satisfies Record<InvitationView['state'], string>,
    usedBy: (name: string) => `Used by ${isolate(name)}`,
  },

  accept: {
    title: 'You were given an invitation',
    text: 'Paste the whole link here. You will see whose it is before anything is accepted.',
    link: 'Invitation link',
    linkMissing: 'Paste the link first.',
    look: 'See whose it is',
    looking: 'Looking…',
    scan: 'Or scan its code',
    from: (name: string) => `${isolate(name)} invites you`,
    fromText: (host: string, date: string) => `First letters go by the node ${isolate(host)}. The invitation is good until ${date}.`,
    caution: 'The name is the one they chose. That it is really them, you know from how you got the link.',
    already: (name: string) => `You and ${isolate(name)} are contacts already.`,
    accept: 'Accept',
    accepting: 'Accepting…',
    other: 'Another link',
  },

  settings: {
    title: 'Settings',
    you: 'You',
    name: 'Your name',
    nameHelp: 'Your contacts see it.',
    saved: 'Saved. Your contacts see it when word of it reaches them.',
    node: 'Your node',
    travel: 'How letters travel',
    nodeHelp: 'To let others use this node, give them the line that it printed when it started: it holds the pass that is not shown here.',
    noNode: 'You live in the onion network only: no node of your own keeps letters for you.',
    network: 'Onion network',
    networkText:
      'A mailbox in an onion network is kept by five nodes at once, and everything goes there through three relays: no node learns both your internet address and which mailbox is yours.',
    networkBeside: 'You keep your own node beside it; when one of the two fails, letters come by the other.',
    enter: {
      address: 'Network address',
      help: 'The whole line that a node of the network printed: onion:host:port/ID',
      missing: 'Paste the address of the network.',
      button: 'Enter the network',
      entering: 'Fetching and checking its list of nodes…',
      entered: 'You have a mailbox in the network. Word of it is on its way to your contacts.',
      problem: {
        NETWORK_UNREACHABLE: ['That network does not answer.', 'Nothing has changed; everything is as before.'],
        NODE_IMPOSTOR: ['Something else answers in place of that network.', 'You have not entered it. Ask for an address of today.'],
        NODE_FULL: ['The network has no room just now.', 'You have not entered it; everything is as before.'],
      } satisfies Partial<Record<ProblemKind, readonly [happened: string, safe: string]>>,
    },
    leave: {
      open: 'Leave the network…',
      title: 'Leave the onion network?',
      text: 'Your contacts are told, and write to your node from then on. Letters on their way into the network are read there for 30 more days.',
      button: 'Leave',
      left: 'You have left the network. Word of it is on its way to your contacts.',
    },
    former: (host: string, date: string) => `Letters that still go to ${isolate(host)} are read there until ${date}.`,
    move: {
      open: 'Move to another node or network',
      what: [
        'Your mailbox is opened at the new place first; only then do you move.',
        'Your contacts learn of it in a sealed letter, and write to the new place from then on.',
        'The old one is read for 30 more days, so that nothing on its way is lost.',
      ],
      address: 'Address of the new place',
      addressMissing: 'Paste the address of the new place.',
      button: 'Move',
      moving: 'Opening your mailbox there…',
      moved: (host: string) => `You live at ${isolate(host)} now. Word of it is on its way to your contacts.`,
      movedIntoNetwork: 'You live in the onion network now. Word of it is on its way to your contacts.',
      problem: {
        NODE_UNREACHABLE: ['That node does not answer.', 'You have not moved; everything is as before.'],
        NETWORK_UNREACHABLE: ['That network does not answer.', 'You have not moved; everything is as before.'],
        NODE_IMPOSTOR: ['Something else answers in its place.', 'You have not moved, and nothing was sent to it. Ask whoever runs it for its address of today.'],
        NODE_REFUSED: ['That node does not keep a mailbox for you.', 'You have not moved. Ask whoever runs it for a new address.'],
        NODE_FULL: ['That node has no room just now.', 'You have not moved; everything is as before.'],
      } satisfies Partial<Record<ProblemKind, readonly [happened: string, safe: string]>>,
    },
    appearance: 'Appearance',
    theme: 'Colours',
    system: 'As on this computer',
    light: 'Light',
    dark: 'Dark',
    safety: 'What protects you, and what does not yet',
    facts: {
      sealed: 'On: every letter is sealed on your computer and opened on theirs, with keys that also withstand quantum computers.',
      disk: 'On: letters on this computer lie encrypted on its disk. The key lies in the same folder: whoever copies the whole folder can read them.',
      passphrase: 'Not built yet: a passphrase for that key. Until then, encrypt the disk of this computer.',
      backup: 'Not built yet: a backup. If the data folder is lost, the account is lost.',
      backupOn: 'On: there is a backup.',
      page: 'On: this page comes from the program on your own computer and talks to nobody else.',
      watching: 'Not so: hiding from your own node when you connect, and from where. Whoever watches it live can see that.',
      onion: 'On, in the onion network: no node learns both your internet address and which mailbox is yours.',
      onionOff: 'Off: the onion network, where no node learns both your internet address and which mailbox is yours. Enter one above.',
    },
    keys: 'Keyboard',
    keyList: {
      nextPrevious: 'Next or previous conversation',
      back: 'Back, or close',
      send: 'Send',
      newline: 'New line',
      letters: 'From letter to letter, inside the list',
    },
    version: (version: string) => `Waxwing ${version}`,
  },

  problem: {
    NOT_SET_UP: ['There is no account here yet.', 'Nothing is lost. Begin with a name and a node.'],
    ALREADY_SET_UP: ['There is an account here already.', 'It is unchanged. Load this page again to use it.'],
    BAD_REQUEST: ['This page and the program do not understand each other.', 'Nothing is lost. Load the page again; if that does not help, Waxwing was perhaps updated halfway.'],
    NAME_INVALID: ['This name does not fit.', 'A name has 1 to 64 characters, on one line.'],
    NODE_ADDRESS_INVALID: ['This is not the address of a node or a network.', 'Copy the whole line that was printed: host:port/KEY/TOKEN for a node, onion:host:port/ID for a network.'],
    NODE_UNREACHABLE: ['Your node does not answer.', 'Nothing is lost: letters that find no other way wait here until it does.'],
    NODE_IMPOSTOR: ['Something else answers in place of your node.', 'Nothing was sent to it. Ask whoever runs the node for its address of today.'],
    NODE_REFUSED: ['The node does not keep a mailbox for you.', 'Your letters wait here. Ask whoever runs the node for a new address.'],
    NODE_FULL: ['The node has no room just now.', 'Nothing is lost: your letters wait here and are offered again.'],
    NODE_FAILED_TO_START: ['A node could not be started on this computer.', 'Nothing is lost. Try again, or use a node of somebody you know.'],
    NETWORK_ADDRESS_INVALID: ['This is not the address of an onion network.', 'Copy the whole line that one of its nodes printed: onion:host:port/ID.'],
    NETWORK_UNREACHABLE: ['The onion network does not answer.', 'Nothing is lost: letters wait here meanwhile. Check the address, and that this computer is on line.'],
    NETWORK_STALE: ['The onion network shows an old list of its nodes.', 'Nothing is sent into it, and nothing is lost. Look whether the clock of this computer is right; if it is, ask whoever runs the network.'],
    NETWORK_FORKED: ['The onion network shows different lists to different people.', 'Nothing is sent into it, and nothing is lost. Tell whoever runs it: those who signed both lists can be proved to have lied.'],
    NETWORK_UNDER_SIGNED: ['Too few of those who run the onion network stand behind its list of nodes.', 'Nothing is sent into it, and nothing is lost. Waxwing asks again by itself; if it stays so, ask whoever runs the network.'],
    LAST_HOME: ['Your only mailbox stands in this network.', 'It is as before. Move to a node first, then leave.'],
    CLOCK_WRONG: ['The clock of this computer is wrong by half a day or more.', 'Nothing is lost: letters go by the time of your node. Set the clock.'],
    WAYS_INVALID: ['Letters cannot go by these ways.', 'The choice is as it was. Load the page again, then choose anew.'],
    NO_WAY: ['None of the ways that you allow leads there.', 'The letter is still here. Allow another way, then try again.'],
    WAY_NOT_ALLOWED: ['The operator of a node on the way does not let letters through.', 'Nothing is lost. Allow another way in Settings, or ask whoever runs your node.'],
    INVITATION_INVALID: ['This is not an invitation.', 'Copy the whole link, from “waxwing:” to its end.'],
    INVITATION_CUT_OFF: ['The invitation is cut off or mistyped.', 'It is still good. Copy the whole link once more.'],
    INVITATION_TOO_NEW: ['The invitation was made by a newer Waxwing.', 'It is still good. Update Waxwing, then try again.'],
    INVITATION_EXPIRED: ['The invitation has expired.', 'Nothing else has changed. Ask for a new one.'],
    INVITATION_REVOKED: ['The invitation was taken back, or its node forgot it.', 'Ask for a new one.'],
    INVITATION_USED: ['Somebody else has used this invitation.', 'Ask for a new one. If it was meant for you alone, tell the person who sent it.'],
    INVITATION_OWN: ['This is your own invitation.', 'It is still good: send it to the person you want to write to.'],
    INVITATION_UNKNOWN: ['This invitation is not here any more.', 'Your contacts are unchanged.'],
    CONTACT_UNKNOWN: ['This contact is not here any more.', 'Other conversations are unchanged.'],
    CONTACT_BLOCKED: ['You have blocked this contact.', 'Unblock them to write.'],
    MESSAGE_NOT_YOURS: ['Only its writer can change a message.', 'You can delete it on your own devices.'],
    CONTACT_EXISTS: ['You are in contact already.', 'The conversation is as you left it.'],
    CONTACT_LOST: ['This contact was never made.', 'Nothing was read by anybody. Ask for a new invitation.'],
    KEY_CHANGED: ['Letters came under another key and were refused.', 'Letters you already have are unchanged. Compare safety numbers before you go on.'],
    SAFETY_NUMBER_DIFFERS: ['The safety numbers differ.', 'Do not trust this conversation. Meet, and exchange new invitations.'],
    SCAN_INVALID: ['This code is not a safety number.', 'Scan the code under “Safety number” on the other screen.'],
    MESSAGE_UNKNOWN: ['This letter is not here any more.', 'Perhaps it was deleted. All others are unchanged.'],
    MESSAGE_EMPTY: ['There is nothing to send yet.', 'Write something first.'],
    TEXT_TOO_LONG: ['The text is too long for one letter.', 'It is still here. Shorten it, or send it in two.'],
    LETTER_REFUSED: ['Their node refused this letter.', 'It is still here: try again, or delete it.'],
    LETTER_EXPIRED: ['No word came from their device for 30 days.', 'The letter is still here: try again, or delete it.'],
    DISK_FULL: ['The disk of this computer is full.', 'Nothing was lost. Make room, then try again.'],
    STORE_NEWER: ['Your data folder was written by a newer Waxwing.', 'It is untouched. Start the newer version.'],
    STORE_DAMAGED: ['Your data folder cannot be read.', 'Waxwing changes nothing in it. Restore it from a copy if you have one.'],
    ALREADY_RUNNING: ['Another Waxwing uses this data folder.', 'Nothing is lost. Use that one: ./waxwing open'],
    PORT_TAKEN: ['Another program uses the port of Waxwing.', 'Nothing is lost. Start Waxwing with another one: --port'],
    APP_NOT_RUNNING: ['Waxwing does not answer.', 'Nothing is lost. If you stopped the program, start it again: ./waxwing'],
    NOT_ALLOWED: ['This page is not let in any more.', 'Your letters are safe. Open a new page with: ./waxwing open'],
    UNEXPECTED: ['Something went wrong inside Waxwing.', 'What you wrote is still here. Try again; if it stays, tell us the number below.'],
  } satisfies Record<ProblemKind, readonly [happened: string, safe: string]>,
  requestNumber: (request: number) => `Number ${request}.`,
};

/** A hand in the short line under a name. */
function stopName(role: Role, host: string | null): string {
  switch (role) {
    case 'relays':
      return 'two relays';
    case 'swarm':
      return 'a swarm of five';
    case 'guard':
      return host === null ? 'your guard' : isolate(host);
    default:
      return isolate(host ?? '');
  }
}

function waitsFor(reason: Reason, host: string): string {
  switch (reason) {
    case 'BLOCKED':
      return 'Your node and theirs do not deal with each other';
    case 'NONE_ALLOWED':
      return 'None of the ways you allow leads to them';
    case 'NETWORK':
      return 'Waiting for the onion network';
    case 'THEIRS':
      return `Waiting for their node, ${isolate(host)}`;
    default:
      return `Waiting for your node, ${isolate(host)}`;
  }
}
