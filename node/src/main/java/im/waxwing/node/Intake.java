package im.waxwing.node;

import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.model.NodeKey;
import im.waxwing.packet.Geometry;
import im.waxwing.packet.PacketUnwrapper;
import im.waxwing.packet.RecipientId;
import im.waxwing.packet.ReplayTags;
import im.waxwing.packet.ReplyId;
import im.waxwing.packet.Unwrapped;
import im.waxwing.protocol.Frame;
import im.waxwing.protocol.NumberedRequest;
import io.vertx.core.Context;
import java.util.List;

/// Takes one layer off each packet and gives what is inside to whom it is for: the next node, a
/// link that waits for an answer, or the [Desk]. What fails is dropped in silence and counted.
///
/// Belongs to one event loop.
final class Intake implements Packets {
  // node.md §9
  private static final long LONGEST_DELAY_MILLIS = 10_000;

  private final Context loop;
  private final Office office;
  private final Desk desk;
  private final PacketUnwrapper unwrapper = new PacketUnwrapper(Geometry.STANDARD);

  Intake(Context loop, Office office, Desk desk) {
    this.loop = loop;
    this.office = office;
    this.desk = desk;
  }

  @Override
  public void arrived(Origin origin, ByteString packet) {
    office.counters().packets.increment();
    try {
      switch (open(packet.toByteArray())) {
        case Unwrapped.Forward(_, NodeKey next, long delayMillis, ByteString inner) ->
            forward(origin.share(), next, delayMillis, inner);
        case Unwrapped.Reply(_, RecipientId recipient, ReplyId id, ByteString sealed) ->
            reply(recipient, new Frame.Reply(id, sealed));
        case Unwrapped.Deliver(_, RecipientId recipient, ByteString payload) ->
            deliver(origin, recipient, payload);
      }
    } catch (MalformedException _) {
      origin.badPacket();
    }
  }

  private Unwrapped open(byte[] packet) throws MalformedException {
    List<EpochKeys.Opener> openers = office.keys().now().tried();
    for (EpochKeys.Opener opener : openers.subList(0, openers.size() - 1)) {
      try {
        return open(opener, packet);
      } catch (MalformedException _) {
        // Perhaps made for another epoch's key.
      }
    }
    return open(openers.getLast(), packet);
  }

  private Unwrapped open(EpochKeys.Opener opener, byte[] packet) throws MalformedException {
    Unwrapped unwrapped = unwrapper.unwrap(opener.key(), packet);
    if (opener.tags().add(unwrapped.replayTag()) != ReplayTags.Outcome.NEW) {
      office.counters().replayed.increment();
      throw new MalformedException("packet", "must be a new one");
    }
    return unwrapped;
  }

  private void forward(Share share, NodeKey next, long delayMillis, ByteString packet) {
    if (delayMillis == 0) {
      office.peers().forward(next, packet, share);
    } else if (delayMillis > LONGEST_DELAY_MILLIS || !office.peers().delay(share)) {
      office.counters().dropped.increment();
    } else {
      long _ =
          loop.owner()
              .setTimer(
                  delayMillis,
                  _ -> {
                    office.peers().released(share);
                    office.peers().forward(next, packet, share);
                  });
    }
  }

  private void reply(RecipientId recipient, Frame.Reply frame) {
    boolean taken = office.attached().find(recipient).map(link -> link.reply(frame)).orElse(false);
    if (!taken) {
      office.counters().dropped.increment();
    }
  }

  private void deliver(Origin origin, RecipientId recipient, ByteString payload)
      throws MalformedException {
    if (office.onion().isLoop(recipient)) {
      office.counters().loops.increment();
      return;
    }
    if (!recipient.equals(RecipientId.NODE)) {
      throw new MalformedException("recipient", "must be the node itself");
    }
    desk.asked(origin, NumberedRequest.decode(payload.toByteArray()));
  }
}
