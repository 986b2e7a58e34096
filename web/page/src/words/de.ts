import type { InvitationView, MessageView, NetworkView, ProblemKind } from '../api/types';
import { isolate } from '../model/text';
import type { Reason, Role } from '../model/travel';
import { say } from './de.say';
import type { Network, Words } from './index';
import { pluralIn } from './plural';

const plural = pluralIn('de');

export const de: Words = {
  app: 'Waxwing',
  you: 'Du',
  back: 'Zurück',
  close: 'Schließen',
  cancel: 'Abbrechen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  tryAgain: 'Noch einmal versuchen',
  tryNow: 'Jetzt versuchen',
  delete: 'Löschen',
  save: 'Speichern',
  understood: 'Verstanden',
  opening: 'Wird geöffnet…',
  skipToWriting: 'Zum Schreiben springen',
  title: (unread: number) => (unread > 0 ? `(${unread}) Waxwing` : 'Waxwing'),

  gate: {
    title: 'Diese Seite öffnet sich von deinem Computer aus',
    text: 'Zu deiner Sicherheit lässt nur ein frischer Link eine Seite ein. Gib im Ordner von Waxwing ein:',
    command: './waxwing open',
    usedUp: 'Ein Link gilt einmal; danach öffnet er nichts mehr. Deine Briefe liegen sicher in ihrem Ordner.',
  },

  gone: {
    title: 'Waxwing antwortet nicht',
    text: 'Nichts ist verloren: Deine Briefe liegen auf deiner Festplatte. Wenn du das Programm beendet hast, starte es wieder mit:',
    command: './waxwing',
    bar: 'Waxwing antwortet nicht. Nichts ist verloren; was du schreibst, wartet auf dieser Seite, also lass sie offen.',
    reconnecting: 'Verbindung zu Waxwing wird wiederhergestellt…',
  },

  broken: {
    title: 'Diese Seite ist gestolpert',
    text: 'Nichts ist verloren: Deine Briefe sind im Programm, nicht in der Seite. Lade sie neu; was du eben zu schreiben begonnen hattest, musst du vielleicht noch einmal schreiben.',
    button: 'Neu laden',
  },

  firstRun: {
    title: 'Willkommen bei Waxwing',
    text: 'Versiegelte Briefe an Menschen, die du kennst. Keine Telefonnummer, keine E-Mail-Adresse, kein Formular.',
    name: 'Dein Name',
    nameHelp: 'Nur die Menschen, mit denen du schreibst, sehen ihn. Du kannst ihn später ändern.',
    node: 'Wo deine Briefe auf dich warten',
    nodeHelp: 'Ein Knoten bewahrt versiegelte Briefe auf, während du weg bist. Öffnen kann er sie nicht.',
    given: 'Ein Knoten oder ein Zwiebelnetz, dessen Adresse ich bekommen habe',
    own: 'Einen Knoten auf diesem Computer betreiben',
    ownHelp: 'Er läuft, solange dieser Computer läuft. Andere können dir nur schreiben, wenn ihr Computer diesen erreicht.',
    address: 'Adresse',
    addressHelp: 'Die ganze Zeile, die ein Knoten ausgegeben hat: host:port/KEY/TOKEN, oder onion:host:port/ID für ein Netz',
    onion: 'Ein Zwiebelnetz: Deine Briefe warten bei fünf Knoten zugleich und gehen durch drei Relais. Kein Knoten erfährt sowohl deine Internetadresse als auch, welches Postfach deines ist.',
    addressMissing: 'Füge die Adresse ein, oder betreibe hier einen Knoten.',
    nameMissing: 'Schreib einen Namen, damit andere wissen, wer du bist.',
    begin: 'Anfangen',
    beginning: 'Deine Schlüssel werden gemacht…',
  },

  backupWord: {
    title: (name: string) => `Ein ehrliches Wort, ${isolate(name)}`,
    text: 'Es gibt noch keine Sicherung. Dein Konto, deine Kontakte und deine Briefe liegen in einem Ordner auf diesem Computer. Geht er verloren, ist das Konto verloren, und niemand kann es zurückholen: nicht wir, nicht dein Knoten.',
    advice: 'Betreibe keine zwei Kopien des Ordners: Jeder Brief wird mit einem Schlüssel geöffnet, der nur einmal gilt.',
    button: 'Ich verstehe',
  },

  people: {
    title: 'Gespräche',
    search: 'Jemanden finden',
    clearSearch: 'Suche leeren',
    nothingFound: (text: string) => `Hier heißt niemand ${isolate(text)}.`,
    empty: 'Noch niemand hier',
    emptyText: 'Waxwing hat kein Mitgliederverzeichnis. Man lernt sich durch eine Einladung kennen: Mach eine, und gib sie jemandem.',
    invite: 'Jemanden einladen',
    accept: 'Eine Einladung annehmen',
    settings: 'Einstellungen',
    noLetters: 'Noch keine Briefe',
    youWrote: (text: string) => `Du: ${text}`,
    unread: (count: number) => plural(count, { one: '# neuer Brief', other: '# neue Briefe' }),
    waiting: 'Wartet auf eine Antwort',
    lost: 'Nicht verbunden',
    keyChanged: 'Schlüssel geändert',
    verified: 'Bestätigt',
  },

  say,

  welcome: {
    title: 'Wähle ein Gespräch',
    text: 'Oder lade jemanden ein.',
  },

  node: {
    NONE: 'Noch kein Knoten',
    CONNECTING: 'Verbindung zu deinem Knoten wird aufgebaut…',
    CONNECTED: 'Mit deinem Knoten verbunden',
    UNREACHABLE: 'Dein Knoten antwortet nicht',
    REFUSING: 'Dein Knoten lehnt dein Postfach ab',
    IMPOSTOR: 'Etwas anderes antwortet anstelle deines Knotens',
  },
  network: {
    CONNECTING: 'Verbindung zum Zwiebelnetz wird aufgebaut…',
    CONNECTED: 'Mit dem Zwiebelnetz verbunden',
    UNREACHABLE: 'Das Zwiebelnetz antwortet nicht',
    DISTRUSTED: 'Dem Zwiebelnetz ist gerade nicht zu trauen',
  } satisfies Record<NetworkView['state'], string>,
  networkHelp: {
    CONNECTING: 'Beim ersten Mal dauert es einige Sekunden: Das Verzeichnis seiner Knoten wird geholt und geprüft.',
    CONNECTED: '',
    UNREACHABLE:
      'Nichts ist verloren: Briefe nehmen einen anderen Weg, den du erlaubst, oder warten. Bleibt es so, bitte die Betreiber des Netzes um eine andere Adresse.',
    DISTRUSTED:
      'Es wird nichts hineingegeben, und nichts ist verloren: Briefe nehmen einen anderen Weg, den du erlaubst, oder warten. Waxwing fragt von selbst wieder; bleibt es so, frag die Betreiber des Netzes.',
  } satisfies Record<NetworkView['state'], string>,
  networkOnly:
    'Ohne einen Knoten daneben können Briefe an Leute, die an einem Knoten und in keinem Netz wohnen, nur direkt zu deren Knoten gehen, wenn du das in den Einstellungen erlaubst: Wer ihn betreibt, kann dann deine Internetadresse sehen.',
  retryAt: (time: string) => `Nächster Versuch um ${time}.`,
  waitingLetters: (count: number) =>
    plural(count, {
      one: '# Brief wartet hier und geht, sobald es einen Weg gibt.',
      other: '# Briefe warten hier und gehen, sobald es einen Weg gibt.',
    }),

  conversation: {
    label: (name: string) => `Gespräch mit ${isolate(name)}`,
    letters: 'Briefe',
    details: 'Einzelheiten',
    empty: (name: string) => `Noch keine Briefe. Was du hier schreibst, kann nur ${isolate(name)} lesen.`,
    emptyButton: 'Den ersten Brief schreiben',
    today: 'Heute',
    yesterday: 'Gestern',
    newLetters: 'Neue Briefe',
    newest: 'Zum neuesten Brief',
    newBelow: (count: number) => plural(count, { one: '# neuer Brief weiter unten', other: '# neue Briefe weiter unten' }),
    by: (name: string) => `${isolate(name)}:`,
    byYou: 'Du:',
    arrived: (name: string, text: string) => `${isolate(name)}: ${isolate(text)}`,
    more: 'Mehr zu diesem Brief',
    copyText: 'Text kopieren',
    deleteHere: 'Hier löschen…',
    deleteTitle: 'Diesen Brief hier löschen?',
    deleteText: (name: string) => `Er verschwindet von deinem Computer. ${isolate(name)} behält die Kopie, die schon angekommen ist.`,
    deleteOwnText: 'Er verschwindet von deinem Computer.',
    write: (name: string) => `An ${isolate(name)} schreiben`,
    send: 'Senden',
    left: (bytes: number) => plural(bytes, { one: 'Platz für noch # Zeichen', other: 'Platz für noch etwa # Zeichen' }),
    over: (bytes: number) =>
      plural(bytes, {
        one: 'Um # Zeichen zu lang für einen Brief. Kürze ihn, oder schick ihn in zwei Teilen.',
        other: 'Um etwa # Zeichen zu lang für einen Brief. Kürze ihn, oder schick ihn in zwei Teilen.',
      }),
    waiting: (name: string) =>
      `Das Gerät von ${isolate(name)} hat noch nicht geantwortet. Du kannst schreiben: Deine Briefe gehen versiegelt dorthin und warten.`,
    lost: (name: string) =>
      `Jemand anderes hat die Einladung von ${isolate(name)} vor dir benutzt; dieser Kontakt kam also nie zustande. Nichts, was du geschrieben hast, wurde gelesen. Bitte ${isolate(name)} um eine neue Einladung.`,
    lostButton: 'Neue Einladung eingeben',
    keyChanged: (name: string) =>
      `Es kamen Briefe unter einem anderen Schlüssel als dem von ${isolate(name)}; sie wurden abgelehnt. Vielleicht hat ${isolate(name)} auf einem anderen Gerät neu begonnen; vielleicht steht jemand zwischen euch. Frag auf einem anderen Weg nach, bevor du weitermachst.`,
    keyChangedButton: 'Sicherheitsnummern vergleichen',
  },

  state: {
    SENDING: 'Wartet hier',
    SENT: 'Ein Knoten bewahrt ihn auf',
    DELIVERED: 'Auf dem Gerät angekommen',
    READ: 'Gelesen',
    FAILED: 'Nicht gesendet',
    RECEIVED: '',
  } satisfies Record<MessageView['state'], string>,
  willGo: 'Wartet hier; geht, sobald es einen Weg gibt',

  hands: {
    count: (stops, hands) => {
      const names = stops.map(({ role, host }) => stopName(role, host));
      if (names.length === 0) return 'Keine Hand: geradewegs hin';
      return plural(hands, { one: `# Hand: ${names.join()}`, other: `# Hände: ${names.join(', dann ')}` });
    },
    label: 'Wie Briefe reisen',
    title: 'Wie deine Briefe reisen',
    choose: 'Wege wählen',
    roles: {
      shared: 'Euer gemeinsamer Knoten',
      straight: 'Der Knoten der anderen Seite',
      first: 'Dein Knoten',
      last: 'Der Knoten der anderen Seite',
      guard: 'Dein Wächter, das erste Relais',
      relays: 'Zwei Relais',
      swarm: 'Ein Schwarm von fünf Knoten',
    } satisfies Record<Role, string>,
    anew: {
      guard: 'ausgelost und für Monate behalten',
      relays: 'für jeden Brief neu ausgelost',
      swarm: 'jeden Tag andere, jeder mit einer Kopie',
    },
    silent: 'antwortet nicht',
    knows: {
      shared: {
        can: 'Er kann sehen, von welchen Internetadressen ihr beide kommt und wann, und daraus erraten, wer wem antwortet.',
        cannot: 'Er kann kein Wort lesen, und nichts, was er speichert, nennt jemanden.',
        test: 'NodePrivacyTest',
      },
      straight: {
        can: 'Er kann deine Internetadresse sehen, und in welches Postfach des Tages du etwas legst und wann.',
        cannot: 'Er kann kein Wort lesen, und nichts, was er speichert, nennt jemanden.',
        test: 'NodePrivacyTest',
      },
      first: {
        can: 'Er kann deine Internetadresse sehen, und für welchen Knoten du ihm etwas gibst und wann.',
        cannot: 'Er kann nicht sehen, für welches Postfach dort, und kein Wort lesen: Seine Hülle gibt nur den Namen des nächsten Knotens frei.',
        test: 'PacketTest',
      },
      last: {
        can: 'Er kann sehen, von welchem Knoten etwas kommt, in welches Postfach des Tages es geht und wann.',
        cannot: 'Er kann deine Internetadresse nicht sehen und kein Wort lesen: Dein Programm spricht nur mit deinem eigenen Knoten.',
        test: 'HandsTest',
      },
      guard: {
        can: 'Er kann deine Internetadresse sehen, dass du dieses Netz benutzt, und wie viel wann kommt und geht.',
        cannot: 'Er kann nicht sehen, zu wem oder in welches Postfach etwas geht, und kein Wort lesen: Seine Hülle gibt nur den Namen des nächsten Relais frei.',
        test: 'PacketTest',
      },
      relays: {
        can: 'Jedes kann sehen, von welchem Knoten etwas kommt, zu welchem es als Nächstes geht und wann.',
        cannot: 'Keines kann deine Internetadresse, das Postfach oder ein Wort sehen: Keine acht Bytes hintereinander sind vor und hinter einem Relais gleich.',
        test: 'RelayTest',
      },
      swarm: {
        can: 'Sie können sehen, in welches Postfach des Tages etwas geht oder dass es gelesen wird, und wann.',
        cannot: 'Sie können deine Internetadresse nicht sehen und kein Wort lesen: Dein Programm spricht nur mit seinem Wächter.',
        test: 'OnionTest',
      },
    } satisfies Record<Role, { can: string; cannot: string; test: string }>,
    howWeKnow: 'Woher wir das wissen',
    shownBy: (test: string) => `Gezeigt von ${test}, einer der Prüfungen im Quelltext von Waxwing.`,
    together:
      'Beide Betreiber zusammen, oder wer beide Knoten beobachtet, können herausfinden, dass ihr einander schreibt. Ein Wort lesen können sie trotzdem nicht.',
    togetherOnion:
      'Dein Wächter und der Schwarm zusammen, oder wer beide Enden beobachtet, können aus den Zeiten erraten, dass du jenes Postfach benutzt. Ein Wort lesen können sie trotzdem nicht.',
    none: 'Deine Briefe gehen geradewegs von deinem Gerät zu ihrem. Niemand dazwischen bewahrt sie auf.',
    delay: 'Keine Hand hält einen Brief zurück: Es dauert einen Augenblick, wenn alle verbunden sind.',
    delayOnion:
      'Ein Brief braucht etwa eine Sekunde. Wo das Netz mischt, hält jede Hand ihn für einen Augenblick von zufälliger Länge zurück, damit die Zeit weniger verrät: Dann dauert es einige Sekunden.',
  },

  ways: {
    title: 'Wege, die deine Briefe nehmen dürfen',
    names: {
      federated: 'Durch deinen und ihren Knoten',
      onion: 'Durch drei Relais zu einem Schwarm von fünf',
      relay: 'Geradewegs zu ihrem Knoten',
    } satisfies Record<Network, string>,
    shared: 'Durch euren gemeinsamen Knoten',
    sharedConsequence: 'Eine Hand, und am schnellsten: Wer ihn betreibt, kann die Internetadressen von euch beiden sehen.',
    consequences: {
      federated:
        'Zwei Hände: Ihr Knoten erfährt deine Internetadresse nicht, und deiner nicht, in welches Postfach ein Brief geht.',
      onion:
        'Vier Hände: Keine von ihnen erfährt sowohl deine Internetadresse als auch das Postfach. Es dauert etwa eine Sekunde, oder einige, wo das Netz mischt.',
      relay: 'Eine Hand: Es geht auch, wenn dein eigener Knoten nicht antwortet, aber wer ihren betreibt, kann deine Internetadresse sehen.',
    } satisfies Record<Network, string>,
    only: {
      shared: (name: string) => `Du und ${isolate(name)} wohnen an einem Knoten. Also gibt es einen Weg: durch ihn.`,
      onion: (name: string) => `${isolate(name)} wohnt in einem Zwiebelnetz. Also gibt es einen Weg: durch drei Relais.`,
      federated: (name: string) => `Zu ${isolate(name)} gibt es einen Weg: durch deinen und ihren Knoten.`,
      relay: (name: string) => `Du hast keinen eigenen Knoten. Also gibt es einen Weg zu ${isolate(name)}: geradewegs zu ihrem Knoten.`,
    },
    order: 'Erlaubte Wege werden von oben an versucht; der erste, der geht, wird genommen.',
    fromSettings: (name: string) => `Wie in den Einstellungen. Eine Änderung hier gilt nur für ${isolate(name)}.`,
    chosenHere: (name: string) => `Nur für ${isolate(name)} gewählt.`,
    likeOthers: 'Wieder wie in den Einstellungen',
    oneMustStay: 'Ein Weg muss erlaubt bleiben, sonst könnte nichts gehen.',
    inUse: 'Gerade benutzt',
    silent: (host: string) => `${isolate(host)} antwortet nicht`,
    blocked: 'Die Betreiber deines und ihres Knotens verkehren nicht miteinander',
    networkSilent: 'Das Netz antwortet nicht',
    earlier: 'Früher versuchen',
    earlierOf: (way: string) => `Früher versuchen: ${way}`,
    later: 'Später versuchen',
    laterOf: (way: string) => `Später versuchen: ${way}`,
    place: (way: string, place: number, of: number) => `${way}: wird als Nummer ${place} von ${of} versucht`,
    settingsText:
      'Das gilt für alle Gespräche ohne eigene Wahl. Ein Weg wird genommen, wo er möglich ist: Wer an deinem Knoten wohnt, wird durch ihn erreicht, und Relais führen zu denen, die einem Zwiebelnetz beigetreten sind.',
  },

  roaming: {
    now: {
      federated: 'Jetzt durch deinen und ihren Knoten.',
      onion: 'Jetzt durch drei Relais.',
      relay: 'Jetzt geradewegs zu ihrem Knoten.',
    } satisfies Record<Network, string>,
    detour: {
      federated: {
        THEIRS: 'Jetzt durch deinen und ihren Knoten; ihrer antwortet dir nicht geradewegs.',
        NETWORK: 'Jetzt durch deinen und ihren Knoten; das Zwiebelnetz antwortet nicht.',
      },
      onion: {
        OURS: 'Jetzt durch drei Relais; euer gemeinsamer Knoten antwortet nicht.',
        MINE: 'Jetzt durch drei Relais; dein Knoten antwortet nicht.',
        THEIRS: 'Jetzt durch drei Relais; ihr Knoten antwortet nicht.',
        BLOCKED: 'Jetzt durch drei Relais; dein und ihr Knoten verkehren nicht miteinander.',
      },
      relay: {
        NETWORK: 'Jetzt geradewegs zu ihrem Knoten; das Zwiebelnetz antwortet nicht.',
        MINE: 'Jetzt geradewegs zu ihrem Knoten; deiner antwortet nicht.',
        THEIRS: 'Jetzt geradewegs zu ihrem Knoten; deiner erreicht ihn nicht.',
        BLOCKED: 'Jetzt geradewegs zu ihrem Knoten; deiner und ihrer verkehren nicht miteinander.',
      },
    },
    again: {
      federated: 'Wieder durch deinen und ihren Knoten.',
      onion: 'Wieder durch drei Relais.',
      relay: 'Wieder geradewegs zu ihrem Knoten.',
    } satisfies Record<Network, string>,
    sharedNow: 'Jetzt durch euren gemeinsamen Knoten.',
    sharedAgain: 'Wieder durch euren gemeinsamen Knoten.',
    waiting: (reason: Reason, host: string, letters: number) => {
      const cause = waitsFor(reason, host);
      if (letters === 0) return `${cause}.`;
      return `${cause} — ${plural(letters, { one: '# Brief wartet', other: '# Briefe warten' })}.`;
    },
    allow: {
      federated: 'Den Weg durch deinen Knoten erlauben',
      onion: 'Den Weg durch drei Relais erlauben',
      relay: 'Den Weg geradewegs zu ihrem Knoten erlauben',
    } satisfies Record<Network, string>,
  },

  details: {
    title: (name: string) => `Über ${isolate(name)}`,
    verified: 'Bestätigt',
    notVerified: 'Noch nicht bestätigt',
    verifiedText: (name: string) => `Du hast mit ${isolate(name)} die Sicherheitsnummern verglichen: Niemand steht zwischen euch.`,
    notVerifiedText: (name: string) =>
      `Um sicher zu sein, dass niemand zwischen dir und ${isolate(name)} steht, vergleicht die Sicherheitsnummer unten: beieinander oder am Telefon.`,
    number: 'Sicherheitsnummer',
    numberLabel: (digits: string) => `Sicherheitsnummer: ${digits}`,
    numberHelp: (name: string) => `${isolate(name)} sieht unter „Sicherheitsnummer“ dieselben 60 Ziffern.`,
    qrLabel: 'Deine Sicherheitsnummer als Code zum Scannen',
    match: 'Sie stimmen überein: als bestätigt merken',
    unmark: 'Bestätigung entfernen',
    scan: 'Ihre scannen',
    scanMatched: (name: string) => `Die Codes stimmen überein. ${isolate(name)} ist bestätigt.`,
  },

  scan: {
    camera: 'Kamera benutzen',
    stop: 'Kamera anhalten',
    picture: 'Bild wählen',
    paste: 'Du kannst auch ein Bild des Codes hier einfügen.',
    looking: 'Halte den Code vor die Kamera…',
    noCamera: 'Die Kamera kann hier nicht benutzt werden. Ein Bild des Codes geht ebenso gut.',
    nothing: 'In diesem Bild wurde kein Code gefunden. Am besten geht ein schärferes, auf dem der ganze Code ist.',
    preview: 'Was die Kamera sieht',
  },

  invite: {
    title: 'Einladungen',
    text: 'Eine Einladung bringt einen Menschen zu dir. Gib den Link auf einem Weg weiter, dem du traust: Wer ihn zuerst öffnet, der ist es.',
    life: 'Gültig für',
    day: '1 Tag',
    week: '1 Woche',
    threeWeeks: '3 Wochen',
    make: 'Einladung machen',
    making: 'Wird gemacht…',
    link: 'Einladungslink',
    qrLabel: 'Die Einladung als Code zum Scannen',
    linkHelp: 'Gilt für einen Menschen. Schick ihn ganz, von „waxwing:“ bis zum Ende.',
    preparing: 'Dein Knoten hat sie noch nicht. Sie öffnet sich, sobald er antwortet; weitergeben kannst du sie schon.',
    list: 'Deine Einladungen',
    none: 'Du hast noch keine Einladung gemacht.',
    show: 'Zeigen',
    revoke: 'Zurücknehmen',
    revokeTitle: 'Diese Einladung zurücknehmen?',
    revokeText: 'Niemand kann sie mehr benutzen. Wer sie schon benutzt hat, bleibt dein Kontakt.',
    made: (date: string) => `Gemacht ${date}`,
    until: (date: string) => `gültig bis ${date}`,
    ended: (date: string) => `galt bis ${date}`,
    state: {
      PREPARING: 'Wird vorbereitet',
      OPEN: 'Offen',
      USED: 'Benutzt',
      REVOKED: 'Zurückgenommen',
      EXPIRED: 'Abgelaufen',
    } satisfies Record<InvitationView['state'], string>,
    usedBy: (name: string) => `Benutzt von ${isolate(name)}`,
  },

  accept: {
    title: 'Du hast eine Einladung bekommen',
    text: 'Füge den ganzen Link hier ein. Du siehst, von wem er ist, bevor irgendetwas angenommen wird.',
    link: 'Einladungslink',
    linkMissing: 'Füge zuerst den Link ein.',
    look: 'Sehen, von wem er ist',
    looking: 'Wird nachgesehen…',
    scan: 'Oder seinen Code scannen',
    from: (name: string) => `${isolate(name)} lädt dich ein`,
    fromText: (host: string, date: string) => `Die ersten Briefe gehen über den Knoten ${isolate(host)}. Die Einladung gilt bis ${date}.`,
    caution: 'Den Namen hat die andere Seite selbst gewählt. Ob sie es wirklich ist, weißt du daher, wie du den Link bekommen hast.',
    already: (name: string) => `Du und ${isolate(name)} seid schon in Kontakt.`,
    accept: 'Annehmen',
    accepting: 'Wird angenommen…',
    other: 'Ein anderer Link',
  },

  settings: {
    title: 'Einstellungen',
    you: 'Du',
    name: 'Dein Name',
    nameHelp: 'Deine Kontakte sehen ihn.',
    saved: 'Gespeichert. Deine Kontakte sehen es, wenn die Nachricht davon sie erreicht.',
    node: 'Dein Knoten',
    travel: 'Wie Briefe reisen',
    nodeHelp: 'Um andere diesen Knoten benutzen zu lassen, gib ihnen die Zeile, die er beim Start ausgegeben hat: Sie enthält den Ausweis, der hier nicht gezeigt wird.',
    noNode: 'Du wohnst nur im Zwiebelnetz: Kein eigener Knoten bewahrt Briefe für dich auf.',
    network: 'Zwiebelnetz',
    networkText:
      'Ein Postfach in einem Zwiebelnetz wird von fünf Knoten zugleich geführt, und alles geht durch drei Relais dorthin: Kein Knoten erfährt sowohl deine Internetadresse als auch, welches Postfach deines ist.',
    networkBeside: 'Deinen eigenen Knoten behältst du daneben; fällt einer der beiden aus, kommen Briefe über den anderen.',
    enter: {
      address: 'Adresse des Netzes',
      help: 'Die ganze Zeile, die ein Knoten des Netzes ausgegeben hat: onion:host:port/ID',
      missing: 'Füge die Adresse des Netzes ein.',
      button: 'Dem Netz beitreten',
      entering: 'Das Verzeichnis seiner Knoten wird geholt und geprüft…',
      entered: 'Du hast ein Postfach im Netz. Die Nachricht davon ist unterwegs zu deinen Kontakten.',
      problem: {
        NETWORK_UNREACHABLE: ['Jenes Netz antwortet nicht.', 'Nichts hat sich geändert; alles ist wie zuvor.'],
        NODE_IMPOSTOR: ['Etwas anderes antwortet anstelle jenes Netzes.', 'Du bist nicht beigetreten. Bitte um eine Adresse von heute.'],
        NODE_FULL: ['Das Netz hat gerade keinen Platz.', 'Du bist nicht beigetreten; alles ist wie zuvor.'],
      },
    },
    leave: {
      open: 'Das Netz verlassen…',
      title: 'Das Zwiebelnetz verlassen?',
      text: 'Deine Kontakte erfahren es und schreiben von da an an deinen Knoten. Briefe, die schon ins Netz unterwegs sind, werden dort noch 30 Tage gelesen.',
      button: 'Verlassen',
      left: 'Du hast das Netz verlassen. Die Nachricht davon ist unterwegs zu deinen Kontakten.',
    },
    former: (host: string, date: string) => `Briefe, die noch an ${isolate(host)} gehen, werden dort bis ${date} gelesen.`,
    move: {
      open: 'Zu einem anderen Knoten oder Netz umziehen',
      what: [
        'Zuerst wird dein Postfach am neuen Ort geöffnet; erst dann ziehst du um.',
        'Deine Kontakte erfahren es in einem versiegelten Brief und schreiben von da an an den neuen Ort.',
        'Der alte wird noch 30 Tage gelesen, damit nichts verloren geht, was unterwegs ist.',
      ],
      address: 'Adresse des neuen Ortes',
      addressMissing: 'Füge die Adresse des neuen Ortes ein.',
      button: 'Umziehen',
      moving: 'Dein Postfach wird dort geöffnet…',
      moved: (host: string) => `Du wohnst jetzt bei ${isolate(host)}. Die Nachricht davon ist unterwegs zu deinen Kontakten.`,
      movedIntoNetwork: 'Du wohnst jetzt im Zwiebelnetz. Die Nachricht davon ist unterwegs zu deinen Kontakten.',
      problem: {
        NODE_UNREACHABLE: ['Jener Knoten antwortet nicht.', 'Du bist nicht umgezogen; alles ist wie zuvor.'],
        NETWORK_UNREACHABLE: ['Jenes Netz antwortet nicht.', 'Du bist nicht umgezogen; alles ist wie zuvor.'],
        NODE_IMPOSTOR: ['Etwas anderes antwortet dort.', 'Du bist nicht umgezogen, und nichts wurde dorthin gesendet. Frag die Betreiber nach der Adresse von heute.'],
        NODE_REFUSED: ['Jener Knoten führt kein Postfach für dich.', 'Du bist nicht umgezogen. Frag die Betreiber nach einer neuen Adresse.'],
        NODE_FULL: ['Jener Knoten hat gerade keinen Platz.', 'Du bist nicht umgezogen; alles ist wie zuvor.'],
      },
    },
    appearance: 'Aussehen',
    theme: 'Farben',
    system: 'Wie auf diesem Computer',
    light: 'Hell',
    dark: 'Dunkel',
    safety: 'Was dich schützt, und was noch nicht',
    facts: {
      sealed: 'An: Jeder Brief wird auf deinem Computer versiegelt und auf ihrem geöffnet, mit Schlüsseln, die auch Quantencomputern standhalten.',
      disk: 'An: Briefe liegen auf diesem Computer verschlüsselt auf der Platte. Der Schlüssel liegt im selben Ordner: Wer den ganzen Ordner kopiert, kann sie lesen.',
      passphrase: 'Noch nicht gebaut: ein Kennwort für diesen Schlüssel. Bis dahin verschlüssele die Platte dieses Computers.',
      backup: 'Noch nicht gebaut: eine Sicherung. Geht der Datenordner verloren, ist das Konto verloren.',
      backupOn: 'An: Es gibt eine Sicherung.',
      page: 'An: Diese Seite kommt vom Programm auf deinem eigenen Computer und spricht mit niemandem sonst.',
      watching: 'Nicht so: vor deinem eigenen Knoten zu verbergen, wann du dich verbindest und von wo. Wer ihm zusieht, kann das sehen.',
      onion: 'An, im Zwiebelnetz: Kein Knoten erfährt sowohl deine Internetadresse als auch, welches Postfach deines ist.',
      onionOff: 'Aus: das Zwiebelnetz, in dem kein Knoten sowohl deine Internetadresse als auch dein Postfach erfährt. Oben kannst du einem beitreten.',
    },
    keys: 'Tastatur',
    keyList: {
      nextPrevious: 'Nächstes oder voriges Gespräch',
      back: 'Zurück oder schließen',
      send: 'Senden',
      newline: 'Neue Zeile',
      letters: 'Von Brief zu Brief, in der Liste',
    },
    version: (version: string) => `Waxwing ${version}`,
  },

  problem: {
    NOT_SET_UP: ['Hier gibt es noch kein Konto.', 'Nichts ist verloren. Beginne mit einem Namen und einem Knoten.'],
    ALREADY_SET_UP: ['Hier gibt es schon ein Konto.', 'Es ist unverändert. Lade diese Seite neu, um es zu benutzen.'],
    BAD_REQUEST: ['Diese Seite und das Programm verstehen einander nicht.', 'Nichts ist verloren. Lade die Seite neu; hilft das nicht, wurde Waxwing vielleicht nur halb erneuert.'],
    NAME_INVALID: ['Dieser Name passt nicht.', 'Ein Name hat 1 bis 64 Zeichen, auf einer Zeile.'],
    NODE_ADDRESS_INVALID: ['Das ist nicht die Adresse eines Knotens oder Netzes.', 'Kopiere die ganze Zeile, die ausgegeben wurde: host:port/KEY/TOKEN für einen Knoten, onion:host:port/ID für ein Netz.'],
    NODE_UNREACHABLE: ['Dein Knoten antwortet nicht.', 'Nichts ist verloren: Briefe, die keinen anderen Weg finden, warten hier, bis er es tut.'],
    NODE_IMPOSTOR: ['Etwas anderes antwortet anstelle deines Knotens.', 'Nichts wurde dorthin gesendet. Frag die Betreiber des Knotens nach der Adresse von heute.'],
    NODE_REFUSED: ['Der Knoten führt kein Postfach für dich.', 'Deine Briefe warten hier. Frag die Betreiber des Knotens nach einer neuen Adresse.'],
    NODE_FULL: ['Der Knoten hat gerade keinen Platz.', 'Nichts ist verloren: Deine Briefe warten hier und werden wieder angeboten.'],
    NODE_FAILED_TO_START: ['Auf diesem Computer ließ sich kein Knoten starten.', 'Nichts ist verloren. Versuch es noch einmal, oder nimm einen Knoten von jemandem, den du kennst.'],
    NETWORK_ADDRESS_INVALID: ['Das ist nicht die Adresse eines Zwiebelnetzes.', 'Kopiere die ganze Zeile, die einer seiner Knoten ausgegeben hat: onion:host:port/ID.'],
    NETWORK_UNREACHABLE: ['Das Zwiebelnetz antwortet nicht.', 'Nichts ist verloren: Briefe warten solange hier. Prüfe die Adresse, und ob dieser Computer verbunden ist.'],
    NETWORK_STALE: ['Das Zwiebelnetz zeigt ein altes Verzeichnis seiner Knoten.', 'Es wird nichts hineingegeben, und nichts ist verloren. Sieh nach, ob die Uhr dieses Computers richtig geht; wenn ja, frag die Betreiber des Netzes.'],
    NETWORK_FORKED: ['Das Zwiebelnetz zeigt verschiedenen Menschen verschiedene Verzeichnisse.', 'Es wird nichts hineingegeben, und nichts ist verloren. Sag es den Betreibern: Wer beide unterschrieben hat, dem lässt sich die Lüge nachweisen.'],
    NETWORK_UNDER_SIGNED: ['Zu wenige der Betreiber des Zwiebelnetzes stehen hinter dem Verzeichnis seiner Knoten.', 'Es wird nichts hineingegeben, und nichts ist verloren. Waxwing fragt von selbst wieder; bleibt es so, frag die Betreiber des Netzes.'],
    LAST_HOME: ['Dein einziges Postfach steht in diesem Netz.', 'Es ist wie zuvor. Zieh zuerst zu einem Knoten um, dann verlass das Netz.'],
    CLOCK_WRONG: ['Die Uhr dieses Computers geht um einen halben Tag oder mehr falsch.', 'Nichts ist verloren: Briefe richten sich nach der Uhr deines Knotens. Stell die Uhr.'],
    WAYS_INVALID: ['Auf diesen Wegen können Briefe nicht gehen.', 'Die Wahl ist wie zuvor. Lade die Seite neu und wähle noch einmal.'],
    NO_WAY: ['Keiner der Wege, die du erlaubst, führt dorthin.', 'Der Brief ist noch hier. Erlaube einen anderen Weg, und versuch es noch einmal.'],
    WAY_NOT_ALLOWED: ['Der Betreiber eines Knotens auf dem Weg lässt Briefe nicht durch.', 'Nichts ist verloren. Erlaube in den Einstellungen einen anderen Weg, oder frag die Betreiber deines Knotens.'],
    INVITATION_INVALID: ['Das ist keine Einladung.', 'Kopiere den ganzen Link, von „waxwing:“ bis zum Ende.'],
    INVITATION_CUT_OFF: ['Die Einladung ist abgeschnitten oder vertippt.', 'Sie gilt noch. Kopiere den ganzen Link noch einmal.'],
    INVITATION_TOO_NEW: ['Die Einladung wurde von einem neueren Waxwing gemacht.', 'Sie gilt noch. Erneuere Waxwing, und versuch es wieder.'],
    INVITATION_EXPIRED: ['Die Einladung ist abgelaufen.', 'Sonst hat sich nichts geändert. Bitte um eine neue.'],
    INVITATION_REVOKED: ['Die Einladung wurde zurückgenommen, oder ihr Knoten hat sie vergessen.', 'Bitte um eine neue.'],
    INVITATION_USED: ['Jemand anderes hat diese Einladung benutzt.', 'Bitte um eine neue. War sie nur für dich gedacht, sag es dem Menschen, der sie geschickt hat.'],
    INVITATION_OWN: ['Das ist deine eigene Einladung.', 'Sie gilt noch: Schick sie dem Menschen, dem du schreiben willst.'],
    INVITATION_UNKNOWN: ['Diese Einladung gibt es hier nicht mehr.', 'Deine Kontakte sind unverändert.'],
    CONTACT_UNKNOWN: ['Diesen Kontakt gibt es hier nicht mehr.', 'Andere Gespräche sind unverändert.'],
    CONTACT_BLOCKED: ['Du hast diesen Kontakt blockiert.', 'Heb das auf, um zu schreiben.'],
    MESSAGE_NOT_YOURS: ['Nur wer einen Brief geschrieben hat, kann ihn ändern.', 'Auf deinen eigenen Geräten kannst du ihn löschen.'],
    CONTACT_EXISTS: ['Ihr seid schon in Kontakt.', 'Das Gespräch ist, wie du es verlassen hast.'],
    CONTACT_LOST: ['Dieser Kontakt kam nie zustande.', 'Niemand hat etwas gelesen. Bitte um eine neue Einladung.'],
    KEY_CHANGED: ['Es kamen Briefe unter einem anderen Schlüssel; sie wurden abgelehnt.', 'Briefe, die du schon hast, sind unverändert. Vergleicht Sicherheitsnummern, bevor du weitermachst.'],
    SAFETY_NUMBER_DIFFERS: ['Die Sicherheitsnummern sind verschieden.', 'Trau diesem Gespräch nicht. Trefft euch, und tauscht neue Einladungen aus.'],
    SCAN_INVALID: ['Dieser Code ist keine Sicherheitsnummer.', 'Scanne den Code unter „Sicherheitsnummer“ auf dem anderen Bildschirm.'],
    MESSAGE_UNKNOWN: ['Diesen Brief gibt es hier nicht mehr.', 'Vielleicht wurde er gelöscht. Alle anderen sind unverändert.'],
    MESSAGE_EMPTY: ['Es gibt noch nichts zu senden.', 'Schreib zuerst etwas.'],
    TEXT_TOO_LONG: ['Der Text ist zu lang für einen Brief.', 'Er ist noch hier. Kürze ihn, oder schick ihn in zwei Teilen.'],
    LETTER_REFUSED: ['Ihr Knoten hat diesen Brief abgelehnt.', 'Er ist noch hier: Versuch es noch einmal, oder lösch ihn.'],
    LETTER_EXPIRED: ['Von ihrem Gerät kam 30 Tage lang kein Wort.', 'Der Brief ist noch hier: Versuch es noch einmal, oder lösch ihn.'],
    DISK_FULL: ['Die Platte dieses Computers ist voll.', 'Nichts ging verloren. Schaff Platz, und versuch es noch einmal.'],
    STORE_NEWER: ['Dein Datenordner wurde von einem neueren Waxwing geschrieben.', 'Er ist unberührt. Starte die neuere Version.'],
    STORE_DAMAGED: ['Dein Datenordner lässt sich nicht lesen.', 'Waxwing ändert nichts darin. Stell ihn aus einer Kopie wieder her, wenn du eine hast.'],
    ALREADY_RUNNING: ['Ein anderes Waxwing benutzt diesen Datenordner.', 'Nichts ist verloren. Benutze jenes: ./waxwing open'],
    PORT_TAKEN: ['Ein anderes Programm benutzt den Port von Waxwing.', 'Nichts ist verloren. Starte Waxwing mit einem anderen: --port'],
    APP_NOT_RUNNING: ['Waxwing antwortet nicht.', 'Nichts ist verloren. Wenn du das Programm beendet hast, starte es wieder: ./waxwing'],
    NOT_ALLOWED: ['Diese Seite wird nicht mehr eingelassen.', 'Deine Briefe sind sicher. Öffne eine neue Seite mit: ./waxwing open'],
    UNEXPECTED: ['In Waxwing ging etwas schief.', 'Was du geschrieben hast, ist noch hier. Versuch es noch einmal; bleibt es so, nenn uns die Nummer unten.'],
  } satisfies Record<ProblemKind, readonly [happened: string, safe: string]>,
  requestNumber: (request: number) => `Nummer ${request}.`,
};

/** A hand in the short line under a name. */
function stopName(role: Role, host: string | null): string {
  switch (role) {
    case 'relays':
      return 'zwei Relais';
    case 'swarm':
      return 'ein Schwarm von fünf';
    case 'guard':
      return host === null ? 'dein Wächter' : isolate(host);
    default:
      return isolate(host ?? '');
  }
}

function waitsFor(reason: Reason, host: string): string {
  switch (reason) {
    case 'BLOCKED':
      return 'Dein und ihr Knoten verkehren nicht miteinander';
    case 'NONE_ALLOWED':
      return 'Keiner der Wege, die du erlaubst, führt dorthin';
    case 'NETWORK':
      return 'Wartet auf das Zwiebelnetz';
    case 'THEIRS':
      return `Wartet auf ihren Knoten, ${isolate(host)}`;
    default:
      return `Wartet auf deinen Knoten, ${isolate(host)}`;
  }
}
