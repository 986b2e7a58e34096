package im.waxwing.api;

/// What this account tells others by the way, and is told in return.
///
/// @param typing whether contacts see when something is being written to them, and this account
///   when they do
/// @param readMarks whether contacts see that their messages were read, and this account that its
///   own were
public record Settings(boolean typing, boolean readMarks) {}
