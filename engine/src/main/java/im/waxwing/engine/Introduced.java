package im.waxwing.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.base.SecretBytes;
import im.waxwing.content.proto.Bundle;
import im.waxwing.content.proto.Introduction;
import im.waxwing.crypto.PreKeyBundle;
import im.waxwing.model.MailboxTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one needs to write first to a device.
///
/// @param name whose device it is; empty except in invitations
/// @param firstLane seed of the lane of the first letter; null in invitations, whose secret gives
///   it
record Introduced(
    PreKeyBundle bundle,
    List<MailboxTarget> targets,
    String name,
    @Nullable SecretBytes firstLane) {
  private static final int KEY = 33;
  private static final int SIGNATURE = 64;
  private static final int KYBER_KEY = 1569;

  static Introduced of(Introduction introduction) throws MalformedException {
    if (!introduction.getName().isEmpty()) {
      Contents.checkName(introduction.getName());
    }
    return new Introduced(
        bundle(introduction.getBundle()),
        targets(introduction),
        introduction.getName(),
        introduction.getFirstLane().isEmpty()
            ? null
            : Contents.secret("first lane", introduction.getFirstLane()));
  }

  private static List<MailboxTarget> targets(Introduction introduction) throws MalformedException {
    return introduction.getMailboxesCount() > 0
        ? Contents.targets(introduction.getMailboxesList())
        : List.of(
            Contents.target(
                introduction.getNode(),
                introduction.getMailboxKey(),
                introduction.getDepositSecret()));
  }

  static Introduced decode(ByteString bytes) throws MalformedException {
    try {
      return of(Introduction.parseFrom(bytes.toByteArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedException("introduction", "must be a protobuf message");
    }
  }

  Introduction encode() {
    var builder =
        Introduction.newBuilder()
            .setBundle(encode(bundle))
            .addAllMailboxes(Contents.mailboxes(targets))
            .setName(name);
    if (firstLane != null) {
      builder.setFirstLane(Contents.theirs(firstLane));
    }
    return builder.build();
  }

  static PreKeyBundle bundle(Bundle bundle) throws MalformedException {
    PreKeyBundle.OneTime oneTime =
        bundle.hasOneTimePrekey()
            ? new PreKeyBundle.OneTime(
                bundle.getOneTimePrekeyId(),
                Contents.sized("one-time prekey", bundle.getOneTimePrekey(), KEY))
            : null;
    return new PreKeyBundle(
        Contents.sized("identity key", bundle.getIdentityKey(), KEY),
        bundle.getRegistrationId(),
        Contents.device(bundle.getDevice()),
        new PreKeyBundle.Signed(
            bundle.getSignedPrekeyId(),
            Contents.sized("signed prekey", bundle.getSignedPrekey(), KEY),
            Contents.sized("signature", bundle.getSignedPrekeySignature(), SIGNATURE)),
        oneTime,
        new PreKeyBundle.Signed(
            bundle.getKyberPrekeyId(),
            Contents.sized("Kyber prekey", bundle.getKyberPrekey(), KYBER_KEY),
            Contents.sized("signature", bundle.getKyberPrekeySignature(), SIGNATURE)));
  }

  static Bundle encode(PreKeyBundle bundle) {
    Bundle.Builder builder =
        Bundle.newBuilder()
            .setIdentityKey(Contents.theirs(bundle.identityKey()))
            .setRegistrationId(bundle.registrationId())
            .setDevice(bundle.device().number())
            .setSignedPrekeyId(bundle.signed().id())
            .setSignedPrekey(Contents.theirs(bundle.signed().publicKey()))
            .setSignedPrekeySignature(Contents.theirs(bundle.signed().signature()))
            .setKyberPrekeyId(bundle.kyber().id())
            .setKyberPrekey(Contents.theirs(bundle.kyber().publicKey()))
            .setKyberPrekeySignature(Contents.theirs(bundle.kyber().signature()));
    PreKeyBundle.OneTime oneTime = bundle.oneTime();
    if (oneTime != null) {
      builder
          .setOneTimePrekeyId(oneTime.id())
          .setOneTimePrekey(Contents.theirs(oneTime.publicKey()));
    }
    return builder.build();
  }

  @Override
  public String toString() {
    return "Introduced[redacted]";
  }
}
