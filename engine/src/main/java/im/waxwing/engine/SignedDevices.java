package im.waxwing.engine;

import com.google.protobuf.InvalidProtocolBufferException;
import im.waxwing.base.ByteString;
import im.waxwing.base.MalformedException;
import im.waxwing.content.proto.DeviceEntry;
import im.waxwing.content.proto.DeviceList;
import im.waxwing.content.proto.SignedDeviceList;
import im.waxwing.crypto.Identity;
import im.waxwing.model.AccountId;
import im.waxwing.model.DeviceId;
import im.waxwing.model.MailboxTarget;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An account's devices, as its identity key signed them (delivery.md §4).
///
/// @param version grows with every change
/// @param devices by device number: where letters to it go
record SignedDevices(AccountId account, long version, Map<Integer, List<MailboxTarget>> devices) {
  private static final int MAX_DEVICES = 16;
  private static final int MAX_SIZE = 8_192;

  /// Reads a list without looking at its signature.
  static SignedDevices decode(SignedDeviceList signed) throws MalformedException {
    if (signed.getList().size() > MAX_SIZE) {
      throw new MalformedException("device list", "has at most " + MAX_SIZE + " bytes");
    }
    Contents.sized("signature", signed.getSignature(), Identity.SIGNATURE_SIZE);
    try {
      return of(DeviceList.parseFrom(signed.getList()));
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedException("device list", "must be a protobuf message");
    }
  }

  private static SignedDevices of(DeviceList list) throws MalformedException {
    if (list.getDevicesCount() < 1 || list.getDevicesCount() > MAX_DEVICES) {
      throw new MalformedException("device list", "has 1 to " + MAX_DEVICES + " devices");
    }
    if (list.getVersion() < 1) {
      throw new MalformedException("device list version", "must be 1 or more");
    }
    Map<Integer, List<MailboxTarget>> devices = new TreeMap<>();
    for (DeviceEntry entry : list.getDevicesList()) {
      int device = Contents.device(entry.getDevice()).number();
      if (devices.put(device, targets(entry)) != null) {
        throw new MalformedException("device list", "names a device twice");
      }
    }
    return new SignedDevices(
        Contents.account("device list account", list.getAccount()), list.getVersion(), devices);
  }

  private static List<MailboxTarget> targets(DeviceEntry entry) throws MalformedException {
    return entry.getMailboxesCount() > 0
        ? Contents.targets(entry.getMailboxesList())
        : List.of(
            Contents.target(entry.getNode(), entry.getMailboxKey(), entry.getDepositSecret()));
  }

  /// Reads a list that `identityKey` must have signed.
  ///
  /// @throws MalformedException if it did not, or if it is another account's list
  static SignedDevices verified(SignedDeviceList signed, ByteString identityKey)
      throws MalformedException {
    SignedDevices list = decode(signed);
    boolean genuine =
        Identity.accountOf(identityKey).equals(list.account())
            && Identity.isSignedDeviceList(
                identityKey, Contents.ours(signed.getList()), Contents.ours(signed.getSignature()));
    if (!genuine) {
      throw new MalformedException("device list", "must be signed by its account");
    }
    return list;
  }

  static SignedDeviceList signed(ByteString list, ByteString signature) {
    return SignedDeviceList.newBuilder()
        .setList(Contents.theirs(list))
        .setSignature(Contents.theirs(signature))
        .build();
  }

  ByteString encode(int registrationId) {
    DeviceList.Builder list =
        DeviceList.newBuilder().setAccount(Contents.theirs(account.bytes())).setVersion(version);
    devices.forEach(
        (device, targets) ->
            list.addDevices(
                DeviceEntry.newBuilder()
                    .setDevice(device)
                    .setRegistrationId(registrationId)
                    .addAllMailboxes(Contents.mailboxes(targets))));
    return ByteString.copyOf(list.build().toByteArray());
  }

  /// The next version of the list, with a device that is new or lives elsewhere.
  SignedDevices with(DeviceId device, List<MailboxTarget> targets) {
    Map<Integer, List<MailboxTarget>> more = new TreeMap<>(devices);
    more.put(device.number(), targets);
    return new SignedDevices(account, version + 1, more);
  }

  /// The next version after two that were made at once: what `other` says of its writer, and of
  /// devices that are not known here, is taken from it.
  SignedDevices joinedBy(SignedDevices other, DeviceId writer) {
    Map<Integer, List<MailboxTarget>> joined = new TreeMap<>(other.devices());
    joined.putAll(devices);
    List<MailboxTarget> theirs = other.devices().get(writer.number());
    if (theirs != null) {
      joined.put(writer.number(), theirs);
    }
    return new SignedDevices(account, Math.max(version, other.version()) + 1, joined);
  }

  @Override
  public String toString() {
    return "SignedDevices[redacted]";
  }
}
