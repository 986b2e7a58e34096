package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.signal.libsignal.protocol.DuplicateMessageException;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.InvalidKeyIdException;
import org.signal.libsignal.protocol.InvalidMessageException;
import org.signal.libsignal.protocol.InvalidVersionException;
import org.signal.libsignal.protocol.LegacyMessageException;
import org.signal.libsignal.protocol.NoSessionException;
import org.signal.libsignal.protocol.ReusedBaseKeyException;
import org.signal.libsignal.protocol.SessionBuilder;
import org.signal.libsignal.protocol.SessionCipher;
import org.signal.libsignal.protocol.UntrustedIdentityException;
import org.signal.libsignal.protocol.ecc.ECPublicKey;
import org.signal.libsignal.protocol.message.CiphertextMessage;
import org.signal.libsignal.protocol.message.DecryptionErrorMessage;
import org.signal.libsignal.protocol.message.SignalMessage;
import org.signal.libsignal.protocol.state.SessionRecord;

/// This device's sessions with other devices: PQXDH to begin, then the triple ratchet.
///
/// Each call belongs to one transaction of the [SessionState] it gets: the caller commits before a
/// letter leaves or a content is shown, and rolls back on any exception.
///
/// Safe for many threads: one lock per address is held during a call. States whose transactions may
/// overlap have to keep them apart by themselves; the device's store runs one at a time.
public final class Sessions {
  /// The longest content: with padding and the beginning of a session it just fits into a letter.
  public static final int MAX_CONTENT = 112 * Padding.STEP - 1;

  private final Identity identity;
  private final DeviceAddress self;
  private final InstantSource clock;
  private final CpuClass cpu;
  private final Locks locks = new Locks();

  /// @param clock ends the right to send in a session that was not answered for 30 days
  public Sessions(Identity identity, DeviceAddress self, InstantSource clock) {
    this(identity, self, clock, CpuClass.here());
  }

  Sessions(Identity identity, DeviceAddress self, InstantSource clock, CpuClass cpu) {
    if (!identity.account().equals(self.account())) {
      throw new IllegalArgumentException("the address is another account's");
    }
    this.identity = identity;
    this.self = self;
    this.clock = clock;
    this.cpu = cpu;
  }

  /// To be called once when a store was opened: if it was last used on another kind of processor,
  /// all sessions are removed, because half of them would break later without a sign.
  ///
  /// @return whose sessions were removed: start them again, or ask for bundles
  public List<DeviceAddress> removeForeignSessions(SessionState state) {
    Optional<String> before = state.cpuClass();
    state.putCpuClass(cpu.name());
    if (before.isEmpty() || before.get().equals(cpu.name())) {
      return List.of();
    }
    List<DeviceAddress> peers = List.copyOf(state.sessions());
    peers.forEach(state::removeSession);
    return peers;
  }

  /// Makes new prekeys and keeps their private halves.
  public PreKeyBundle newBundle(SessionState state, KeyUse use) {
    NativeCode.enter();
    return PreKeys.generate(state, identity, self, use);
  }

  /// Erases the private halves of a bundle of ours: no session can begin from it any more.
  public void discard(SessionState state, PreKeyBundle own) {
    LibsignalState.removeBundle(state, own.signed().id());
  }

  /// Begins a session with `peer`. An older session is archived: letters under way still open.
  ///
  /// @throws CryptoException.BadBundle if a key, a signature or the device number is wrong
  /// @throws CryptoException.UntrustedIdentity if the bundle's identity key is not the account's
  public void start(SessionState state, DeviceAddress peer, PreKeyBundle bundle)
      throws CryptoException {
    NativeCode.enter();
    var checked = PreKeys.check(bundle, peer);
    LibsignalState bridge = new LibsignalState(state, identity);
    locked(
        peer,
        () -> {
          try {
            new SessionBuilder(bridge, bridge, bridge, bridge, LibsignalState.address(peer))
                .process(checked, clock.instant());
            return true;
          } catch (InvalidKeyException e) {
            throw new CryptoException.BadBundle("a signature of the bundle is wrong", e);
          } catch (UntrustedIdentityException _) {
            throw new CryptoException.UntrustedIdentity();
          } catch (RuntimeException | AssertionError e) {
            throw unexpected(bridge, e, "the bundle could not be used");
          }
        });
  }

  /// Whether [#encrypt] would find a session it may send in.
  public boolean hasSession(SessionState state, DeviceAddress peer) {
    NativeCode.enter();
    return record(state, peer).map(record -> record.hasSenderChain(clock.instant())).orElse(false);
  }

  /// Stops sending in the session with `peer`, but still opens what comes from it.
  public void archive(SessionState state, DeviceAddress peer) {
    NativeCode.enter();
    Lock lock = locks.of(peer);
    lock.lock();
    try {
      Optional<SessionRecord> found = record(state, peer);
      if (found.isPresent()) {
        SessionRecord record = found.get();
        record.archiveCurrentState();
        state.putSession(peer, SecretBytes.copyOf(record.serialize()));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Seals `content` for `peer`; its length is hidden in steps of 160 bytes.
  ///
  /// @param content at most [#MAX_CONTENT] bytes
  /// @throws CryptoException.NoSession if there is none, or none answered within 30 days
  public Letter encrypt(SessionState state, DeviceAddress peer, byte[] content)
      throws CryptoException {
    if (content.length > MAX_CONTENT) {
      throw new IllegalArgumentException("a content has at most " + MAX_CONTENT + " bytes");
    }
    NativeCode.enter();
    LibsignalState bridge = new LibsignalState(state, identity);
    return locked(
        peer,
        () -> {
          try {
            return letter(cipher(bridge, peer).encrypt(Padding.pad(content), clock.instant()));
          } catch (NoSessionException e) {
            throw new CryptoException.NoSession(e);
          } catch (UntrustedIdentityException _) {
            throw new CryptoException.UntrustedIdentity();
          } catch (RuntimeException | AssertionError e) {
            throw unexpected(bridge, e, "the session could not encrypt");
          }
        });
  }

  private Letter letter(CiphertextMessage message) {
    ByteString bytes = ByteString.copyOf(message.serialize());
    if (message.getType() != CiphertextMessage.PREKEY_TYPE) {
      return new Letter(Letter.Kind.MESSAGE, bytes);
    }
    ByteString device = ByteString.copyOf(new byte[] {(byte) self.device().number()});
    return new Letter(Letter.Kind.PREKEY, device.plus(bytes));
  }

  /// Opens a letter from `peer`.
  ///
  /// @return the content as it was given to [#encrypt]
  /// @throws CryptoException.Duplicate if its message number was used, or is too old
  /// @throws CryptoException.NoSession if it needs a session that is not there
  /// @throws CryptoException.UsedPreKey if it begins a session from a prekey that is gone
  /// @throws CryptoException.UntrustedIdentity if another account wrote it
  /// @throws CryptoException.BadMessage if it cannot be opened for any other reason
  public byte[] decrypt(SessionState state, DeviceAddress peer, Letter letter)
      throws CryptoException {
    NativeCode.enter();
    LibsignalState bridge = new LibsignalState(state, identity);
    return Padding.unpad(
        locked(
            peer,
            () -> {
              try {
                return open(bridge, peer, letter);
              } catch (DuplicateMessageException e) {
                throw new CryptoException.Duplicate(e);
              } catch (NoSessionException e) {
                throw new CryptoException.NoSession(e);
              } catch (InvalidKeyIdException | ReusedBaseKeyException e) {
                throw new CryptoException.UsedPreKey(e);
              } catch (UntrustedIdentityException _) {
                throw new CryptoException.UntrustedIdentity();
              } catch (InvalidMessageException
                  | InvalidVersionException
                  | InvalidKeyException
                  | LegacyMessageException
                  | MalformedException e) {
                throw new CryptoException.BadMessage("the letter could not be opened", e);
              } catch (RuntimeException | AssertionError e) {
                throw unexpected(bridge, e, "the letter could not be opened");
              }
            }));
  }

  private byte[] open(LibsignalState bridge, DeviceAddress peer, Letter letter)
      throws CryptoException,
          DuplicateMessageException,
          InvalidKeyException,
          InvalidKeyIdException,
          InvalidMessageException,
          InvalidVersionException,
          LegacyMessageException,
          MalformedException,
          NoSessionException,
          UntrustedIdentityException {
    SessionCipher cipher = cipher(bridge, peer);
    return switch (letter.kind()) {
      case MESSAGE -> cipher.decrypt(new SignalMessage(letter.bytes().toByteArray()));
      case PREKEY -> {
        PreKeyLetter first = PreKeyLetter.decode(letter);
        if (!first.device().equals(peer.device())) {
          throw new CryptoException.BadMessage("the letter is another device's");
        }
        yield cipher.decrypt(first.message());
      }
      case RETRY -> throw new CryptoException.BadMessage("a retry request holds no content");
    };
  }

  /// Who says to have written a letter that begins a session. The account is certain once the
  /// letter was decrypted, the device once the content names it too.
  ///
  /// @throws MalformedException if the letter is no [Letter.Kind#PREKEY] or breaks its layout
  public static DeviceAddress senderOf(Letter letter) throws MalformedException {
    NativeCode.enter();
    PreKeyLetter first = PreKeyLetter.decode(letter);
    ByteString key = ByteString.copyOf(first.message().getIdentityKey().serialize());
    return new DeviceAddress(Identity.accountOf(key), first.device());
  }

  /// What the writer of a letter needs to know to encrypt it again.
  ///
  /// @param letter one that could not be decrypted
  /// @param receivedAt when it came
  /// @throws MalformedException if not even its outer layout can be read
  public ByteString retryRequest(Letter letter, Instant receivedAt, DeviceId writer)
      throws MalformedException {
    NativeCode.enter();
    boolean first = letter.kind() == Letter.Kind.PREKEY;
    byte[] message = (first ? PreKeyLetter.messageOf(letter) : letter.bytes()).toByteArray();
    int type = first ? CiphertextMessage.PREKEY_TYPE : CiphertextMessage.WHISPER_TYPE;
    try {
      return ByteString.copyOf(
          DecryptionErrorMessage.forOriginalMessage(
                  message, type, receivedAt.toEpochMilli(), writer.number())
              .serialize());
    } catch (RuntimeException | AssertionError e) {
      // The library declares no checked exception here, and reports one as an AssertionError.
      throw new MalformedException("letter", "must be a libsignal message");
    }
  }

  /// Whether a retry request is about the session in use, which then has to be replaced. If not, a
  /// new session is there already and the message is only encrypted again.
  ///
  /// @throws MalformedException if the request breaks its layout
  public boolean concernsSession(SessionState state, DeviceAddress asker, ByteString retryRequest)
      throws MalformedException {
    NativeCode.enter();
    try {
      var request = new DecryptionErrorMessage(retryRequest.toByteArray());
      Optional<ECPublicKey> ratchet = request.getRatchetKey();
      return ratchet.isPresent()
          && record(state, asker)
              .map(record -> record.currentRatchetKeyMatches(ratchet.get()))
              .orElse(false);
    } catch (InvalidKeyException | InvalidMessageException e) {
      throw new MalformedException("retry request", "must be libsignal's");
    }
  }

  private static SessionCipher cipher(LibsignalState bridge, DeviceAddress peer) {
    return new SessionCipher(bridge, bridge, bridge, bridge, bridge, LibsignalState.address(peer));
  }

  private static Optional<SessionRecord> record(SessionState state, DeviceAddress peer) {
    Optional<SecretBytes> bytes = state.session(peer);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SessionRecord(bytes.get().exposeSecret()));
    } catch (InvalidMessageException e) {
      throw new IllegalStateException("a stored session is damaged", e);
    }
  }

  private interface Step<T> {
    T run() throws CryptoException;
  }

  private <T> T locked(DeviceAddress peer, Step<T> step) throws CryptoException {
    Lock lock = locks.of(peer);
    lock.lock();
    try {
      return step.run();
    } finally {
      lock.unlock();
    }
  }

  /// What the state threw goes on unchanged; anything else unchecked out of libsignal was brought
  /// about by a stranger's bytes.
  private static CryptoException unexpected(LibsignalState bridge, Throwable thrown, String what) {
    if (bridge.threw(thrown)) {
      switch (thrown) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(thrown);
      }
    }
    return new CryptoException.BadMessage(what, thrown);
  }
}
