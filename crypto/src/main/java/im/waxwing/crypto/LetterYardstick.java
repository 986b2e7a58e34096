package im.waxwing.crypto;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.Day;
import im.waxwing.model.DeviceAddress;
import im.waxwing.model.DeviceId;
import im.waxwing.model.Envelope;
import im.waxwing.model.MailboxKey;
import im.waxwing.model.Way;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.signal.libsignal.protocol.SessionBuilder;
import org.signal.libsignal.protocol.SessionCipher;
import org.signal.libsignal.protocol.message.CiphertextMessage;
import org.signal.libsignal.protocol.message.PreKeySignalMessage;
import org.signal.libsignal.protocol.message.SignalMessage;
import org.signal.libsignal.protocol.state.impl.InMemorySignalProtocolStore;

/// What a letter costs, and what it would cost if libsignal were all: the same content between two
/// devices in memory. For the performance table; it stands here because nobody else may name
/// libsignal.
///
/// One thread at a time.
public final class LetterYardstick {
  private static final Day DAY = new Day(20_780);
  private static final MailboxKey MAILBOX = new MailboxKey(ByteString.copyOf(new byte[32]));

  private final int lettersPerTurn;
  private final Device alice = new Device();
  private final Device bob = new Device();
  private int letters;
  private int bareMessages;

  /// @param lettersPerTurn after how many letters the other side writes; 1 costs most, because
  ///   every turn is a step of the ratchet
  public LetterYardstick(int lettersPerTurn) {
    this.lettersPerTurn = lettersPerTurn;
    alice.meet(bob);
    bob.meet(alice);
    for (int turn = 0; turn < 2 * lettersPerTurn; turn++) {
      letter(new byte[1]);
      bareMessage(new byte[1]);
    }
  }

  /// Seals one letter, envelopes and all, and opens it on the other side.
  public void letter(byte[] content) {
    boolean fromAlice = letters++ / lettersPerTurn % 2 == 0;
    try {
      if (fromAlice) {
        bob.open(alice, alice.seal(bob, content));
      } else {
        alice.open(bob, bob.seal(alice, content));
      }
    } catch (CryptoException | MalformedException e) {
      throw new IllegalStateException("an honest letter was refused", e);
    }
  }

  /// Encrypts and decrypts one message by bare calls of libsignal and its own store in memory,
  /// padded as a letter's content is. Its native memory is kept small as a letter's is: otherwise
  /// the letters would pay for freeing both.
  public void bareMessage(byte[] content) {
    boolean fromAlice = bareMessages++ / lettersPerTurn % 2 == 0;
    try {
      if (fromAlice) {
        bob.decrypt(alice, alice.encrypt(bob, content));
      } else {
        alice.decrypt(bob, bob.encrypt(alice, content));
      }
    } catch (Exception e) {
      throw new IllegalStateException("an honest message was refused", e);
    }
  }

  /// One side, with a peer of its own for each of the two ways.
  private static final class Device {
    private final Identity identity = Identity.generate();
    private final DeviceAddress address = new DeviceAddress(identity.account(), new DeviceId(1));
    private final Sessions sessions = new Sessions(identity, address, InstantSource.system());
    private final MemorySessionState state = new MemorySessionState();
    private final InMemorySignalProtocolStore bare =
        new InMemorySignalProtocolStore(identity.pair(), identity.registrationId());
    private final LaneWindow window = new LaneWindow();
    private final LaneSeed seed = LaneSeed.generate();
    private SendingLane sending = SendingLane.of(seed);
    private ReceivingLane receiving = ReceivingLane.of(seed).lane();

    /// Takes in the keys of the lane from `peer`, and begins both sessions.
    void meet(Device peer) {
      ReceivingLane.Slide slide = ReceivingLane.of(peer.seed);
      receiving = slide.lane();
      slide.fresh().forEach(window::add);
      PreKeyBundle bundle = peer.sessions.newBundle(peer.state, KeyUse.ONE_TIME);
      try {
        sessions.start(state, peer.address, bundle);
        PreKeyBundle bareBundle = peer.bareBundle();
        new SessionBuilder(bare, LibsignalState.address(peer.address))
            .process(PreKeys.check(bareBundle, peer.address));
      } catch (Exception e) {
        throw new IllegalStateException("two honest devices could not meet", e);
      }
    }

    /// A bundle whose private keys lie in libsignal's own store.
    private PreKeyBundle bareBundle() throws Exception {
      MemorySessionState keys = new MemorySessionState();
      PreKeyBundle bundle = sessions.newBundle(keys, KeyUse.ONE_TIME);
      LibsignalState made = new LibsignalState(keys, identity);
      int id = bundle.signed().id();
      bare.storeSignedPreKey(id, made.loadSignedPreKey(id));
      bare.storePreKey(id, made.loadPreKey(id));
      bare.storeKyberPreKey(id, made.loadKyberPreKey(id));
      return bundle;
    }

    private record Sealed(EnvelopeKeys keys, Envelope envelope) {}

    List<Sealed> seal(Device reader, byte[] content) throws CryptoException {
      List<Sealed> sealed = new ArrayList<>();
      for (Piece piece : Envelopes.split(sessions.encrypt(state, reader.address, content))) {
        SendingLane.Taken taken = sending.take();
        sending = taken.lane();
        EnvelopeKeys keys = taken.keys().at(MAILBOX, DAY, Way.RELAY);
        sealed.add(new Sealed(keys, Envelopes.seal(keys, piece)));
      }
      return sealed;
    }

    void open(Device writer, List<Sealed> sealed) throws CryptoException, MalformedException {
      List<Piece> pieces = new ArrayList<>();
      for (Sealed each : sealed) {
        if (window.match(each.keys().id(), MAILBOX, DAY, List.of(Way.RELAY)).orElseThrow()
            instanceof LaneWindow.Match.Fresh(EnvelopeKeys keys)) {
          pieces.add(Envelopes.open(keys, each.envelope()));
          ReceivingLane.Slide slide = receiving.seen(keys.n());
          receiving = slide.lane();
          slide.fresh().forEach(window::add);
          window.forget(keys.n());
        }
      }
      sessions.decrypt(state, writer.address, Envelopes.join(pieces));
    }

    CiphertextMessage encrypt(Device reader, byte[] content) throws Exception {
      NativeCode.enter();
      return cipher(reader).encrypt(Padding.pad(content));
    }

    void decrypt(Device writer, CiphertextMessage message) throws Exception {
      NativeCode.enter();
      byte[] bytes = message.serialize();
      byte[] padded =
          message.getType() == CiphertextMessage.PREKEY_TYPE
              ? cipher(writer).decrypt(new PreKeySignalMessage(bytes))
              : cipher(writer).decrypt(new SignalMessage(bytes));
      Padding.unpad(padded);
    }

    private SessionCipher cipher(Device peer) {
      return new SessionCipher(bare, LibsignalState.address(peer.address));
    }
  }
}
