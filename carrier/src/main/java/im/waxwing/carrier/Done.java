package im.waxwing.carrier;

/// The answer to a request that asks for nothing but to be carried out.
public record Done() {}
