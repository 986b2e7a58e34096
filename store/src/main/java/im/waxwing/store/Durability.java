package im.waxwing.store;

/// What a commit means.
public enum Durability {
  /// The disk has confirmed it: it survives loss of power.
  FULL,
  /// The operating system has it, the disk perhaps not. For simulations on throw-away folders.
  NONE
}
