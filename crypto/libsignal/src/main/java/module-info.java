/// Signal's protocol library as published, made a module: the packages that [im.waxwing.crypto]
/// builds on, and none of its network code.
module org.signal.libsignal {
  exports org.signal.libsignal.metadata;
  exports org.signal.libsignal.metadata.certificate;
  exports org.signal.libsignal.metadata.protocol;
  exports org.signal.libsignal.protocol;
  exports org.signal.libsignal.protocol.ecc;
  exports org.signal.libsignal.protocol.fingerprint;
  exports org.signal.libsignal.protocol.groups;
  exports org.signal.libsignal.protocol.groups.state;
  exports org.signal.libsignal.protocol.incrementalmac;
  exports org.signal.libsignal.protocol.kdf;
  exports org.signal.libsignal.protocol.kem;
  exports org.signal.libsignal.protocol.logging;
  exports org.signal.libsignal.protocol.message;
  exports org.signal.libsignal.protocol.state;
  exports org.signal.libsignal.protocol.state.impl;
  exports org.signal.libsignal.protocol.util;
  exports org.signal.libsignal.usernames;

  requires kotlin.stdlib;
}
