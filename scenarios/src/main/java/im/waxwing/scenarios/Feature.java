package im.waxwing.scenarios;

/// The rows of the grid, in its order (docs/grid.md).
public enum Feature {
  TEXT("text"),
  OFFLINE_DELIVERY("delivered-while-offline"),
  RECEIPTS("receipts"),
  TYPING("typing"),
  REPLY("reply"),
  REACTION("reaction"),
  EDIT("edit"),
  DELETE_FOR_EVERYONE("delete-for-everyone"),
  DISAPPEARING("disappearing"),
  FILE("file-25-mb"),
  VOICE_MESSAGE("voice-message"),
  GROUP("private-group-of-5"),
  MEMBER_REMOVED("member-removed"),
  PROFILE_CHANGE("profile-change"),
  CONTACT_BLOCKED("contact-blocked"),
  VOICE_CALL("voice-call"),
  VIDEO_CALL("video-call"),
  GROUP_CALL("group-call"),
  SECOND_DEVICE("second-device"),
  NODE_RESTARTED("node-killed-and-restarted"),
  PATH_LOST("path-lost-and-replaced");

  private final String id;

  Feature(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }
}
