package im.waxwing.carrier;

/// A running [Carrier#subscribe]. After [#close] returns, at most one call in flight still comes.
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
